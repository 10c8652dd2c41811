"""Which wishes does a rotation miss, and where? Counts by itself what the solver is held to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from shuxiang.timetable.rules.rotation import Letter
from shuxiang.timetable.rules.wishes import (
    Kind,
    Place,
    Problem,
    Put,
    Wish,
    classes_by_teacher,
    forbids,
    open_days,
    possible_puts,
)


@dataclass(frozen=True, kw_only=True)
class Miss:
    """A wish that is missed: by which class, by which of its turns, and how often."""

    wish: Wish
    school_class: int | None = None
    put: Put | None = None
    count: int = 1


def missed(problem: Problem, puts: Iterable[Put]) -> list[Miss]:
    """List what a rotation does not keep, wish by wish."""
    judge = _Judge(problem, puts)
    return [miss for wish in problem.wishes for miss in judge.hear(wish)]


class _Judge:
    def __init__(self, problem: Problem, puts: Iterable[Put]) -> None:
        self._problem = problem
        self._places = {place.slot: place for place in problem.places}
        self._puts = [put for put in puts if put.slot in self._places]

    def hear(self, wish: Wish) -> Iterator[Miss]:
        return _HEARD[wish.kind](self, wish)

    def _place(self, put: Put) -> Place:
        return self._places[put.slot]

    def _meant(self, wish: Wish) -> list[Put]:
        return [
            put
            for put in self._puts
            if put.school_class in wish.classes
            and wish.is_for(self._place(put))
            and wish.is_then(self._place(put))
        ]

    def _comes(self, wish: Wish) -> Iterator[Miss]:
        often = Counter(dict.fromkeys(sorted(wish.classes), 0))
        for put in self._meant(wish):
            often[put.school_class] += wish.visits(put)
        for school_class, times in often.items():
            if times < wish.times:
                yield Miss(wish=wish, school_class=school_class, count=wish.times - times)

    def _forbidden(self, wish: Wish) -> Iterator[Miss]:
        for put in self._puts:
            if forbids(wish, put, self._place(put)):
                yield Miss(wish=wish, school_class=put.school_class, put=put)

    def _wants(self, wish: Wish) -> Iterator[Miss]:
        come = {put.school_class for put in self._meant(wish)}
        for school_class in sorted(wish.classes - come):
            yield Miss(wish=wish, school_class=school_class)

    def _apart(self, wish: Wish) -> Iterator[Miss]:
        for one, other in combinations(self._meant(wish), 2):
            between = abs(self._place(one).weekday - self._place(other).weekday)
            if one.school_class == other.school_class and 0 < between < wish.times:
                for _letter in one.weeks.letters & other.weeks.letters:
                    yield Miss(wish=wish, school_class=other.school_class, put=other)

    def _one_teacher(self, wish: Wish) -> Iterator[Miss]:
        for classes in classes_by_teacher(self._problem, wish):
            at: dict[tuple[int, int, Letter], list[Put]] = defaultdict(list)
            for put in self._puts:
                if put.school_class in classes:
                    place = self._place(put)
                    for letter in sorted(put.weeks.letters):
                        at[place.weekday, place.period, letter].append(put)
            for together in at.values():
                for put in together[1:]:
                    yield Miss(wish=wish, school_class=put.school_class, put=put)

    def _even(self, wish: Wish) -> Iterator[Miss]:
        days = open_days(self._problem, self._problem.wishes, possible_puts(self._problem))
        days = [day for day in days if not wish.weekdays or day in wish.weekdays]
        for letter in Letter:
            load = Counter(dict.fromkeys(days, 0))
            for put in self._meant(wish):
                if letter in put.weeks.letters and self._place(put).weekday in load:
                    load[self._place(put).weekday] += 1
            if load and max(load.values()) > min(load.values()):
                yield Miss(wish=wish, count=max(load.values()) - min(load.values()))

    def _stay(self, wish: Wish) -> Iterator[Miss]:
        for put in self._problem.standing:
            if put.school_class in wish.classes and put not in self._puts:
                yield Miss(wish=wish, school_class=put.school_class, put=put)

    def _pinned(self, wish: Wish) -> Iterator[Miss]:
        if wish.put and wish.put not in self._puts:
            yield Miss(wish=wish, school_class=wish.put.school_class, put=wish.put)


_HEARD: dict[Kind, Callable[[_Judge, Wish], Iterator[Miss]]] = {
    Kind.COMES: _Judge._comes,
    Kind.ONLY: _Judge._forbidden,
    Kind.NOT: _Judge._forbidden,
    Kind.WANTS: _Judge._wants,
    Kind.APART: _Judge._apart,
    Kind.TEACHER: _Judge._one_teacher,
    Kind.EVEN: _Judge._even,
    Kind.STAY: _Judge._stay,
    Kind.PINNED: _Judge._pinned,
}
