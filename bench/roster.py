"""A duty roster is solved: 60 helpers × 20 weeks, two shifts a day, two places each, with wishes; then a hard small one."""

from __future__ import annotations

import time
from datetime import date, timedelta
from random import Random

from bench.parts.measuring import line
from shuxiang.platform.jobs.child import run_limited
from shuxiang.platform.jobs.proposals import MEGABYTES
from shuxiang.student_librarians.rules import Helper, RosterProblem, Turn, judge
from shuxiang.student_librarians.rules.solving import solve

SECONDS = 10
MONDAY = date(2026, 9, 7)
DAYS, SHIFTS, PLACES = 5, 2, 2
SCHOOLS = ((60, 20, 0.3), (60, 20, 0.6), (12, 20, 0.5))
"""Helpers, weeks, and how much of the week each cannot."""


def main() -> None:
    print(f"roster: {DAYS * SHIFTS} shifts a week, {PLACES} places, {SECONDS} s on two threads")
    for helpers, weeks, barred in SCHOOLS:
        problem = a_problem(helpers, weeks, barred)
        began = time.perf_counter()
        answer = run_limited(solve, (problem, SECONDS), megabytes=MEGABYTES, seconds=120)
        took = time.perf_counter() - began
        judged = judge(problem, answer.puts)
        name = f"{helpers} helpers, {weeks} weeks, {barred:.0%} barred"
        line(f"{name}: solved", answer.seconds, "s")
        line(f"{name}: with the start of the process", took, "s")
        proven = "proven best" if answer.is_best else "best in the time"
        line(f"{name}: at most better by ({proven})", 100 * answer.gap, "%")
        line(f"{name}: turns off an equal share", judged.uneven, "")
        line(f"{name}: places empty", judged.short, "")
        line(f"{name}: turns against a wish", judged.unloved, "")


def a_problem(helpers: int, weeks: int, barred: float) -> RosterProblem:
    """Draw up helpers of whom every third has helped before, each with shifts and days that cannot or would rather not be."""
    lot = Random(helpers * weeks)  # noqa: S311 - the same school each time
    turns = tuple(
        Turn(shift=shift, on=MONDAY + timedelta(days=7 * week + day), places=PLACES)
        for week in range(weeks)
        for day in range(DAYS)
        for shift in range(SHIFTS)
    )
    able = []
    for post in range(helpers):
        weekly = {(d, s) for d in range(DAYS) for s in range(SHIFTS) if lot.random() < barred}
        no = (
            place
            for place, turn in enumerate(turns)
            if (turn.on.weekday(), turn.shift) in weekly or lot.randrange(20) == 0
        )
        rather_not = (lot.randrange(DAYS), lot.randrange(SHIFTS))
        unloved = (
            place
            for place, turn in enumerate(turns)
            if (turn.on.weekday(), turn.shift) == rather_not
        )
        able.append(
            Helper(
                post=post,
                is_experienced=post % 3 == 0,
                barred=frozenset(no),
                unloved=frozenset(unloved),
            )
        )
    return RosterProblem(helpers=tuple(able), turns=turns)


if __name__ == "__main__":
    main()
