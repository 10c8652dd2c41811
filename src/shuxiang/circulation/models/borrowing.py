"""What is kept of borrowing when the readers are taken off the loans: counts, and who is no newcomer."""

from __future__ import annotations

from django.db import models

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.readers.models import Reader
from shuxiang.timetable.models import Term


class TermWeek(models.Model):
    """What a term came to by the end of one of its weeks, counted before the readers were taken off."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.CASCADE, related_name="+")
    week = models.PositiveSmallIntegerField()
    pupils = models.PositiveIntegerField()
    borrowers = models.PositiveIntegerField()
    newcomers = models.PositiveIntegerField()
    loans = models.PositiveIntegerField()
    top_loans = models.PositiveIntegerField()

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "week"], name="a_week_is_counted_once")
        ]
        ordering = ["term", "week"]

    def __str__(self) -> str:
        return f"{self.term} {self.week}"


class FirstLoan(models.Model):
    """The day on which a reader first borrowed: that, and no book, outlives the loans' names."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    reader = models.OneToOneField(Reader, models.CASCADE, related_name="first_loan")
    on = models.DateField()

    objects = SchoolManager()

    def __str__(self) -> str:
        return f"{self.reader_id} {self.on}"
