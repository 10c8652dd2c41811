"""The solver by its rules alone: it is held to what an independent count says of its answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain, combinations
from random import Random
from typing import Any

import pytest

from shuxiang.timetable.rules import (
    Clash,
    Comer,
    Kind,
    Outcome,
    Part,
    Place,
    Problem,
    Weeks,
    Weight,
    Wish,
    missed,
)
from shuxiang.timetable.rules.clashing import clash_of
from shuxiang.timetable.rules.modelling import MISS, Model
from shuxiang.timetable.rules.wishes import possible_puts


def places(days=5, periods=4, capacity=1):
    return tuple(
        Place(
            slot=day * periods + period,
            weekday=day,
            period=period,
            purpose="lending" if period % 2 else "reading",
            capacity=capacity,
            part=Part.MORNING if period < periods / 2 else Part.AFTERNOON,
        )
        for day in range(days)
        for period in range(periods)
    )


def a_problem(seed, *, classes=10, days=5, periods=4):
    """A school with some wish of each kind, drawn by lot."""
    lot = Random(seed)  # noqa: S311 - the same school each time
    everybody = frozenset(range(classes))
    some = [frozenset(lot.sample(range(classes), classes // 2)) for _ in range(6)]
    day, period = frozenset({lot.randrange(days)}), lot.randrange(periods)
    drawn: list[dict[str, Any]] = [
        {"kind": Kind.COMES, "classes": everybody, "purpose": "lending", "every": 2},
        {"kind": Kind.COMES, "classes": some[0], "purpose": "reading", "weight": Weight.WISH},
        {"kind": Kind.ONLY, "classes": some[1], "weekdays": day, "weight": Weight.WISH},
        {"kind": Kind.NOT, "classes": some[2], "weekdays": frozenset({0}), "period": period},
        {"kind": Kind.NOT, "classes": some[3], "part": Part.MORNING, "weight": Weight.WISH},
        {"kind": Kind.WANTS, "classes": some[4], "period": period, "weight": Weight.WISH},
        {"kind": Kind.APART, "classes": everybody, "times": 2, "weight": Weight.WISH},
        {"kind": Kind.TEACHER, "classes": everybody, "weight": Weight.WISH},
        {"kind": Kind.EVEN, "classes": everybody, "weight": Weight.WISH},
    ]
    return Problem(
        places=places(days, periods, capacity=1 + seed % 2),
        comers=tuple(
            Comer(school_class=one, teachers=frozenset({one // 2})) for one in range(classes)
        ),
        wishes=tuple(Wish(key=str(n), **said) for n, said in enumerate(drawn)),
    )


def counted(problem, puts):
    count: Counter[str] = Counter()
    for miss in missed(problem, puts):
        count[miss.wish.key] += miss.count
    return dict(count)


@pytest.mark.parametrize("seed", range(4))
def test_what_the_solver_says_it_misses_is_what_is_missed(seed):
    problem = a_problem(seed)
    answer = Model(problem).solve(seconds=2, workers=1)

    assert answer.puts
    assert counted(problem, answer.puts) == answer.missed
    assert answer.cost == MISS * sum(answer.missed.values())


def keeps_the_house(problem, puts):
    """Tell whether the slots hold the classes, and each comes once a day, no oftener than asked."""
    where = {place.slot: place for place in problem.places}
    full = Counter((put.slot, letter) for put in puts for letter in put.weeks.letters)
    a_day = Counter(
        (put.school_class, where[put.slot].weekday, letter)
        for put in puts
        for letter in put.weeks.letters
    )
    often = Counter((put.school_class, where[put.slot].purpose) for put in puts)
    return all(count <= where[slot].capacity for (slot, _letter), count in full.items()) and all(
        count == 1 for count in (*a_day.values(), *often.values())
    )


@pytest.mark.parametrize("seed", range(3))
def test_nothing_better_is_possible_than_the_best(seed):
    problem = a_problem(seed, classes=2, days=2, periods=2)
    possible = possible_puts(problem)
    all_of_them = chain.from_iterable(
        combinations(possible, size) for size in range(len(possible) + 1)
    )
    must = {wish.key for wish in problem.wishes if wish.is_must}
    costs = []
    for puts in all_of_them:
        count = counted(problem, puts)
        if keeps_the_house(problem, puts) and not must & count.keys():
            costs.append(MISS * sum(count.values()))
    answer = Model(problem).solve(seconds=5, workers=1)

    assert answer.outcome is (Outcome.BEST if costs else Outcome.IMPOSSIBLE)
    assert answer.cost == min(costs, default=0)


def test_an_impossible_set_is_named_without_one_wish_too_many():
    everybody = frozenset(range(6))
    monday = frozenset({0})
    said: list[dict[str, Any]] = [
        {"kind": Kind.NOT, "classes": everybody, "weekdays": frozenset({4})},
        {"kind": Kind.COMES, "classes": everybody, "purpose": "lending", "every": 1},
        {"kind": Kind.TEACHER, "classes": everybody},
        {"kind": Kind.ONLY, "classes": frozenset({0, 1, 2}), "weekdays": monday},
        {"kind": Kind.NOT, "classes": frozenset({0}), "weekdays": monday},
        {"kind": Kind.EVEN, "classes": everybody, "weight": Weight.WISH},
    ]
    problem = Problem(
        places=places(),
        comers=tuple(Comer(school_class=one) for one in sorted(everybody)),
        wishes=tuple(Wish(key=str(n), **one) for n, one in enumerate(said)),
    )
    assert Model(problem).solve(seconds=5, workers=1).outcome is Outcome.IMPOSSIBLE
    clash = clash_of(problem, workers=1)

    assert clash.is_least
    named = [wish for wish in problem.wishes if wish.key in clash.wishes]
    assert Model(problem, named).is_possible(seconds=5, workers=1) is False
    for one in named:
        others = [wish for wish in named if wish is not one]
        assert Model(problem, others).is_possible(seconds=5, workers=1), one.kind
    assert clash.costs[clash.cheapest] == min(clash.costs.values()) == 1


@pytest.mark.parametrize(
    ("costs", "cheapest"),
    [
        ({"grade": 2, "all": 1}, "all"),
        ({"grade": 1, "all": 1}, "grade"),
        ({"grade": 1, "other": 1}, ""),
        ({"grade": 1, "all": None}, ""),
    ],
)
def test_of_rules_that_cost_alike_that_of_fewer_classes_is_let_go(costs, cheapest):
    clash = Clash(
        wishes=tuple(costs),
        costs={key: cost for key, cost in costs.items() if cost is not None},
        classes={"grade": 4, "other": 4, "all": 24},
    )
    assert clash.cheapest == cheapest


def test_a_turn_that_is_pinned_stays_and_the_rest_is_solved_around_it():
    problem = a_problem(1)
    (first, *_rest) = Model(problem).solve(seconds=2, workers=1).puts
    worse = replace(first, slot=19, weeks=Weeks.B)
    pin = Wish(key="pin", kind=Kind.PINNED, put=worse, classes=frozenset({first.school_class}))
    answer = Model(replace(problem, wishes=(*problem.wishes, pin))).solve(seconds=2, workers=1)

    assert worse in answer.puts
