"""A roster as numbers for OR-Tools CP-SAT: one yes or no for a helper and a turn."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from ortools.sat.python import cp_model

from shuxiang.student_librarians.rules.rostering import (
    SHORT,
    UNEVEN,
    UNLOVED,
    UNPAIRED,
    RosterAnswer,
    RosterProblem,
)

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)

Some = list[cp_model.IntVar]
Value = Callable[[cp_model.IntVar], int]


class Model:
    """A problem's model; it begins with a roster that somebody found without it."""

    def __init__(self, problem: RosterProblem, begun: RosterAnswer) -> None:
        self._problem = problem
        self._model = cp_model.CpModel()
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self._best = begun
        puts = frozenset(begun.puts)
        self._yes = {
            (helper.post, place): self._model.new_bool_var("")
            for helper in problem.helpers
            for place in range(len(problem.turns))
            if place not in helper.barred
        }
        for put, var in self._yes.items():
            self._model.add_hint(var, put in puts)
        short, alone = self._places()
        self._keep_the_days()
        uneven = self._fairness()
        self._tell_the_bound(alone, uneven)
        unloved = [
            self._yes[helper.post, place]
            for helper in problem.helpers
            for place in helper.unloved - helper.barred
        ]
        costs = {SHORT: short, UNEVEN: list(uneven.values()), UNPAIRED: alone, UNLOVED: unloved}
        self._model.minimize(sum(cost * sum(several) for cost, several in costs.items()))

    def solve(self, *, seconds: float, workers: int) -> RosterAnswer:
        """Look for the best roster for some seconds."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.random_seed = 1
        solver.best_bound_callback = self._hear_bound
        status = solver.solve(self._model, _Listener(self))
        self._hear_bound(solver.best_objective_bound)
        if status in FOUND:
            self.keep(solver.value, round(solver.objective_value))
        return self.so_far()

    def so_far(self) -> RosterAnswer:
        """Give the best that was found up to now, and how long it has looked."""
        with self._lock:
            best = self._best
        took = time.monotonic() - self._began
        return replace(best, seconds=took, is_best=best.cost <= best.bound)

    def keep(self, value: Value, cost: int) -> None:
        """Keep a roster if it is better than the best."""
        puts = tuple(put for put, yes in self._yes.items() if value(yes))
        with self._lock:
            if cost < self._best.cost:
                self._best = replace(self._best, puts=puts, cost=cost)

    def _hear_bound(self, bound: float) -> None:
        with self._lock:
            self._best = replace(self._best, bound=max(self._best.bound, round(bound)))

    def _places(self) -> tuple[Some, Some]:
        """Fill each turn, and set an old hand beside the new ones."""
        here: dict[int, Some] = defaultdict(list)
        old: dict[int, Some] = defaultdict(list)
        experienced = {one.post for one in self._problem.helpers if one.is_experienced}
        for (post, place), var in self._yes.items():
            here[place].append(var)
            if post in experienced:
                old[place].append(var)
        short, alone = [], []
        for place, turn in enumerate(self._problem.turns):
            short.append(self._model.new_int_var(0, turn.places, ""))
            self._model.add(sum(here[place]) + short[-1] == turn.places)
            alone.append(self._model.new_bool_var(""))
            self._model.add(sum(old[place]) + alone[-1] >= 1)
        return short, alone

    def _keep_the_days(self) -> None:
        """One turn a day, and few a week."""
        days: dict[object, Some] = defaultdict(list)
        weeks: dict[object, Some] = defaultdict(list)
        for (post, place), var in self._yes.items():
            turn = self._problem.turns[place]
            days[post, turn.on].append(var)
            weeks[post, turn.week].append(var)
        if self._problem.a_week > 1:
            for several in days.values():
                self._model.add_at_most_one(several)
        for several in weeks.values():
            self._model.add(sum(several) <= self._problem.a_week)

    def _fairness(self) -> dict[int, cp_model.IntVar]:
        """As many for each: count by how much each misses the fair share."""
        own: dict[int, Some] = defaultdict(list)
        for (post, _place), var in self._yes.items():
            own[post].append(var)
        low, high = self._problem.fair
        uneven = {}
        for helper in self._problem.helpers:
            most = len(self._problem.turns) + helper.had
            missed = uneven[helper.post] = self._model.new_int_var(0, max(most, low), "")
            total = sum(own[helper.post]) + helper.had
            self._model.add(missed >= total - high)
            self._model.add(missed >= low - total)
        return uneven

    def _tell_the_bound(self, alone: Some, uneven: dict[int, cp_model.IntVar]) -> None:
        """Say what follows from the sums: so few old hands can't be everywhere and have no turn more."""
        problem, (low, high) = self._problem, self._problem.fair
        for experienced in (True, False):
            group = [one for one in problem.helpers if one.is_experienced is experienced]
            posts = {one.post for one in group}
            turns = self._model.new_int_var(0, len(problem.turns) * len(posts), "")
            self._model.add(
                turns == sum(var for (post, _), var in self._yes.items() if post in posts)
            )
            had = sum(one.had for one in group)
            missed = sum(uneven[post] for post in posts)
            self._model.add(missed >= turns + had - len(posts) * high)
            self._model.add(missed >= len(posts) * low - turns - had)
            if experienced:
                self._model.add(turns + sum(alone) >= len(problem.turns))


class _Listener(cp_model.CpSolverSolutionCallback):
    """Keeps each better roster as it is found."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._kept = model

    def on_solution_callback(self) -> None:
        self._kept.keep(self.value, round(self.objective_value))
