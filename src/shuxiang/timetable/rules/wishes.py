"""What a school asks of a rotation, and what a solver hears and answers of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from shuxiang.timetable.rules.rotation import Weeks


class Kind(StrEnum):
    """What a wish is about; each is one sentence on the page."""

    COMES = "comes"
    """The classes come so often for a purpose."""
    ONLY = "only"
    """The classes come only then (a grade's day)."""
    NOT = "not"
    """The classes never come then: their lessons, a day for the teachers."""
    WANTS = "wants"
    """Each of the classes comes then at least once."""
    APART = "apart"
    """So many days lie between two visits of a class."""
    TEACHER = "teacher"
    """Two classes of one teacher never come at the same time."""
    EVEN = "even"
    """The days of the week get the same number of classes."""
    STAY = "stay"
    """What stands is not moved."""
    PINNED = "pinned"
    """A turn that was pinned stays where it is."""


class Weight(StrEnum):
    MUST = "must"
    WISH = "wish"


class Part(StrEnum):
    """A part of the day, by when a period begins."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"


NOON, AFTER_NOON = 12, 13


@dataclass(frozen=True, kw_only=True)
class Place:
    """A slot as the solver sees it."""

    slot: int
    weekday: int
    period: int
    purpose: str
    capacity: int
    part: Part


@dataclass(frozen=True, kw_only=True)
class Comer:
    """A class that can be given places."""

    school_class: int
    teachers: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Put:
    """A class in a slot in its weeks."""

    slot: int
    school_class: int
    weeks: Weeks


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A wish with its classes named; what is not said (no weekday, no part …) means any."""

    key: str
    kind: Kind
    weight: Weight = Weight.MUST
    classes: frozenset[int] = frozenset()
    purpose: str = ""
    weekdays: frozenset[int] = frozenset()
    part: Part | None = None
    period: int | None = None
    times: int = 1
    """How often (COMES), or how many days between (APART)."""
    every: int = 1
    """Weeks within which a class comes so often: 1 or 2."""
    put: Put | None = None

    @property
    def is_must(self) -> bool:
        return self.weight is Weight.MUST

    def visits(self, put: Put) -> int:
        """Count a class's visits by a turn in the weeks that are meant; a weekly one is regular."""
        if self.every == 1:
            return int(put.weeks is Weeks.EVERY)
        return len(put.weeks.letters)

    def is_for(self, place: Place) -> bool:
        """Tell whether a place is of the purpose that is meant, if one is."""
        return not self.purpose or place.purpose == self.purpose

    def is_then(self, place: Place) -> bool:
        """Tell whether a place lies on the days and at the hours that are meant."""
        return (
            (not self.weekdays or place.weekday in self.weekdays)
            and self.part in (None, place.part)
            and self.period in (None, place.period)
        )


@dataclass(frozen=True, kw_only=True)
class Problem:
    """All that a solver needs to know of a term."""

    places: tuple[Place, ...]
    comers: tuple[Comer, ...]
    wishes: tuple[Wish, ...]
    standing: tuple[Put, ...] = ()


class Outcome(StrEnum):
    BEST = "best"
    """Nothing better is possible."""
    GOOD = "good"
    """The best that was found in the time; `bound` tells how much better it could be."""
    IMPOSSIBLE = "impossible"
    NOTHING = "nothing"
    """Neither a rotation was found nor that there is none."""


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Wishes that can't be kept together, and of which none can be left out."""

    wishes: tuple[str, ...]
    costs: Mapping[str, int] = field(default_factory=dict)
    """How many visits would lie otherwise than a wish says, if it alone were given up."""
    classes: Mapping[str, int] = field(default_factory=dict)
    """How many classes each wish concerns."""
    is_least: bool = True
    """False where the time was too short to be sure that none can be left out."""

    @property
    def cheapest(self) -> str:
        """Name the wish whose removal costs least, of equals that of the fewest classes; or none."""
        if self.costs.keys() != set(self.wishes):
            return ""  # what one of them costs is not known
        weights = {key: (cost, self.classes.get(key, 0)) for key, cost in self.costs.items()}
        least = [key for key in weights if weights[key] == min(weights.values())]
        return least[0] if len(least) == 1 else ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a solver found."""

    outcome: Outcome
    puts: tuple[Put, ...] = ()
    missed: Mapping[str, int] = field(default_factory=dict)
    """How many visits lie otherwise than a wish says; those that are kept are not named."""
    cost: int = 0
    bound: int = 0
    seconds: float = 0.0
    clash: Clash | None = None

    @property
    def gap(self) -> float:
        """Tell by which share of the cost it could be better at most."""
        return (self.cost - max(0, min(self.bound, self.cost))) / max(1, self.cost)


def part_of(hour: int) -> Part:
    """Tell in which part of the day a period lies that begins in an hour."""
    if hour < NOON:
        return Part.MORNING
    return Part.NOON if hour < AFTER_NOON else Part.AFTERNOON


def possible_puts(problem: Problem) -> list[Put]:
    """List where and in which weeks a class could come: as the wishes say that speak of how often."""
    found = {wish.put: None for wish in problem.wishes if wish.put}
    for wish in problem.wishes:
        if wish.kind is Kind.COMES:
            weeks = (Weeks.EVERY,) if wish.every == 1 else (Weeks.A, Weeks.B)
            places = [
                place for place in problem.places if wish.is_for(place) and wish.is_then(place)
            ]
            for one, place, some in product(sorted(wish.classes), places, weeks):
                found[Put(slot=place.slot, school_class=one, weeks=some)] = None
    return list(found)


def open_days(problem: Problem, wishes: Iterable[Wish], puts: Iterable[Put]) -> list[int]:
    """List the weekdays on which any class may come, as what must be kept leaves them."""
    places = {place.slot: place for place in problem.places}
    shut = [wish for wish in wishes if wish.is_must and wish.kind in (Kind.ONLY, Kind.NOT)]
    return sorted(
        {
            places[put.slot].weekday
            for put in puts
            if not any(forbids(wish, put, places[put.slot]) for wish in shut)
        }
    )


def forbids(wish: Wish, put: Put, place: Place) -> bool:
    """Tell whether a wish (ONLY, NOT) would not have a class come there."""
    return (
        put.school_class in wish.classes
        and wish.is_for(place)
        and wish.is_then(place) is (wish.kind is Kind.NOT)
    )


def classes_by_teacher(problem: Problem, wish: Wish) -> list[frozenset[int]]:
    """Gather the classes of each teacher who has several of those that a wish is for."""
    mine: dict[int, set[int]] = defaultdict(set)
    for comer in problem.comers:
        for teacher in comer.teachers:
            if comer.school_class in wish.classes:
                mine[teacher].add(comer.school_class)
    return [frozenset(classes) for _, classes in sorted(mine.items()) if len(classes) > 1]
