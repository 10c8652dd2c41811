"""A duty roster: what it must keep, what it costs, and how one is judged. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

SHORT, UNEVEN, UNPAIRED, UNLOVED = 100, 10, 3, 1
"""What an empty place, a turn too many or too few, new helpers alone, and a turn that was wished away cost."""


Week = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A shift on a day, and how many are wanted."""

    shift: int
    on: date
    places: int

    @property
    def week(self) -> Week:
        return self.on.isocalendar()[:2]


@dataclass(frozen=True, kw_only=True)
class Helper:
    """Who can be put on the roster: never on `barred` turns, by their places in the list."""

    post: int
    is_experienced: bool = False
    had: int = 0
    """Turns of this term that are over or stand already: they count in the fairness."""
    barred: frozenset[int] = frozenset()
    why: Mapping[int, str] = field(default_factory=dict)
    """The reason for each turn that is barred."""
    unloved: frozenset[int] = frozenset()
    """Turns that would rather be left to others."""
    weeks: frozenset[Week] = frozenset()
    """Weeks in which there is a turn already: another comes to them only if it must."""


@dataclass(frozen=True, kw_only=True)
class RosterProblem:
    """All that a solver needs to know."""

    helpers: tuple[Helper, ...]
    turns: tuple[Turn, ...]

    @property
    def a_week(self) -> int:
        """How many turns one helper has in a week at most: as few as will do."""
        by_week: Counter[tuple[int, int]] = Counter()
        for turn in self.turns:
            by_week[turn.week] += turn.places
        most = max(by_week.values(), default=0)
        return max(1, -(-most // max(1, len(self.helpers))))

    @property
    def fair(self) -> tuple[int, int]:
        """How many turns everybody has at least and at most, when all places are filled evenly."""
        whole = sum(turn.places for turn in self.turns) + sum(one.had for one in self.helpers)
        count = max(1, len(self.helpers))
        return whole // count, -(-whole // count)


@dataclass(frozen=True, kw_only=True)
class RosterAnswer:
    """A roster and how good it is; `puts` pairs a post with the place of a turn in the list."""

    puts: tuple[tuple[int, int], ...] = ()
    cost: int = 0
    bound: int = 0
    seconds: float = 0.0
    is_best: bool = False

    @property
    def gap(self) -> float:
        """How much better it could be at most, of its cost."""
        return (self.cost - self.bound) / self.cost if self.cost > self.bound else 0.0


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a roster misses, counted by itself."""

    short: int
    uneven: int
    unpaired: int
    unloved: int
    broken: int
    """What must never be: barred turns, two on one day, too many in a week or at once."""

    @property
    def cost(self) -> int:
        return (
            SHORT * self.short
            + UNEVEN * self.uneven
            + UNPAIRED * self.unpaired
            + UNLOVED * self.unloved
        )


def judge(problem: RosterProblem, puts: Iterable[tuple[int, int]]) -> Judged:
    """Count what a roster misses, without the solver."""
    helpers = {one.post: one for one in problem.helpers}
    here: Mapping[int, list[Helper]] = defaultdict(list)
    counts: Counter[int] = Counter()
    days: Counter[tuple[int, date]] = Counter()
    weeks: Counter[tuple[int, tuple[int, int]]] = Counter()
    broken = unloved = 0
    for post, place in puts:
        turn, one = problem.turns[place], helpers[post]
        here[place].append(one)
        counts[post] += 1
        days[post, turn.on] += 1
        weeks[post, turn.week] += 1
        broken += place in one.barred
        unloved += place in one.unloved
    broken += sum(count > 1 for count in days.values())
    a_week = problem.a_week
    broken += sum(count > a_week for count in weeks.values())
    broken += sum(len(here[place]) > turn.places for place, turn in enumerate(problem.turns))
    low, high = problem.fair
    totals = [counts[one.post] + one.had for one in problem.helpers]
    return Judged(
        short=sum(max(0, turn.places - len(here[n])) for n, turn in enumerate(problem.turns)),
        uneven=sum(max(0, low - total, total - high) for total in totals),
        unpaired=sum(_is_unpaired(here[place]) for place in range(len(problem.turns))),
        unloved=unloved,
        broken=broken,
    )


@dataclass(frozen=True, kw_only=True)
class Lack:
    """A shift with empty places: on how many days, and why on the first of them."""

    shift: int
    empty: int
    days: int
    wanted: int
    able: int
    barred: Mapping[str, int]
    """How many cannot, by reason."""


def lacking(problem: RosterProblem, puts: Iterable[tuple[int, int]]) -> list[Lack]:
    """List the shifts that have too few helpers, shift by shift."""
    here = Counter(place for _post, place in puts)
    short: dict[int, list[int]] = defaultdict(list)
    for place, turn in enumerate(problem.turns):
        if here[place] < turn.places:
            short[turn.shift].append(place)
    return [_lack(problem, places, here) for _shift, places in sorted(short.items())]


def _lack(problem: RosterProblem, places: list[int], here: Counter[int]) -> Lack:
    first = places[0]
    barred = Counter(one.why[first] for one in problem.helpers if first in one.why)
    return Lack(
        shift=problem.turns[first].shift,
        empty=sum(problem.turns[place].places - here[place] for place in places),
        days=len(places),
        wanted=problem.turns[first].places,
        able=sum(first not in one.barred for one in problem.helpers),
        barred=dict(barred.most_common()),
    )


def _is_unpaired(here: list[Helper]) -> bool:
    """Tell whether nobody is there who has helped before."""
    return not any(one.is_experienced for one in here)


def first_try(problem: RosterProblem) -> frozenset[tuple[int, int]]:
    """Give a roster as somebody would who goes from turn to turn: the solver begins with it."""
    totals = {one.post: one.had for one in problem.helpers}
    busy: set[tuple[int, object]] = set()
    weeks: Counter[tuple[int, tuple[int, int]]] = Counter()
    puts: set[tuple[int, int]] = set()
    high, a_week = problem.fair[1], problem.a_week
    free = {
        place: [one for one in problem.helpers if place not in one.barred]
        for place in range(len(problem.turns))
    }
    in_turn = sorted(free, key=lambda place: (problem.turns[place].week, len(free[place])))
    for place in in_turn:
        turn = problem.turns[place]
        for seat in range(turn.places):
            able = [
                one
                for one in free[place]
                if (one.post, turn.on) not in busy and weeks[one.post, turn.week] < a_week
            ]
            if not able:
                break
            spare = [one for one in able if totals[one.post] < high]
            first = [one for one in spare if one.is_experienced] if seat == 0 else []
            later = [one for one in spare if not one.is_experienced] if seat else []
            chosen = min(
                first or later or spare or able,
                key=lambda one: (
                    place in one.unloved,
                    problem.turns[place].week in one.weeks,
                    totals[one.post],
                    -len(one.barred),
                ),
            )
            puts.add((chosen.post, place))
            totals[chosen.post] += 1
            busy.add((chosen.post, turn.on))
            weeks[chosen.post, turn.week] += 1
    return frozenset(puts)


def begin(problem: RosterProblem) -> RosterAnswer:
    """Give the first try, which is the best where nothing can cost less."""
    puts = tuple(sorted(first_try(problem)))
    cost, bound = judge(problem, puts).cost, least_cost(problem)
    return RosterAnswer(puts=puts, cost=cost, bound=bound, is_best=cost <= bound)


def least_cost(problem: RosterProblem) -> int:
    """Tell what any roster costs at least: who is barred from a turn, and the sums of both groups."""
    allowed: Counter[int] = Counter()
    for one in problem.helpers:
        allowed.update(place for place in range(len(problem.turns)) if place not in one.barred)
    short = sum(max(0, turn.places - allowed[n]) for n, turn in enumerate(problem.turns))
    filled = sum(turn.places for turn in problem.turns) - short
    old = [one for one in problem.helpers if one.is_experienced]
    new = [one for one in problem.helpers if not one.is_experienced]
    least = min(
        (
            UNEVEN * (_uneven(problem, old, turns) + _uneven(problem, new, filled - turns))
            + UNPAIRED * max(0, len(problem.turns) - turns)
            for turns in range(filled + 1)
        ),
        default=0,
    )
    return SHORT * short + (0 if short else least)


def _uneven(problem: RosterProblem, group: list[Helper], turns: int) -> int:
    """Tell by how much a group misses its fair share at least, if it has so many turns."""
    low, high = problem.fair
    whole = turns + sum(one.had for one in group)
    return max(0, whole - len(group) * high, len(group) * low - whole)
