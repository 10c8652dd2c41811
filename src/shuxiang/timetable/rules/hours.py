"""Opening hours: for whom, and what is open at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from shuxiang.timetable.rules.bells import Bell, Bells, When

DAYS_AHEAD = 200


class For(StrEnum):
    ALL = "all"
    PUPILS = "pupils"
    TEACHERS = "teachers"
    GRADE = "grade"


@dataclass(frozen=True, kw_only=True)
class Who:
    """A reader, as far as opening hours ask."""

    category: str
    grade: int | None = None


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom the hours are for."""

    kind: For = For.ALL
    grade: int | None = None

    def holds(self, *, category: str, grade: int | None) -> bool:
        """Tell whether a reader of a category and grade is meant; staff come with the teachers."""
        match self.kind:
            case For.ALL:
                return True
            case For.PUPILS:
                return category in {"pupil", "class"}
            case For.TEACHERS:
                return category in {"teacher", "staff"}
            case For.GRADE:
                return grade is not None and grade == self.grade


@dataclass(frozen=True, kw_only=True)
class Hours:
    """One row of the opening hours, as it is said: by the clock, or following the periods."""

    weekday: int
    opens_at: When
    closes_at: When
    audience: Audience = Audience()
    room: str = ""
    from_on: date | None = None
    until_on: date | None = None

    def in_force(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (
            self.until_on is None or day <= self.until_on
        )

    @property
    def rings(self) -> bool:
        """Whether they follow the periods."""
        return isinstance(self.opens_at, Bell) or isinstance(self.closes_at, Bell)

    @property
    def during(self) -> str:
        """Name the period whose whole they are."""
        opens, closes = self.opens_at, self.closes_at
        if isinstance(opens, Bell) and isinstance(closes, Bell) and opens.period == closes.period:
            return opens.name
        return ""

    def on(self, day: date, bells: Bells) -> HoursOfDay | None:
        """Say the same by the clock of a day; None where they would end before they begin."""
        opens_at, closes_at = bells.clock(self.opens_at, day), bells.clock(self.closes_at, day)
        if opens_at is None or closes_at is None or closes_at <= opens_at:
            return None
        return HoursOfDay(
            weekday=self.weekday,
            opens_at=opens_at,
            closes_at=closes_at,
            audience=self.audience,
            room=self.room,
            period=self.during,
        )

    def fails_on(self, bells: Bells) -> date | None:
        """Find the first day on which they hold and would end before they begin."""
        days = {self.from_on or date.min, *(bells.changes() if self.rings else ())}
        failing = (day for day in days if self.in_force(day) and self.on(day, bells) is None)
        return min(failing, default=None)


@dataclass(frozen=True, kw_only=True)
class HoursOfDay:
    """Opening hours by the clock, as they are on one day."""

    weekday: int
    opens_at: time
    closes_at: time
    audience: Audience = Audience()
    room: str = ""
    period: str = ""
    """The period whose whole they are."""


@dataclass(frozen=True, kw_only=True)
class Closing:
    """When it closes for somebody."""

    at: time
    audiences: tuple[Audience, ...]


@dataclass(frozen=True, kw_only=True)
class OpenState:
    """Whether the library is open at a moment, for whom, until when or from when."""

    is_open: bool
    hours_known: bool
    closings: tuple[Closing, ...] = ()
    """For whom it is open now and until when, what closes last on top."""
    next_opens_at: datetime | None = None
    """In the zone of the moment that was asked about."""
    next_open_on: date | None = None
    audiences: tuple[Audience, ...] = ()
    """Whom it is open for now, or whom it opens for next."""

    @property
    def closes_at(self) -> time | None:
        """When the last of those who may be here now has to go."""
        return max((closing.at for closing in self.closings), default=None)


class Days(Protocol):
    def is_open(self, day: date) -> bool: ...
    def hours_on(self, day: date) -> tuple[HoursOfDay, ...]: ...


def closing_time(calendar: Days, day: date, *, category: str, grade: int | None) -> time | None:
    """Tell when a day's last hours for a reader end; None where that is not known."""
    ends = [
        hours.closes_at
        for hours in calendar.hours_on(day)
        if hours.audience.holds(category=category, grade=grade)
    ]
    return max(ends, default=None)


def minutes_a_week(rows: Iterable[Hours], day: date, bells: Bells) -> int:
    """Count the minutes of a week in which the library is open for anybody, as hours stand on a day."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for said in rows:
        if said.in_force(day) and (hours := said.on(day, bells)):
            span = (_minute(hours.opens_at), _minute(hours.closes_at))
            spans.setdefault(hours.weekday, []).append(span)
    return sum(_covered(each) for each in spans.values())


def _covered(spans: list[tuple[int, int]]) -> int:
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def open_state(calendar: Days, moment: datetime) -> OpenState:
    """Tell what is open at the school's own clock time, or what opens next.

    An open day whose hours nobody entered counts as open, with `hours_known` false.
    """
    today, clock = moment.date(), moment.time()
    rows = calendar.hours_on(today)
    running = [hours for hours in rows if hours.opens_at <= clock < hours.closes_at]
    if running:
        return OpenState(
            is_open=True,
            hours_known=True,
            closings=_closings(running),
            audiences=_audiences(running),
        )
    if calendar.is_open(today) and not rows:
        return OpenState(is_open=True, hours_known=False)
    return _opens_next(calendar, moment)


def _opens_next(calendar: Days, moment: datetime) -> OpenState:
    for distance in range(DAYS_AHEAD):
        day = moment.date() + timedelta(days=distance)
        if not calendar.is_open(day):
            continue
        rows = calendar.hours_on(day)
        later = [hours for hours in rows if distance or hours.opens_at > moment.time()]
        if rows and not later:
            continue
        return _opens_on(day, later, moment)
    return OpenState(is_open=False, hours_known=False)


def _opens_on(day: date, later: list[HoursOfDay], moment: datetime) -> OpenState:
    if not later:
        return OpenState(is_open=False, hours_known=False, next_open_on=day)
    opens_at = min(hours.opens_at for hours in later)
    return OpenState(
        is_open=False,
        hours_known=True,
        next_opens_at=datetime.combine(day, opens_at, tzinfo=moment.tzinfo),
        next_open_on=day,
        audiences=_audiences([hours for hours in later if hours.opens_at == opens_at]),
    )


def _closings(running: list[HoursOfDay]) -> tuple[Closing, ...]:
    """Tell for each audience until when it is open; everybody swallows who would have to go no later."""
    until: dict[Audience, time] = {}
    for hours in running:
        until[hours.audience] = max(hours.closes_at, until.get(hours.audience, time.min))
    for_all = until.get(Audience(), time.min)
    kept = [(who, at) for who, at in until.items() if who == Audience() or at > for_all]
    ends = sorted({at for _, at in kept}, reverse=True)
    return tuple(
        Closing(at=end, audiences=tuple(who for who, at in kept if at == end)) for end in ends
    )


def _audiences(rows: list[HoursOfDay]) -> tuple[Audience, ...]:
    """Name each audience once; everybody swallows the rest."""
    everybody = Audience()
    found = tuple(dict.fromkeys(hours.audience for hours in rows))
    return (everybody,) if everybody in found else found
