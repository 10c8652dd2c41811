"""Find the best rotation. Runs in a child process: OR-Tools is large and is brought only there."""

from __future__ import annotations

from collections.abc import Callable

from shuxiang.platform.jobs.beat import beating
from shuxiang.timetable.rules.wishes import Answer, Outcome, Problem

WORKERS = 2

Tell = Callable[[Answer], None]


def solve(problem: Problem, seconds: float, *, tell: Tell) -> Answer:
    """Give the best rotation that is found in some seconds, or the wishes that clash.

    `tell` hears the best so far twice a second, from one thread.
    """
    from shuxiang.timetable.rules.clashing import clash_of  # noqa: PLC0415 - OR-Tools, see above
    from shuxiang.timetable.rules.modelling import Model  # noqa: PLC0415

    model = Model(problem)
    with beating(lambda: tell(model.so_far())):
        answer = model.solve(seconds=seconds, workers=WORKERS)
        if answer.outcome is Outcome.IMPOSSIBLE:
            clash = clash_of(problem, workers=WORKERS)
            return Answer(outcome=answer.outcome, seconds=answer.seconds, clash=clash)
        return answer
