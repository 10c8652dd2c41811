"""A class comes to the library."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.timetable.models import Turn


class Visit(models.Model):
    """A class in the room, from the first book to the list at the end."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="visits")
    turn = models.ForeignKey(Turn, models.PROTECT, null=True, related_name="visits")
    on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    in_order = models.BooleanField(null=True)
    """Books back and chairs in order, as said at the close."""

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class"], condition=Q(closed_at=None), name="one_open_visit_a_class"
            ),
        ]
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.school_class} {self.on}"


class VisitMark(models.Model):
    """What is said of a pupil on a visit that the loans do not tell."""

    class Mark(models.TextChoices):
        ABSENT = "absent", _("Absent")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="marks")
    reader = models.ForeignKey(Reader, models.PROTECT, null=True, related_name="+")
    mark = models.CharField(max_length=10, choices=Mark)
    marked_at = models.DateTimeField()

    objects = SchoolManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "reader"], name="one_mark_a_pupil")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.mark}"
