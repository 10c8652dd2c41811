"""What a school has: its own part of a title, its copies, and where they stand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue.models.registers import AccessionBatch, WithdrawalBatch
from shuxiang.catalogue.models.titles import Audience, Title
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager


class Collection(models.Model):
    """A named part of the stock (工具书, 绘本, 天图); lending terms may be its own."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    note = models.CharField(max_length=120, blank=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="one_collection_of_a_name")
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Shelf(models.Model):
    """A place for books."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=60, blank=True)
    room = models.CharField(max_length=40, blank=True)

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "shelves"
        constraints = [
            models.UniqueConstraint(fields=["school", "code"], name="one_shelf_of_a_code")
        ]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code if self.name in ("", self.code) else f"{self.code} {self.name}"


class Holding(models.Model):
    """A school's own part of a title: class, call number, audience, notes, changes."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    title = models.ForeignKey(Title, models.PROTECT, related_name="holdings")
    clc = models.CharField(max_length=40, blank=True)
    book_number = models.CharField(max_length=40, blank=True)
    """种次号 or author number: what follows the slash."""
    call_number = models.CharField(max_length=100, blank=True)
    call_sort = models.CharField(max_length=160, blank=True)
    """Byte order of this text is the order on the shelf (`formats.callnumber.sort_key`)."""
    audience = models.CharField(max_length=1, choices=Audience, blank=True)
    has_pinyin = models.BooleanField(null=True, blank=True)
    note = models.TextField(blank=True)
    changes = models.JSONField(default=dict, blank=True)
    """Fields of the title that this school shows otherwise, by name."""

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "title"], name="one_holding_of_a_title"),
            models.UniqueConstraint(
                fields=["school", "call_number"],
                condition=~Q(call_number=""),
                name="a_call_number_names_one_title",
            ),
        ]
        indexes = [models.Index(fields=["school", "call_sort"], name="holding_on_the_shelf")]

    def __str__(self) -> str:
        return self.call_number or str(self.pk)


class Standing(models.TextChoices):
    IN_PROCESS = "in_process", _("In process")
    ON_SHELF = "on_shelf", _("On the shelf")
    TO_BE_SHELVED = "to_be_shelved", _("To be shelved")
    IN_CLASS_BOX = "in_class_box", _("In a class box")
    IN_REPAIR = "in_repair", _("In repair")
    MISSING = "missing", _("Missing")
    LOST = "lost", _("Lost")
    SET_ASIDE = "set_aside", _("Set aside")
    IN_TRANSIT = "in_transit", _("In transit")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CopyQuerySet(models.QuerySet["Copy"]):
    def on_the_books(self) -> CopyQuerySet:
        return self.exclude(standing=Standing.WITHDRAWN)


class Copy(models.Model):
    """One physical thing of a school; it is withdrawn, not deleted.

    Only an import that is taken back deletes what it brought, as if it had never come.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="copies")
    accession_number = models.CharField(max_length=40)
    barcode = models.CharField(max_length=64, blank=True)
    """Empty: no label yet."""
    shelf = models.ForeignKey(Shelf, models.PROTECT, null=True, blank=True, related_name="copies")
    collection = models.ForeignKey(
        Collection, models.PROTECT, null=True, blank=True, related_name="copies"
    )
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.ON_SHELF)
    volume = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    price_fen = models.BigIntegerField(null=True, blank=True)
    accession = models.ForeignKey(AccessionBatch, models.PROTECT, related_name="copies")
    withdrawal = models.ForeignKey(
        WithdrawalBatch, models.PROTECT, null=True, blank=True, related_name="copies"
    )
    posted_class = models.CharField(max_length=2, blank=True)
    """The CLC main class under which the registers count it; empty: unclassified."""
    posted_fen = models.BigIntegerField(default=0)

    objects = SchoolManager.from_queryset(CopyQuerySet)()

    class Meta:
        verbose_name_plural = "copies"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "accession_number"], name="an_accession_number_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["school", "barcode"],
                condition=~Q(barcode="") & ~Q(standing="withdrawn"),
                name="one_living_copy_of_a_barcode",
            ),
            models.CheckConstraint(
                condition=Q(standing="withdrawn", withdrawal__isnull=False)
                | (~Q(standing="withdrawn") & Q(withdrawal=None)),
                name="withdrawn_means_on_a_withdrawal",
            ),
            models.CheckConstraint(
                condition=Q(posted_fen__gte=0), name="a_copy_costs_no_less_than_0"
            ),
        ]

    def __str__(self) -> str:
        return self.barcode or self.accession_number


class FormerBarcode(models.Model):
    """A label that a copy wore once; a scan of it still finds the copy."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, models.PROTECT, related_name="former_barcodes")
    code = models.CharField(max_length=64)
    until = models.DateTimeField()

    objects = SchoolManager()

    class Meta:
        indexes = [models.Index(fields=["school", "code"], name="former_barcode")]

    def __str__(self) -> str:
        return self.code
