"""The long work of solving a rotation: a child process looks for it, the job says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from shuxiang.platform.audit.actions import record
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.child import ChildFailed, run_limited
from shuxiang.platform.jobs.models import Job
from shuxiang.timetable import wording
from shuxiang.timetable.models import Proposal
from shuxiang.timetable.queries import problem_of
from shuxiang.timetable.rules import Answer, Outcome, Put
from shuxiang.timetable.rules.solving import solve

SECONDS = 60
"""How long it looks for something better."""
LONGEST = 150.0
"""Seconds after which the child is given up: it may have had to name a clash as well."""
MEGABYTES = 4000
"""Address space, of which the solver uses a tenth."""

Clock = Callable[[], datetime]


class Stopped(Exception):
    """Somebody wants what was found up to now."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.outcome)
        self.answer = answer


def solve_rotation(job: Job, clock: Clock) -> None:
    """Solve the rotation that a proposal waits for (the job `timetable.solve`)."""
    proposal = Proposal.objects.select_related("term__year", "term__school").get(job=job)
    if proposal.state != Proposal.State.SOLVING:
        jobs.finish(job, report={}, now=clock())
        return

    def hear(answer: Answer) -> None:
        jobs.advance(job, done=len(answer.puts), report=_report(answer), now=clock())
        proposal.refresh_from_db(fields=["stop_asked_at"])
        if proposal.stop_asked_at and answer.puts:
            raise Stopped(answer)

    args = (problem_of(proposal.term), SECONDS)
    try:
        answer = run_limited(solve, args, megabytes=MEGABYTES, seconds=LONGEST, on_progress=hear)
    except Stopped as stopped:
        answer = stopped.answer
    except ChildFailed:
        answer = Answer(outcome=Outcome.NOTHING)
    _settle(proposal, answer, job, clock())


@transaction.atomic
def _settle(proposal: Proposal, answer: Answer, job: Job, now: datetime) -> None:
    """Keep what was found with the proposal, and end its job."""
    proposal.puts = [_row(put) for put in answer.puts]
    proposal.answer = _report(answer)
    proposal.state = _state(answer)
    proposal.save(update_fields=["puts", "answer", "state"])
    record(
        "timetable.solve_rotation",
        proposal,
        school=proposal.school,
        by=job.by,
        at=now,
        outcome=answer.outcome,
        turns=len(answer.puts),
    )
    if proposal.state == Proposal.State.FAILED:
        jobs.fail(job, error=str(wording.NOTHING_FOUND), now=now)
    else:
        jobs.finish(job, report=_report(answer), now=now)


def _state(answer: Answer) -> str:
    if answer.puts:
        return Proposal.State.READY
    return (
        Proposal.State.IMPOSSIBLE if answer.outcome is Outcome.IMPOSSIBLE else Proposal.State.FAILED
    )


def _row(put: Put) -> list[object]:
    return [put.slot, put.school_class, put.weeks.value]


def _report(answer: Answer) -> dict[str, Any]:
    """Say an answer without its turns, as JSON."""
    said = {name: value for name, value in asdict(answer).items() if name not in ("puts", "clash")}
    clash = answer.clash
    return {
        **said,
        "seconds": round(answer.seconds, 1),
        "turns": len(answer.puts),
        "gap": round(answer.gap, 4),
        "clash": list(clash.wishes) if clash else [],
        "costs": dict(clash.costs) if clash else {},
        "cheapest": clash.cheapest if clash else "",
        "is_least": clash.is_least if clash else True,
    }
