"""A rotation with all kinds of wishes is solved: 36 classes × 40 slots × A and B weeks, then 60 and 120 classes."""

from __future__ import annotations

import time
from random import Random
from typing import Any

from bench.parts.measuring import line
from shuxiang.platform.jobs.child import run_limited
from shuxiang.platform.jobs.proposals import MEGABYTES
from shuxiang.timetable.rules import Comer, Kind, Outcome, Part, Place, Problem, Weight, Wish
from shuxiang.timetable.rules.solving import solve

DAYS, PERIODS = 5, 8
SCHOOLS = {36: 2, 60: 3, 120: 6}
"""So many classes come, and so many fit into a slot."""
SECONDS = 10
LESSONS = 10
"""Lessons a class that are kept free of the library: PE, labs, its teacher's other lessons."""


def main() -> None:
    print(f"rotation: {DAYS * PERIODS} slots, A and B weeks, {SECONDS} s on two threads")
    for classes, capacity in SCHOOLS.items():
        _solve(classes, capacity)


def _solve(classes: int, capacity: int) -> None:
    problem = a_problem(classes, capacity)
    began = time.perf_counter()
    answer = run_limited(solve, (problem, SECONDS), megabytes=MEGABYTES, seconds=120)
    took = time.perf_counter() - began
    name = f"{classes} classes, {len(problem.wishes)} wishes"
    line(f"{name}: solved", answer.seconds, "s")
    line(f"{name}: with the start of the process", took, "s")
    line(f"{name}: at most better by", 100 * answer.gap, "%")
    proven = "proven best" if answer.outcome is Outcome.BEST else "best in the time"
    line(f"{name}: wishes missed ({proven})", sum(answer.missed.values()), "")


def a_problem(classes: int, capacity: int) -> Problem:
    """Draw up a school of six grades with wishes of every kind."""
    lot = Random(classes)  # noqa: S311 - the same school each time
    places = [
        Place(
            slot=day * PERIODS + period,
            weekday=day,
            period=period,
            purpose="reading" if period in (5, 6) else "lending",
            capacity=capacity,
            part=Part.MORNING if period < PERIODS / 2 else Part.AFTERNOON,
        )
        for day in range(DAYS)
        for period in range(PERIODS)
    ]
    said = [*_of_grades(classes), *_of_classes(classes, lot)]
    return Problem(
        places=tuple(places),
        comers=tuple(
            Comer(school_class=one, teachers=frozenset({one // 2})) for one in range(classes)
        ),
        wishes=tuple(Wish(key=str(number), **one) for number, one in enumerate(said)),
    )


def _of_grades(classes: int) -> list[dict[str, Any]]:
    grades = [
        frozenset(range(grade * classes // 6, (grade + 1) * classes // 6)) for grade in range(6)
    ]
    everybody = frozenset(range(classes))
    young, old = grades[0] | grades[1], everybody - grades[0] - grades[1]
    wish = {"weight": Weight.WISH}
    return [
        {"kind": Kind.COMES, "classes": young, "purpose": "reading"},
        {"kind": Kind.COMES, "classes": old, "purpose": "lending", "every": 2},
        {"kind": Kind.COMES, "classes": old, "purpose": "reading", "every": 2, **wish},
        {"kind": Kind.COMES, "classes": young, "purpose": "lending", "every": 2, **wish},
        *(
            {"kind": Kind.ONLY, "classes": grade, "weekdays": frozenset({day, day + 1}), **wish}
            for day, grade in enumerate(grades[2:])
        ),
        {
            "kind": Kind.NOT,
            "classes": everybody,
            "weekdays": frozenset({4}),
            "part": Part.AFTERNOON,
        },
        {"kind": Kind.NOT, "classes": everybody, "weekdays": frozenset({0}), "period": 0, **wish},
        {"kind": Kind.APART, "classes": everybody, "times": 2, **wish},
        {"kind": Kind.TEACHER, "classes": everybody},
        {"kind": Kind.EVEN, "classes": everybody, **wish},
    ]


def _of_classes(classes: int, lot: Random) -> list[dict[str, Any]]:
    """Lessons in which a class can't come, and for every third class a time that it wants."""
    lessons = [
        {
            "kind": Kind.NOT,
            "classes": frozenset({one}),
            "weekdays": frozenset({lot.randrange(DAYS)}),
            "period": lot.randrange(PERIODS),
        }
        for one in range(classes)
        for _ in range(LESSONS)
    ]
    wanted = [
        {
            "kind": Kind.WANTS,
            "classes": frozenset({one}),
            "weekdays": frozenset({lot.randrange(DAYS)}),
            "period": lot.randrange(PERIODS),
            "weight": Weight.WISH,
        }
        for one in range(0, classes, 3)
    ]
    return [*lessons, *wanted]


if __name__ == "__main__":
    main()
