"""Find the best roster. Runs in a child process: OR-Tools is large and is brought only there."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shuxiang.student_librarians.rules.rostering import (
    SHORT,
    UNEVEN,
    UNPAIRED,
    RosterAnswer,
    RosterProblem,
    first_try,
    judge,
    least_cost,
)

WORKERS = 2
BEAT = 0.5
"""Seconds after which the child says again how long it has looked."""

Tell = Callable[[float], None]


def solve(problem: RosterProblem, seconds: float, *, tell: Tell) -> RosterAnswer:
    """Give the best roster that is found in some seconds; `tell` hears how many are over."""
    began, begun = time.monotonic(), first_try(problem)
    first = _first(problem, begun, began)
    if first.is_best:
        return first
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT):
            tell(time.monotonic() - began)

    teller = threading.Thread(target=beat, daemon=True)
    teller.start()
    try:
        better = _better(problem, begun, seconds)
    finally:
        done.set()
        teller.join()
    bound = max(first.bound, better.bound)
    best = better if better.puts and better.cost < first.cost else first
    took = time.monotonic() - began
    return replace(best, bound=bound, is_best=best.cost == bound, seconds=took)


def _better(
    problem: RosterProblem, begun: frozenset[tuple[int, int]], seconds: float
) -> RosterAnswer:
    """Look for something better than the first try."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - large, see above

    model = cp_model.CpModel()
    yes = _yes(problem, model, begun)
    short, alone = _places(problem, model, yes)
    uneven = _fairness(problem, model, yes)
    _tell_the_bound(problem, model, yes, alone=alone, uneven=uneven)
    costs = {SHORT: short, UNPAIRED: alone, UNEVEN: list(uneven.values())}
    model.minimize(sum(cost * sum(several) for cost, several in costs.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return RosterAnswer(bound=0)
    return RosterAnswer(
        puts=tuple(put for put, var in yes.items() if solver.value(var)),
        cost=round(solver.objective_value),
        bound=max(0, round(solver.best_objective_bound)),
    )


def _first(problem: RosterProblem, begun: frozenset[tuple[int, int]], began: float) -> RosterAnswer:
    """Give the first try, which is the best where nothing can cost less."""
    cost, bound = judge(problem, begun).cost, least_cost(problem)
    return RosterAnswer(
        puts=tuple(sorted(begun)),
        cost=cost,
        bound=bound,
        seconds=time.monotonic() - began,
        is_best=cost == bound,
    )


Yes = dict[tuple[int, int], Any]
"""Yes or no for a post on a turn, by its place in the list."""


def _yes(problem: RosterProblem, model: Any, begun: frozenset[tuple[int, int]]) -> Yes:
    """Make a yes or no for everybody on every turn, with the first try as a hint."""
    yes = {
        (helper.post, place): model.new_bool_var("")
        for helper in problem.helpers
        for place in range(len(problem.turns))
        if place not in helper.barred
    }
    for put, var in yes.items():
        model.add_hint(var, put in begun)
    return yes


def _places(problem: RosterProblem, model: Any, yes: Yes) -> tuple[list[Any], list[Any]]:
    """Fill each turn, and set an old hand beside the new ones."""
    here: dict[int, list[Any]] = defaultdict(list)
    old: dict[int, list[Any]] = defaultdict(list)
    experienced = {one.post for one in problem.helpers if one.is_experienced}
    for (post, place), var in yes.items():
        here[place].append(var)
        if post in experienced:
            old[place].append(var)
    short, alone = [], []
    for place, turn in enumerate(problem.turns):
        short.append(model.new_int_var(0, turn.places, ""))
        model.add(sum(here[place]) + short[-1] == turn.places)
        alone.append(model.new_bool_var(""))
        model.add(sum(old[place]) + alone[-1] >= 1)
    return short, alone


def _fairness(problem: RosterProblem, model: Any, yes: Yes) -> dict[int, Any]:
    """One turn a day, few a week, and as many for each."""
    days: dict[Any, list[Any]] = defaultdict(list)
    weeks: dict[Any, list[Any]] = defaultdict(list)
    own: dict[int, list[Any]] = defaultdict(list)
    for (post, place), var in yes.items():
        turn = problem.turns[place]
        days[post, turn.on].append(var)
        weeks[post, turn.week].append(var)
        own[post].append(var)
    if problem.a_week > 1:
        for several in days.values():
            model.add_at_most_one(several)
    for several in weeks.values():
        model.add(sum(several) <= problem.a_week)
    low, high = problem.fair
    uneven = {}
    for helper in problem.helpers:
        uneven[helper.post] = model.new_int_var(0, len(problem.turns) + helper.had, "")
        total = sum(own[helper.post]) + helper.had
        model.add(uneven[helper.post] >= total - high)
        model.add(uneven[helper.post] >= low - total)
    return uneven


def _tell_the_bound(
    problem: RosterProblem,
    model: Any,
    yes: Yes,
    *,
    alone: list[Any],
    uneven: dict[int, Any],
) -> None:
    """Say what follows from the sums: so few old hands can't be everywhere and have no turn more."""
    low, high = problem.fair
    for experienced in (True, False):
        group = [one for one in problem.helpers if one.is_experienced is experienced]
        posts = {one.post for one in group}
        whole = sum(len(problem.turns) for _ in posts)
        turns = model.new_int_var(0, whole, "")
        model.add(turns == sum(var for (post, _), var in yes.items() if post in posts))
        had = sum(one.had for one in group)
        missed = sum(uneven[post] for post in posts)
        model.add(missed >= turns + had - len(posts) * high)
        model.add(missed >= len(posts) * low - turns - had)
        if experienced:
            model.add(turns + sum(alone) >= len(problem.turns))
