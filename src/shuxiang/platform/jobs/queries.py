"""Which work waits, runs or was left behind. Reads only."""

from __future__ import annotations

import os
import socket
from datetime import datetime

from django_scopes import scopes_disabled

from shuxiang.platform.database.neighbours import runs
from shuxiang.platform.jobs import rules
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.schools.models import School


def this_runner() -> str:
    """Name this process so that another one can tell whether it still runs."""
    return f"{socket.gethostname()}/{os.getpid()}"


def unfinished(*, school: School) -> list[Job]:
    """List a school's work that waits or runs, oldest first."""
    return list(Job.objects.unfinished().filter(school=school).order_by("id"))


def see_jobs(*, school: School, limit: int = 50) -> list[Job]:
    """List a school's latest work, newest first, with who asked for it."""
    return list(Job.objects.filter(school=school).select_related("by").order_by("-id")[:limit])


def next_to_run(*, now: datetime) -> Job | None:
    """Find the oldest work of any school that waits, or whose runner is gone."""
    with scopes_disabled():
        for job in Job.objects.unfinished().select_related("school").order_by("id"):
            if job.state == rules.State.WAITING or is_left_behind(job, now=now):
                return job
    return None


def is_left_behind(job: Job, *, now: datetime) -> bool:
    """Tell whether the process that ran a job is gone or silent."""
    if job.touched_at is None:
        return True
    host, _, pid = job.runner.rpartition("/")
    gone = host == socket.gethostname() and not runs(int(pid))
    return rules.is_left_behind(touched_at=job.touched_at, runner_is_gone=gone, now=now)
