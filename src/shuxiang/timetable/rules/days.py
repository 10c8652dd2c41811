"""On which days may the library be used?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import islice, pairwise

from shuxiang.timetable.rules.bells import Bells
from shuxiang.timetable.rules.holidays import is_announced, public_day
from shuxiang.timetable.rules.hours import For, Hours, HoursOfDay, Who

FRIDAY = 4
SCHOOL_WEEK = frozenset(range(FRIDAY + 1))
DAYS_FOR_ONE = 14
REACH = 800
"""Days within which an open day is looked for: longer than any closure of a school."""


class DayKind(StrEnum):
    """Why a day is open or closed; the first that holds, from the top."""

    SAID_OPEN = "said_open"
    SAID_CLOSED = "said_closed"
    VACATION = "vacation"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    SCHOOL_DAY = "school_day"
    REST = "rest"


OPEN_KINDS = frozenset({DayKind.SAID_OPEN, DayKind.MAKE_UP, DayKind.SCHOOL_DAY})


@dataclass(frozen=True, kw_only=True)
class SaidDay:
    """The school's own word for a day."""

    is_open: bool
    follows: int | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Span:
    """First and last day of a term."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class TermDates:
    """What is said of a term: its days, how long is lent, and when everything is due at the latest."""

    starts_on: date
    ends_on: date
    recall_on: date | None = None
    last_lending_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A school's days. Its own word stands first, then vacations, public days, the week's habit.

    A vacation is what lies between two terms that are both known; nothing is guessed beyond them.
    """

    said: Mapping[date, SaidDay] = field(default_factory=dict)
    hours: tuple[Hours, ...] = ()
    bells: Bells = field(default_factory=Bells)
    """Wanted only where hours follow the periods."""
    terms: tuple[Span, ...] = ()

    def kind(self, day: date) -> DayKind:
        """Tell why a day is open or closed."""
        if word := self.said.get(day):
            return DayKind.SAID_OPEN if word.is_open else DayKind.SAID_CLOSED
        if self.in_vacation(day):
            return DayKind.VACATION
        public = public_day(day)
        if public and not public.is_work:
            return DayKind.HOLIDAY
        habit = self._weekday_of_hours(day) in self._weekdays(day)
        if public:
            return DayKind.MAKE_UP if habit else DayKind.REST
        return DayKind.SCHOOL_DAY if habit else DayKind.REST

    def is_open(self, day: date) -> bool:
        return self.kind(day) in OPEN_KINDS

    def is_open_to(self, day: date, who: Who) -> bool:
        """Tell whether a reader may come on a day; where no hours are known, whenever it is open."""
        rows = self.hours_on(day)
        holds = any(h.audience.holds(category=who.category, grade=who.grade) for h in rows)
        return self.is_open(day) and (holds or not rows)

    def on_or_after(self, day: date, who: Who | None = None) -> date:
        """Find the first open day from a day on; the day itself if there is none within reach.

        With `who` it is one on which that reader may come, if there is one within two weeks of it.
        """
        first = next((one for one in _walk(day, 1) if self.is_open(one)), day)
        if who is None or self._is_for_everybody:
            return first
        days = islice(_walk(first, 1), DAYS_FOR_ONE)
        return next((one for one in days if self.is_open_to(one, who)), first)

    @cached_property
    def _is_for_everybody(self) -> bool:
        return all(hours.audience.kind is For.ALL for hours in self.hours)

    def on_or_before(self, day: date) -> date:
        """Find the last open day up to a day; the day itself if there is none within reach."""
        return next((one for one in _walk(day, -1) if self.is_open(one)), day)

    def is_provisional(self, day: date) -> bool:
        """Tell whether the public notice of the day's year is not known yet."""
        return not is_announced(day.year)

    def in_vacation(self, day: date) -> bool:
        spans = sorted(self.terms, key=lambda span: span.first)
        return any(earlier.last < day < later.first for earlier, later in pairwise(spans))

    def timetable_weekday(self, day: date) -> int | None:
        """Tell whose weekday's lessons a day keeps; None on a make-up day until the school says."""
        word = self.said.get(day)
        if word and word.follows is not None:
            return word.follows
        public = public_day(day)
        return None if public and public.is_work else day.weekday()

    def hours_on(self, day: date) -> tuple[HoursOfDay, ...]:
        """List the opening hours of a day, none if it is closed or they are not known."""
        if not self.is_open(day):
            return ()
        weekday = self._weekday_of_hours(day)
        said = [hours for hours in self._in_force(day) if hours.weekday == weekday]
        found = [hours for each in said if (hours := each.on(day, self.bells))]
        return tuple(sorted(found, key=lambda hours: (hours.opens_at, hours.closes_at)))

    def _in_force(self, day: date) -> tuple[Hours, ...]:
        return tuple(hours for hours in self.hours if hours.in_force(day))

    def _weekdays(self, day: date) -> frozenset[int]:
        """The weekdays with hours in force; Monday to Friday where no hours say anything."""
        return frozenset(hours.weekday for hours in self._in_force(day)) or SCHOOL_WEEK

    def _weekday_of_hours(self, day: date) -> int:
        """The weekday whose hours a day keeps: a make-up day those of the school day it touches."""
        word = self.said.get(day)
        if word and word.follows is not None:
            return word.follows
        public = public_day(day)
        extra = (public is not None and public.is_work) or (word is not None and word.is_open)
        if not extra or day.weekday() <= FRIDAY or day.weekday() in self._weekdays(day):
            return day.weekday()
        return FRIDAY if day.weekday() == FRIDAY + 1 else 0


def _walk(day: date, step: int) -> Iterator[date]:
    last = (date.max if step > 0 else date.min).toordinal()
    for distance in range(min(REACH, abs(last - day.toordinal())) + 1):
        yield day + timedelta(days=step * distance)
