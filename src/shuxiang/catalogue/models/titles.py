"""The union catalogue: what a book is. Shared by all schools; nothing here belongs to one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """For whom a book is: the reader codes of CNMARC field 100 positions 17–19."""

    UNKNOWN = "", _("Not said")
    PRESCHOOL = "b", _("Up to 5 years")
    CHILD = "c", _("5 to 10 years")
    YOUTH = "d", _("9 to 14 years")
    TEEN = "e", _("14 to 20 years")
    ADULT = "m", _("Adults")
    SCHOLAR = "k", _("Scholars")
    TEACHER = "t", _("Teachers")


class Title(models.Model):
    """A bibliographic record."""

    name = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    volume = models.CharField(max_length=80, blank=True)
    series = models.CharField(max_length=200, blank=True)
    series_number = models.CharField(max_length=40, blank=True)
    author = models.CharField(max_length=300, blank=True)
    """The statement of responsibility as it is shown; the persons are `contributors`."""
    edition = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=80, blank=True)
    publisher = models.CharField(max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    published = models.CharField(max_length=40, blank=True)
    """The date as the source writes it."""
    pages = models.CharField(max_length=60, blank=True)
    price = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    price_text = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=3, default="chi", blank=True)
    clc = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=1, choices=Audience, blank=True)
    has_pinyin = models.BooleanField(null=True, blank=True)
    subjects = models.CharField(max_length=300, blank=True)
    """Subject headings (主题词), between blanks."""
    summary = models.TextField(blank=True)
    note = models.TextField(blank=True)
    doubt = models.CharField(max_length=120, blank=True)
    """Why somebody should look at the record again; empty when nobody need."""
    source = models.CharField(max_length=80, blank=True)
    raw_format = models.CharField(max_length=20, blank=True)
    raw = models.TextField(blank=True)
    """The source record as it came in."""
    key = models.CharField(max_length=300, blank=True)
    """The name made plain (`formats.text.match_key`), to find the same title again."""
    entered_by = models.ForeignKey(
        "schools.School", models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key"], name="title_by_key")]

    def __str__(self) -> str:
        return self.name


class TitleNumber(models.Model):
    """A number printed on a book: an ISBN, one with a wrong check digit, or a 统一书号."""

    class Kind(models.TextChoices):
        ISBN = "isbn", "ISBN"
        WRONG = "wrong", _("Wrong ISBN")
        UNIFIED = "unified", _("Unified book number")

    title = models.ForeignKey(Title, models.CASCADE, related_name="numbers")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ISBN)
    value = models.CharField(max_length=40)
    """ISBN-13 digits; else the number as written, without blanks."""
    written = models.CharField(max_length=60, blank=True)
    qualifier = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title", "value"], name="a_number_once_a_title")
        ]
        indexes = [models.Index(fields=["value"], name="title_by_number")]

    def __str__(self) -> str:
        return self.value


class Contributor(models.Model):
    """A person or body behind a title, and what they did, in the trade's word (著, 编, 译, 绘)."""

    title = models.ForeignKey(Title, models.CASCADE, related_name="contributors")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title", "order"], name="contributors_in_order")
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name
