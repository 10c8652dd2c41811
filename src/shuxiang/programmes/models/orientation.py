"""Who has been taught how the library works."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.timetable.models import Term


class Session(models.Model):
    """A class or a group was taught the rules on a day (入馆教育)."""

    class Way(models.TextChoices):
        TALK = "talk", _("Talk in the library")
        MEETING = "meeting", _("Morning meeting of the class")
        LESSON = "lesson", _("Library lesson")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    on = models.DateField()
    way = models.CharField(max_length=8, choices=Way)
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=40, blank=True)
    """Who came, where it was no class: new teachers, parents."""
    held_by = models.CharField(max_length=40)
    topics = models.JSONField(default=list)
    """Codes of the parts of the rules that were gone through."""
    note = models.CharField(max_length=200, blank=True)
    people = models.PositiveSmallIntegerField()
    away = models.PositiveSmallIntegerField(default=0)
    """How many of the class were not there; it stays when the names go."""
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school_class__isnull=False, group="")
                | (Q(school_class=None) & ~Q(group="")),
                name="a_session_is_for_a_class_or_a_group",
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="somebody_was_taught"),
        ]
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.group or self.school_class_id}"


class Missed(models.Model):
    """A pupil was not there when the class was taught."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="missed")
    reader = models.ForeignKey(Reader, models.PROTECT, related_name="+")
    caught_up_on = models.DateField(null=True)

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "missed"
        constraints = [
            models.UniqueConstraint(fields=["session", "reader"], name="missed_a_session_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.reader_id}"
