"""Begin long work, say how far it is, and end it. The only writer of jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.jobs.bell import bell
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.queries import is_left_behind
from shuxiang.platform.jobs.rules import State
from shuxiang.platform.schools.models import School


class JobStopped(Exception):
    """The job is no longer this runner's: it was ended or taken over. Roll the chunk back."""


@transaction.atomic
def start(
    *,
    school: School,
    kind: str,
    by: Account | None,
    now: datetime,
    params: Mapping[str, Any] | None = None,
    total: int = 0,
    file: str = "",
) -> Job:
    """Ask for long work; a worker takes it up as soon as this is committed."""
    job: Job = Job.objects.create(
        school=school,
        kind=kind,
        by=by,
        asked_at=now,
        params=dict(params or {}),
        total=total,
        file=file,
    )
    record("jobs.start", job, school=school, by=by, at=now, kind=kind)
    transaction.on_commit(bell.set)
    return job


@transaction.atomic
def claim(job: Job, *, runner: str, now: datetime) -> bool:
    """Take a job that waits or was left behind; of two who try, one gets it."""
    current = Job.objects.select_for_update().get(pk=job.pk)
    free = current.state == State.WAITING or (
        current.state == State.RUNNING and is_left_behind(current, now=now)
    )
    if not free:
        return False
    current.state, current.runner, current.touched_at = State.RUNNING, runner, now
    current.started_at = current.started_at or now
    current.attempts += 1
    current.save(update_fields=["state", "runner", "touched_at", "started_at", "attempts"])
    job.refresh_from_db()
    return True


def advance(
    job: Job,
    *,
    done: int,
    now: datetime,
    total: int | None = None,
    report: Mapping[str, Any] | None = None,
) -> None:
    """
    Say how far a job is, and what came of it so far, inside the transaction of that chunk.

    :raises JobStopped: if the job is no longer run by this process
    """
    job.done = done
    job.total = job.total if total is None else total
    job.report = job.report if report is None else dict(report)
    fields = {"done": done, "total": job.total, "report": job.report, "attempts": 0}
    _write(job, now=now, fields=fields)


@transaction.atomic
def finish(job: Job, *, report: Mapping[str, Any], now: datetime) -> None:
    """
    End a job that reached its end, with what came of it.

    :raises JobStopped: if the job is no longer run by this process
    """
    job.state, job.report, job.ended_at = State.DONE, dict(report), now
    _write(job, now=now, fields={"state": job.state, "report": job.report, "ended_at": now})
    record("jobs.finish", job, school=job.school, by=job.by, at=now, kind=job.kind)


@transaction.atomic
def fail(job: Job, *, error: str, now: datetime) -> None:
    """
    End a job that cannot go on, with words for the person who asked for it.

    :raises JobStopped: if the job is no longer run by this process
    """
    job.state, job.error, job.ended_at = State.FAILED, error, now
    _write(job, now=now, fields={"state": job.state, "error": error, "ended_at": now})
    record("jobs.fail", job, school=job.school, by=job.by, at=now, kind=job.kind)


@transaction.atomic
def mark_taken_back(
    job: Job, *, by: Account | None, now: datetime, went: Mapping[str, Any] | None = None
) -> None:
    """Write down that what a job did was undone, with what went, or that it will not go on."""
    went = dict(went or {})
    job.state, job.ended_at, job.report = State.TAKEN_BACK, now, {**job.report, **went}
    job.save(update_fields=["state", "ended_at", "report"])
    record("jobs.mark_taken_back", job, school=job.school, by=by, at=now, kind=job.kind, **went)


def stop_all(*, error: str, now: datetime) -> None:
    """End all work that waits or runs, with words for who asked for it; part of larger actions."""
    Job.objects.unfinished().update(state=State.FAILED, error=error, ended_at=now)


def _write(job: Job, *, now: datetime, fields: dict[str, Any]) -> None:
    job.touched_at = now
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, runner=job.runner)
    if not mine.update(touched_at=now, **fields):
        raise JobStopped(str(job.pk))
