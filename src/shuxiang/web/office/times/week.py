"""The rotation laid out as a week: lines of periods, days with an A and a B half."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import time

from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name
from shuxiang.timetable import queries, wording
from shuxiang.timetable.models import Period, Slot, Term, Turn, Weekday
from shuxiang.timetable.rules import Audience, For, HoursOfDay, Letter, Put, Weeks

SCHOOL_WEEK = range(5)
BOTH = frozenset(Letter)


@dataclass(frozen=True, kw_only=True)
class Pick:
    """A class that looks for a slot: a new one, or one that moves."""

    school_class: SchoolClass
    weeks: Weeks
    turn: Turn | None = None


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A class in its slot."""

    turn: Turn
    name: str
    grade: int | None
    clash: bool = False
    is_picked: bool = False
    is_new: bool = False

    @property
    def letters(self) -> frozenset[Letter]:
        return Weeks(self.turn.weeks).letters


@dataclass(frozen=True, kw_only=True)
class Room:
    """Room for a class: one that is picked goes there at a press, else one is chosen for it."""

    slot: Slot
    weeks: Weeks
    for_picked: str = ""
    against: str = ""
    """The rule that would not have it there."""


@dataclass(frozen=True, kw_only=True)
class Half:
    """What one column of a day holds: `w` spans A and B."""

    column: str
    tiles: tuple[Tile, ...] = ()
    rooms: tuple[Room, ...] = ()
    slots: tuple[Slot, ...] = ()
    """What can be given there, one for a purpose."""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Open:
    """From when to when of a period the library is open: on which weekdays, and for whom."""

    begins: time
    ends: time
    whom: tuple[tuple[tuple[int, ...], str], ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One period across the week: halves of days, or hours that are open without a class."""

    period: Period
    halves: tuple[Half, ...] = ()
    opens: tuple[Open, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Day:
    weekday: int
    name: str
    long_name: str
    is_today: bool = False


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """All that the week shows, gathered beforehand; `only` is the week that is looked at."""

    periods: Sequence[Period]
    slots: Sequence[Slot]
    turns: Sequence[Turn]
    hours: Sequence[HoursOfDay]
    term: Term
    clashing: frozenset[int] = field(default_factory=frozenset)
    pick: Pick | None = None
    only: Letter | None = None
    may_change: bool = False
    rules_against: Callable[[Put], list[str]] = field(default=lambda _put: [])
    fresh: frozenset[Put] = frozenset()
    """What a proposal gives that does not stand yet."""

    @property
    def first_year(self) -> int:
        return self.term.year.first_year

    @property
    def weekdays(self) -> list[int]:
        weekend = {slot.weekday for slot in self.slots} | {turn.slot.weekday for turn in self.turns}
        return sorted({*SCHOOL_WEEK, *weekend})

    def days(self, today: int | None) -> list[Day]:
        return [
            Day(
                weekday=weekday,
                name=str(wording.SHORT_WEEKDAYS[weekday]),
                long_name=str(Weekday(weekday).label),
                is_today=weekday == today,
            )
            for weekday in self.weekdays
        ]

    def lines(self) -> list[Line]:
        return [line for period in self.periods if (line := self._line(period))]

    def sheet(self) -> list[Line]:
        """The same lines for the wall, where a day is one column with all that come in it."""
        return [
            replace(line, halves=tuple(self._whole_day(line.period, day) for day in self.weekdays))
            if line.halves
            else line
            for line in self.lines()
        ]

    def _whole_day(self, period: Period, weekday: int) -> Half:
        tiles = [
            self._tile(turn)
            for turn in self.turns
            if (turn.slot.period_id, turn.slot.weekday) == (period.pk, weekday)
        ]
        return Half(column="w", tiles=tuple(tiles))

    def _line(self, period: Period) -> Line | None:
        slots = [slot for slot in self.slots if slot.period_id == period.pk]
        turns = [turn for turn in self.turns if turn.slot.period_id == period.pk]
        if slots or turns:
            halves = [
                half for weekday in self.weekdays for half in self._day(weekday, slots, turns)
            ]
            return Line(period=period, halves=tuple(halves))
        opens = self._opens(period)
        return Line(period=period, opens=opens) if opens else None

    def _opens(self, period: Period) -> tuple[Open, ...]:
        """Tell when of a period, and on which weekdays, pupils may come, and which of them."""
        found: dict[tuple[time, time], dict[Audience, set[int]]] = {}
        for hours in self.hours:
            begins = max(hours.opens_at, period.starts_at)
            ends = min(hours.closes_at, period.ends_at)
            if begins < ends and hours.audience.kind is not For.TEACHERS:
                days = found.setdefault((begins, ends), defaultdict(set))
                days[hours.audience].add(hours.weekday)
        return tuple(
            Open(begins=begins, ends=ends, whom=_by_weekday(found[begins, ends]))
            for begins, ends in sorted(found)
        )

    def _day(self, weekday: int, slots: Iterable[Slot], turns: Iterable[Turn]) -> tuple[Half, ...]:
        here = [slot for slot in slots if slot.weekday == weekday]
        tiles = [self._tile(turn) for turn in turns if turn.slot.weekday == weekday]
        rooms = [room for slot in here for room in self._rooms(slot)]
        if self.only:
            return (replace(_half(self.only, tiles, rooms, here), column="w"),)
        whole = [*(tile.letters for tile in tiles), *(room.weeks.letters for room in rooms)]
        if whole and all(letters == BOTH for letters in whole):
            return (
                Half(
                    column="w",
                    tiles=tuple(tiles),
                    rooms=tuple(rooms),
                    slots=tuple(here),
                    name=_name(here),
                ),
            )
        return tuple(_half(letter, tiles, rooms, here) for letter in Letter)

    def _tile(self, turn: Turn) -> Tile:
        picked = self.pick.turn if self.pick else None
        return Tile(
            turn=turn,
            name=short_name(turn.school_class, self.first_year),
            grade=turn.school_class.grade(self.first_year),
            clash=turn.pk in self.clashing,
            is_picked=picked is not None and picked.pk == turn.pk,
            is_new=bool(self.fresh) and queries.put_of(turn) in self.fresh,
        )

    def _rooms(self, slot: Slot) -> Iterator[Room]:
        if not self.may_change:
            return
        if self.pick:
            yield from self._room_for(self.pick, slot)
            return
        free = queries.free_weeks(slot, self.turns)
        if free == BOTH:
            yield Room(slot=slot, weeks=Weeks.EVERY)
        elif free:
            yield Room(slot=slot, weeks=Weeks(next(iter(free)).value))

    def _room_for(self, pick: Pick, slot: Slot) -> Iterator[Room]:
        if pick.turn and pick.turn.slot.purpose != slot.purpose:
            return  # who comes to read is not made to borrow by moving
        others = [turn for turn in self.turns if turn != pick.turn]
        there = Turn(
            term=self.term,
            slot=slot,
            school_class=pick.school_class,
            weeks=pick.weeks,
        )
        is_where_it_is = (
            pick.turn is not None and pick.turn.slot_id == slot.pk and pick.turn.weeks == pick.weeks
        )
        if not is_where_it_is and not queries.turn_objections(there, others):
            name = short_name(pick.school_class, self.first_year)
            put = Put(slot=slot.pk, school_class=pick.school_class.pk, weeks=pick.weeks)
            against = "".join(self.rules_against(put)[:1])
            yield Room(slot=slot, weeks=pick.weeks, for_picked=name, against=against)


def short_name(school_class: SchoolClass, first_year: int) -> str:
    """Write 三2班 where 三年级2班 has no room."""
    name = class_name(school_class, first_year)
    return name.replace("年级", "") if school_class.mark else name


def _by_weekday(found: dict[Audience, set[int]]) -> tuple[tuple[tuple[int, ...], str], ...]:
    named = [(tuple(sorted(days)), wording.audience(whom)) for whom, days in found.items()]
    return tuple(sorted(named))


def _half(
    letter: Letter,
    tiles: Iterable[Tile],
    rooms: Iterable[Room],
    slots: Sequence[Slot],
) -> Half:
    return Half(
        column=letter.value,
        tiles=tuple(tile for tile in tiles if letter in tile.letters),
        rooms=tuple(room for room in rooms if letter in room.weeks.letters),
        slots=tuple(slots),
        name=_name(slots, letter),
    )


def _name(slots: Sequence[Slot], letter: Letter | None = None) -> str:
    """Name the place for those who hear it: 周二第3节 A周."""
    if not slots:
        return ""
    where = wording.slot(slots[0].weekday, slots[0].period.name)
    return f"{where} {wording.LETTERS[letter]}" if letter else where
