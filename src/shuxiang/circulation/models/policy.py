"""Who may borrow what, how much and how long; and when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue.models import Collection
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.readers.models import Reader, SchoolClass


class LendingTerms(models.Model):
    """A row of the lending rules: reader category × grade × collection; the most exact row holds."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    category = models.CharField(max_length=10, choices=Reader.Category)
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    collection = models.ForeignKey(
        Collection, models.PROTECT, null=True, blank=True, related_name="+"
    )
    max_loans = models.PositiveSmallIntegerField(default=2)
    loan_days = models.PositiveSmallIntegerField(default=14)
    renewals = models.PositiveSmallIntegerField(default=1)
    renewal_days = models.PositiveSmallIntegerField(default=14)
    max_holds = models.PositiveSmallIntegerField(default=2)
    in_room_only = models.BooleanField(default=False)
    until_next_visit = models.BooleanField(default=False)
    """Due at the class's next visit, where the class has a slot."""
    weights = models.JSONField(default=dict, blank=True)
    """Weight of an objection by its code, where it differs from the default."""

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "lending terms"
        constraints = [
            models.UniqueConstraint(
                F("school"),
                F("category"),
                Coalesce("grade", 0),
                Coalesce("collection", 0),
                name="one_row_of_lending_terms",
            ),
        ]
        ordering = ["category", "grade", "collection"]

    def __str__(self) -> str:
        return f"{self.category} {self.grade} {self.collection_id}"


class LendingMode(models.Model):
    """From a day on, a grade, a class or all may come at any time, by timetable, or both."""

    class Mode(models.TextChoices):
        OPEN = "open", _("At any opening hour")
        TIMETABLE = "timetable", _("With the class, by the timetable")
        BOTH = "both", _("Both")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, null=True, blank=True, related_name="+"
    )
    mode = models.CharField(max_length=10, choices=Mode)
    from_on = models.DateField()

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grade=None) | Q(school_class=None), name="a_mode_is_for_one_of_them"
            ),
            models.UniqueConstraint(
                F("school"),
                Coalesce("grade", 0),
                Coalesce("school_class", 0),
                F("from_on"),
                name="one_mode_from_a_day",
            ),
        ]
        ordering = ["from_on"]

    def __str__(self) -> str:
        return f"{self.from_on} {self.mode}"
