"""A desk scans while a rotation is solved, and while a duty roster is.

The floor is an answer of the same desk while nothing is solved.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from bench import roster, rotation
from bench.desk import QUIET, scan
from bench.parts import large_school
from bench.parts.floor import Pair
from bench.parts.measuring import line, percentile, served
from shuxiang.platform.jobs.child import run_limited
from shuxiang.platform.jobs.proposals import MEGABYTES
from shuxiang.student_librarians.rules.solving import solve as solve_roster
from shuxiang.timetable.rules.solving import solve as solve_rotation
from tests.serving import Browser

PAIRS, WAIT = 60, 0.25
MOST_CLASSES = 120
HELPERS, WEEKS, BARRED = 12, 20, 0.5
"""The roster that takes longest."""


def main() -> None:
    rotations = solve_rotation, rotation.a_problem(MOST_CLASSES, rotation.SCHOOLS[MOST_CLASSES])
    rosters = solve_roster, roster.a_problem(HELPERS, WEEKS, BARRED)
    large_school.add_pupils()
    pairs = large_school.free_pairs(3 * PAIRS)
    with served() as (_pid, port):
        browser = Browser(port)
        time.sleep(QUIET)
        alone = _p99(browser, pairs[:PAIRS])
        line("desk alone: answer, p99", alone, "ms")
        with _solved_again_and_again(*rotations):
            beside = _p99(browser, pairs[PAIRS : 2 * PAIRS])
        line("desk beside a rotation: answer, p99", beside, "ms", beside / alone)
        with _solved_again_and_again(*rosters):
            beside = _p99(browser, pairs[2 * PAIRS :])
        line("desk beside a duty roster: answer, p99", beside, "ms", beside / alone)


@contextmanager
def _solved_again_and_again(solve: Any, problem: Any) -> Iterator[None]:
    enough = Event()

    def work() -> None:
        while not enough.is_set():
            run_limited(solve, (problem, PAIRS * WAIT), megabytes=MEGABYTES, seconds=120)

    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def _p99(browser: Browser, pairs: list[Pair]) -> float:
    times = []
    for pair in pairs:
        for mode in ("", "returns"):
            began = time.perf_counter()
            scan(browser, pair, mode=mode)
            times.append((time.perf_counter() - began) * 1000)
            time.sleep(WAIT / 2)
    return percentile(times, 99)


if __name__ == "__main__":
    main()
