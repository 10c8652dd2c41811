"""The long work of solving a rotation: a child process looks for it, the job says how far it is."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs import proposals
from shuxiang.platform.jobs.models import Job
from shuxiang.timetable import wording
from shuxiang.timetable.models import Proposal
from shuxiang.timetable.queries import problem_of
from shuxiang.timetable.rules import Answer, Outcome, Put
from shuxiang.timetable.rules.solving import solve

SECONDS = 60
"""How long it looks for something better."""


def solve_rotation(job: Job, clock: proposals.Clock) -> None:
    """Solve the rotation that a proposal waits for (the job `timetable.solve`)."""
    proposal = Proposal.objects.select_related("term__year", "term__school").get(job=job)
    if proposal.state != Proposal.State.SOLVING:
        jobs.finish(job, report={}, now=clock())
        return
    args = (problem_of(proposal.term), SECONDS)
    found = proposals.look(proposal, job, solve, args, report=_report, clock=clock)
    answer = found or Answer(outcome=Outcome.NOTHING)
    proposal.puts = [_row(put) for put in answer.puts]
    proposal.answer, proposal.state = _report(answer), _state(answer)
    verb, error = "timetable.solve_rotation", str(wording.NOTHING_FOUND)
    proposals.settle(proposal, job, verb, error=error, now=clock())


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
