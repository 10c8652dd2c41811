"""Meetings with the helpers, and what is to be put right."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.student_librarians.models.posts import Post
from shuxiang.timetable.models import Term


class Meeting(models.Model):
    """A meeting with the helpers: what is on the agenda, and what was said."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=40, blank=True)
    agenda = models.TextField(max_length=2000)
    notes = models.TextField(max_length=4000, blank=True)

    objects = SchoolManager()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on}"


class Problem(models.Model):
    """What was found wrong, who sees to it, and whether it is done; carried on until it is."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="problems")
    """Where it was raised."""
    text = models.CharField(max_length=200)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    """The helper who sees to it; nobody: the librarian."""
    settled_on = models.DateField(null=True)
    settled = models.CharField(max_length=200, blank=True)
    """How it was put right."""

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled="") | Q(settled_on__isnull=False),
                name="what_is_settled_has_its_day",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]
