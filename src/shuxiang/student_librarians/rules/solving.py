"""Find the best roster. Runs in a child process: OR-Tools is large and is brought only there."""

from __future__ import annotations

from collections.abc import Callable

from shuxiang.platform.jobs.beat import beating
from shuxiang.student_librarians.rules.rostering import RosterAnswer, RosterProblem, begin

WORKERS = 2

Tell = Callable[[RosterAnswer], None]


def solve(problem: RosterProblem, seconds: float, *, tell: Tell) -> RosterAnswer:
    """Give the best roster that is found in some seconds; `tell` hears the best so far."""
    begun = begin(problem)
    if begun.is_best:
        return begun
    from shuxiang.student_librarians.rules.modelling import Model  # noqa: PLC0415 - OR-Tools

    model = Model(problem, begun)
    with beating(lambda: tell(model.so_far())):
        return model.solve(seconds=seconds, workers=WORKERS)
