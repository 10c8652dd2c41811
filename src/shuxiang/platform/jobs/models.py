from __future__ import annotations

from django.db import models

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
