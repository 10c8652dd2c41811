from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.jobs import rules
from shuxiang.platform.schools.scoping import SchoolManager


class Jobs(models.QuerySet["Job"]):
    def unfinished(self) -> Jobs:
        return self.filter(state__in=rules.UNFINISHED)


class Job(models.Model):
    """Long work of a school: how far it is, and enough to go on after a crash."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in rules.State], default="waiting"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    params = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    file = models.CharField(max_length=400, blank=True)
    error = models.TextField(blank=True)
    by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    runner = models.CharField(max_length=120, blank=True)

    objects = SchoolManager.from_queryset(Jobs)()

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="job_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.done}/{self.total}"


class Proposed(models.Model):
    """What a solver found: looked at beside what stands, then accepted or not."""

    class State(models.TextChoices):
        SOLVING = "solving", _("being solved")
        READY = "ready", _("waits for a decision")
        IMPOSSIBLE = "impossible", _("cannot be")
        FAILED = "failed", _("not found")
        ACCEPTED = "accepted", _("accepted")
        SET_ASIDE = "set_aside", _("set aside")
        TAKEN_BACK = "taken_back", _("taken back")

    job: models.ForeignKey[Any, Any]
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.SOLVING)
    puts = models.JSONField(default=list)
    """What was found, a row each."""
    before = models.JSONField(default=list)
    """What it took the place of, to go back to."""
    answer = models.JSONField(default=dict)
    """What the solver says of it: cost, bound, what it misses, or why it cannot be."""
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = SchoolManager()

    class Meta:
        abstract = True

    @property
    def is_being_solved(self) -> bool:
        """Tell whether the solver looks, or will; not if it fell over."""
        return self.state == self.State.SOLVING and self.job.state in rules.UNFINISHED
