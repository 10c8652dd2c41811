"""What a rotation shall keep, and what was solved of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.jobs.models import Proposed
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.timetable.models.days import Period, Term
from shuxiang.timetable.models.rotation import Slot


class Wish(models.Model):
    """What the rotation of a term shall keep: for whom, and on which days, parts or periods."""

    class Kind(models.TextChoices):
        COMES = "comes", _("how often they come")
        ONLY = "only", _("only then")
        NOT = "not", _("never then")
        WANTS = "wants", _("at least once then")
        APART = "apart", _("days between two visits")
        TEACHER = "teacher", _("one teacher, one class at a time")
        EVEN = "even", _("all days alike")
        STAY = "stay", _("what stands is not moved")

    class Weight(models.TextChoices):
        MUST = "must", _("must")
        WISH = "wish", _("as far as it can")

    class Part(models.TextChoices):
        MORNING = "morning", _("in the morning")
        NOON = "noon", _("at noon")
        AFTERNOON = "afternoon", _("in the afternoon")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind)
    weight = models.CharField(max_length=4, choices=Weight, default=Weight.MUST)
    first_grade = models.PositiveSmallIntegerField(null=True, blank=True)
    """From which grade to which; all classes where neither grades nor a class are named."""
    last_grade = models.PositiveSmallIntegerField(null=True, blank=True)
    school_class = models.ForeignKey(
        "readers.SchoolClass", models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField(max_length=10, choices=Slot.Purpose, blank=True)
    weekdays = models.JSONField(default=list, blank=True)
    """Counted from Monday, 0; any day where there is none."""
    part = models.CharField(max_length=10, choices=Part, blank=True)
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="+")
    times = models.PositiveSmallIntegerField(default=1)
    """How often a class comes, or how many days lie between."""
    every = models.PositiveSmallIntegerField(
        default=1, choices=[(1, _("every week")), (2, _("every second week"))]
    )
    why = models.CharField(max_length=60, blank=True)

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [
            models.CheckConstraint(
                condition=Q(first_grade=None, last_grade=None)
                | Q(first_grade__lte=F("last_grade"), school_class=None),
                name="a_wish_is_for_grades_or_a_class",
            ),
            models.CheckConstraint(condition=Q(times__gte=1), name="a_wish_counts_from_one"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.weight}"


class Proposal(Proposed):
    """A rotation that was solved; its rows are slot, class and weeks of each turn."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="proposals")
    job = models.ForeignKey("jobs.Job", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term"], condition=Q(state="solving"), name="one_rotation_is_solved_at_once"
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.term} {self.state}"
