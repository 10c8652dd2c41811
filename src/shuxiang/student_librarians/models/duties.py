"""Who is on duty when, who cannot, and who changes with whom."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.jobs.models import Job, Proposed
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import local_moment
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.student_librarians.models.posts import Post, Shift
from shuxiang.timetable.models import Term


class Duty(models.Model):
    """One turn on the roster: a helper, a shift, a day (值日)."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="duties")
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+")
    on = models.DateField()
    came = models.BooleanField(null=True)
    """Said by a scan or a tick; nothing while nobody has said it."""
    came_at = models.DateTimeField(null=True)
    """When the badge was scanned."""

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["post", "on", "shift"], name="one_duty_a_shift"),
            models.CheckConstraint(
                condition=Q(came_at=None) | Q(came=True), name="who_came_has_a_moment"
            ),
        ]
        indexes = [models.Index(fields=["school", "on"], name="duties_by_day")]
        ordering = ["on", "shift__starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.shift_id} {self.post_id}"

    def is_over(self, now: datetime) -> bool:
        """Tell whether it has ended by the school's clock, or somebody has said who came."""
        clock = local_moment(self.school.zone, now)
        ended = (self.on, self.shift.ends_at) <= (clock.date(), clock.time())
        return ended or self.came is not None


class Unable(models.Model):
    """When a helper cannot, or would rather not: a shift of every week, or a day."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="unable")
    shift = models.ForeignKey(Shift, models.CASCADE, null=True, related_name="+")
    on = models.DateField(null=True)
    is_wish = models.BooleanField(default=False)
    """It is kept only where nothing else is worse for it."""

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "unable"
        constraints = [
            models.CheckConstraint(
                condition=Q(shift__isnull=False, on=None) | Q(shift=None, on__isnull=False),
                name="unable_at_a_shift_or_on_a_day",
            ),
            models.UniqueConstraint(fields=["post", "shift"], name="unable_at_a_shift_once"),
            models.UniqueConstraint(fields=["post", "on"], name="unable_on_a_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.shift_id or self.on}"


class Swap(models.Model):
    """Two helpers change their turns; it holds once the other has agreed."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="+")
    """The turn that is given."""
    wanted = models.ForeignKey(Duty, models.CASCADE, related_name="+")
    """The turn that is taken for it."""
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    of = models.ForeignKey(Post, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("of")), name="nobody_swaps_with_oneself"),
            models.UniqueConstraint(
                fields=["duty"], condition=Q(state="asked"), name="one_open_swap_a_duty"
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.wanted_id} {self.state}"


class Roster(Proposed):
    """A roster that was solved; its rows are post, shift and day of each turn."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term"], condition=Q(state="solving"), name="one_roster_is_solved_at_once"
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.term_id} {self.from_on}"
