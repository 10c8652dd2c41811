"""Find the best roster. Runs in a child process: OR-Tools is large and is brought only there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from shuxiang.platform.jobs.beat import beating
from shuxiang.student_librarians.rules.rostering import RosterAnswer, RosterProblem, begin

WORKERS = 2

Tell = Callable[[RosterAnswer], None]


def solve(problem: RosterProblem, seconds: float, *, tell: Tell) -> RosterAnswer:
    """Give the best roster that is found in some seconds; `tell` hears the best so far."""
    began = time.monotonic()
    begun = begin(problem)
    begun = replace(begun, seconds=time.monotonic() - began)
    if begun.is_best:
        return begun
    from shuxiang.student_librarians.rules.modelling import Model  # noqa: PLC0415 - OR-Tools

    model = Model(problem, begun)
    with beating(lambda: tell(model.so_far())):
        return model.solve(seconds=seconds, workers=WORKERS)
