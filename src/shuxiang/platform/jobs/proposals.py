"""What a child process looked for waits as a proposal: nothing else is touched before somebody decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.child import ChildFailed, run_limited
from shuxiang.platform.jobs.models import Job, Proposed
from shuxiang.platform.jobs.rules import UNFINISHED

LONGEST = 150.0
"""Seconds after which the child is given up: it may have had to say why nothing can be."""
MEGABYTES = 4000
"""Address space, of which a solver uses a tenth."""

State = Proposed.State
Clock = Callable[[], datetime]


class Found(Protocol):
    """What a solver tells, again and again while it looks, and at the end."""

    @property
    def puts(self) -> Sequence[Any]: ...


class _Enough(Exception):
    """Somebody wants what was found up to now."""

    def __init__(self, found: Any) -> None:
        super().__init__("enough")
        self.found = found


def make_way(proposals: models.QuerySet[Any]) -> None:
    """Let what fell over be not found, and set aside what waits: a new one is asked for."""
    fell_over = proposals.filter(state=State.SOLVING).exclude(job__state__in=UNFINISHED)
    fell_over.update(state=State.FAILED)
    proposals.filter(state=State.READY).update(state=State.SET_ASIDE)


@transaction.atomic
def stop(proposal: Proposed, verb: str, *, by: Account, now: datetime) -> None:
    """Have the solver stop and give the best that it has found."""
    asked = (
        type(proposal)
        .objects.filter(pk=proposal.pk, state=State.SOLVING, stop_asked_at=None)
        .update(stop_asked_at=now)
    )
    if asked:
        record(verb, proposal, school=proposal.school, by=by, at=now)


@transaction.atomic
def set_aside(proposal: Proposed, verb: str, *, by: Account, now: datetime) -> None:
    """Leave everything as it stands; the proposal is not wanted."""
    decided = (
        type(proposal)
        .objects.filter(pk=proposal.pk, state=State.READY)
        .update(state=State.SET_ASIDE)
    )
    if decided:
        record(verb, proposal, school=proposal.school, by=by, at=now)


def look(
    proposal: Proposed,
    job: Job,
    function: Callable[..., Any],
    args: Sequence[Any],
    *,
    report: Callable[[Any], Mapping[str, Any]],
    clock: Clock,
) -> Any:
    """Look for it in a child process; a stop takes the best so far, None where nothing came back."""

    def hear(found: Found) -> None:
        jobs.advance(job, done=len(found.puts), report=report(found), now=clock())
        proposal.refresh_from_db(fields=["stop_asked_at"])
        if proposal.stop_asked_at and found.puts:
            raise _Enough(found)

    try:
        return run_limited(function, args, megabytes=MEGABYTES, seconds=LONGEST, on_progress=hear)
    except _Enough as enough:
        return enough.found
    except ChildFailed:
        return None


@transaction.atomic
def settle(proposal: Proposed, job: Job, verb: str, *, error: str, now: datetime) -> None:
    """Keep what was found with the proposal, and end its job, in one act."""
    proposal.save(update_fields=["puts", "answer", "state"])
    record(
        verb,
        proposal,
        school=proposal.school,
        by=job.by,
        at=now,
        outcome=proposal.state,
        turns=len(proposal.puts),
    )
    if proposal.state == State.FAILED:
        jobs.fail(job, error=error, now=now)
    else:
        jobs.finish(job, report=proposal.answer, now=now)
