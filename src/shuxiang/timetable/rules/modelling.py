"""The rotation as numbers for OR-Tools CP-SAT: one yes or no for a class, a slot and its weeks."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from shuxiang.timetable.rules.rotation import Letter
from shuxiang.timetable.rules.wishes import (
    Answer,
    Kind,
    Outcome,
    Problem,
    Put,
    Wish,
    classes_by_teacher,
    open_days,
    possible_puts,
)

MISS = 10
"""What a visit that lies otherwise than wished costs; a visit more than needed costs one."""

FOUND = {cp_model.OPTIMAL: Outcome.BEST, cp_model.FEASIBLE: Outcome.GOOD}

Yes = cp_model.IntVar
Sum = cp_model.LinearExpr | int
Value = Callable[[Yes], int]


class Model:
    """A problem's model. What must be is a constraint; what is wished costs where it is missed."""

    def __init__(self, problem: Problem, wishes: Sequence[Wish] | None = None) -> None:
        wishes = problem.wishes if wishes is None else wishes
        self._problem = problem
        self._model = cp_model.CpModel()
        self._places = {place.slot: place for place in problem.places}
        self._puts = {put: self._model.new_bool_var("") for put in possible_puts(problem)}
        self._rows = Counter(
            (one, wish.purpose)
            for wish in problem.wishes
            if wish.kind is Kind.COMES
            for one in wish.classes
        )
        self._open_days = open_days(problem, wishes, self._puts)
        self._of_class: dict[int, list[Put]] = defaultdict(list)
        for put in self._puts:
            self._of_class[put.school_class].append(put)
        self._missed: list[tuple[str, Yes]] = []
        self._lock = threading.Lock()
        self._best = Answer(outcome=Outcome.NOTHING)
        self._keep_the_house()
        for wish in wishes:
            self._hear(wish)
        self._model.minimize(MISS * sum(yes for _, yes in self._missed) + sum(self._spare()))
        for put in problem.standing:
            if put in self._puts:
                self._model.add_hint(self._puts[put], 1)

    def is_possible(self, *, seconds: float, workers: int) -> bool | None:
        """Tell whether there is any rotation; None if the time was too short to know."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.stop_after_first_solution = True
        status = solver.solve(self._model)
        return None if status == cp_model.UNKNOWN else status in FOUND

    def solve(self, *, seconds: float, workers: int) -> Answer:
        """Look for the best rotation for some seconds."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.random_seed = 1
        solver.best_bound_callback = self._hear_bound
        self._began = time.monotonic()
        status = solver.solve(self._model, _Listener(self))
        if status == cp_model.INFEASIBLE:
            return Answer(outcome=Outcome.IMPOSSIBLE, seconds=self._seconds())
        if status not in FOUND:
            return Answer(outcome=Outcome.NOTHING, seconds=self._seconds())
        bound = round(solver.best_objective_bound)
        return self.answer(solver.value, FOUND[status], round(solver.objective_value), bound)

    def so_far(self) -> Answer:
        """Give the best that was found up to now."""
        with self._lock:
            return self._best

    def answer(self, value: Value, outcome: Outcome, cost: int, bound: int) -> Answer:
        """Read a rotation off the numbers."""
        missed: Counter[str] = Counter()
        for key, yes in self._missed:
            missed[key] += value(yes)
        puts = tuple(put for put, yes in self._puts.items() if value(yes))
        return Answer(
            outcome=outcome,
            puts=puts,
            missed={key: count for key, count in missed.items() if count},
            cost=cost,
            bound=bound,
            seconds=self._seconds(),
        )

    def keep(self, answer: Answer) -> None:
        with self._lock:
            self._best = answer

    def _hear_bound(self, bound: float) -> None:
        with self._lock:
            best = self._best
            self._best = Answer(
                outcome=best.outcome,
                puts=best.puts,
                missed=best.missed,
                cost=best.cost,
                bound=round(bound),
                seconds=self._seconds(),
            )

    def _seconds(self) -> float:
        return time.monotonic() - self._began

    def _keep_the_house(self) -> None:
        """A slot holds so many; a class has a slot once, and comes once a day."""
        load: dict[tuple[int, Letter], list[Yes]] = defaultdict(list)
        once: dict[tuple[int, int], list[Yes]] = defaultdict(list)
        a_day: dict[tuple[int, int, Letter], list[Yes]] = defaultdict(list)
        for put, yes in self._puts.items():
            once[put.school_class, put.slot].append(yes)
            for letter in put.weeks.letters:
                load[put.slot, letter].append(yes)
                a_day[put.school_class, self._places[put.slot].weekday, letter].append(yes)
        for (slot, _letter), some in load.items():
            self._model.add(sum(some) <= self._places[slot].capacity)
        for few in (*once.values(), *a_day.values()):
            self._model.add_at_most_one(few)

    def _hear(self, wish: Wish) -> None:
        match wish.kind:
            case Kind.COMES:
                self._comes(wish)
            case Kind.ONLY:
                self._forbid(wish, self._meant(wish, then=False))
            case Kind.NOT:
                self._forbid(wish, self._meant(wish))
            case Kind.WANTS:
                self._wants(wish)
            case Kind.APART:
                self._apart(wish)
            case Kind.TEACHER:
                self._one_teacher(wish)
            case Kind.EVEN:
                self._even(wish)
            case Kind.STAY:
                self._stay(wish)
            case Kind.PINNED:
                self._at_least(wish, sum(self._puts[put] for put in (wish.put,) if put), 1)

    def _meant(self, wish: Wish, *, then: bool = True) -> Iterator[Put]:
        for one in sorted(wish.classes):
            for put in self._of_class[one]:
                place = self._places[put.slot]
                if wish.is_for(place) and wish.is_then(place) is then:
                    yield put

    def _comes(self, wish: Wish) -> None:
        found: dict[int, list[Put]] = {one: [] for one in sorted(wish.classes)}
        for put in self._meant(wish):
            found[put.school_class].append(put)
        for one, puts in found.items():
            often = sum(wish.visits(put) * self._puts[put] for put in puts)
            if not wish.is_must:
                often += self._miss(wish, wish.times)
            if self._rows[one, wish.purpose] == 1:
                self._model.add(often == wish.times)
            else:
                self._model.add(often >= wish.times)

    def _spare(self) -> Iterator[Sum]:
        """What a class comes oftener than needed, where several wishes say how often."""
        for put, yes in self._puts.items():
            if self._rows[put.school_class, self._places[put.slot].purpose] > 1:
                yield len(put.weeks.letters) * yes

    def _wants(self, wish: Wish) -> None:
        found: dict[int, list[Yes]] = {one: [] for one in sorted(wish.classes)}
        for put in self._meant(wish):
            found[put.school_class].append(self._puts[put])
        for some in found.values():
            self._at_least(wish, sum(some), 1)

    def _apart(self, wish: Wish) -> None:
        on: dict[tuple[int, Letter], dict[int, list[Yes]]] = defaultdict(lambda: defaultdict(list))
        for put in self._meant(wish):
            weekday = self._places[put.slot].weekday
            for letter in sorted(put.weeks.letters):
                on[put.school_class, letter][weekday].append(self._puts[put])
        for days in on.values():
            for one, other in combinations(sorted(days), 2):
                if other - one < wish.times:
                    self._at_most(wish, sum(days[one]) + sum(days[other]), 1)

    def _one_teacher(self, wish: Wish) -> None:
        for mine in classes_by_teacher(self._problem, wish):
            for some in self._together(mine):
                self._at_most(wish, sum(some), 1)

    def _together(self, classes: Iterable[int]) -> Iterator[list[Yes]]:
        """Gather what some classes could do at one time."""
        at: dict[tuple[int, int, Letter], list[Yes]] = defaultdict(list)
        for one in sorted(classes):
            for put in self._of_class[one]:
                place = self._places[put.slot]
                for letter in put.weeks.letters:
                    at[place.weekday, place.period, letter].append(self._puts[put])
        return iter(at.values())

    def _even(self, wish: Wish) -> None:
        """Miss as often as the fullest day of a week has more classes than the emptiest."""
        days = [day for day in self._open_days if not wish.weekdays or day in wish.weekdays]
        for letter in Letter:
            load: dict[int, list[Yes]] = {day: [] for day in days}
            for put in self._meant(wish):
                weekday = self._places[put.slot].weekday
                if letter in put.weeks.letters and weekday in load:
                    load[weekday].append(self._puts[put])
            most, least = self._count(), self._count()
            for some in load.values():
                self._model.add(sum(some) <= most)
                self._model.add(sum(some) >= least)
            self._at_most(wish, most - least, 0)

    def _count(self) -> Yes:
        return self._model.new_int_var(0, len(self._problem.comers), "")

    def _stay(self, wish: Wish) -> None:
        for put in self._problem.standing:
            if put.school_class in wish.classes:
                self._at_least(wish, self._puts.get(put, 0), 1)

    def _forbid(self, wish: Wish, puts: Iterable[Put]) -> None:
        for put in puts:
            if wish.is_must:
                self._model.add(self._puts[put] == 0)
            else:
                self._missed.append((wish.key, self._puts[put]))

    def _at_least(self, wish: Wish, often: Sum, wanted: int) -> None:
        if wish.is_must:
            self._model.add(often >= wanted)
        else:
            self._model.add(often + self._miss(wish, wanted) >= wanted)

    def _at_most(self, wish: Wish, often: Sum, wanted: int) -> None:
        if wish.is_must:
            self._model.add(often <= wanted)
        else:
            self._model.add(often - self._miss(wish, len(self._problem.comers)) <= wanted)

    def _miss(self, wish: Wish, most: int) -> Yes:
        miss = self._model.new_int_var(0, most, "")
        self._missed.append((wish.key, miss))
        return miss


class _Listener(cp_model.CpSolverSolutionCallback):
    """Keeps each better rotation as it is found."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._kept = model

    def on_solution_callback(self) -> None:
        cost, bound = round(self.objective_value), round(self.best_objective_bound)
        self._kept.keep(self._kept.answer(self.value, Outcome.GOOD, cost, bound))
