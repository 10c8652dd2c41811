"""Weeks of a term, and which class comes on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shuxiang.timetable.rules.days import Calendar

DAYS_OF_WEEK = 7


class Letter(StrEnum):
    A = "a"
    B = "b"


class Weeks(StrEnum):
    EVERY = "every"
    A = "a"
    B = "b"

    @property
    def letters(self) -> frozenset[Letter]:
        return frozenset(Letter) if self is Weeks.EVERY else frozenset({Letter(self.value)})

    def meets(self, other: Weeks) -> bool:
        """Tell whether two fall into one week at any time."""
        return bool(self.letters & other.letters)


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A turn as the calendar sees it: weekday, weeks, and the days between which it holds."""

    weekday: int
    weeks: Weeks
    week_one: date
    """Any day of the term's first week."""
    first: date
    last: date
    missed: frozenset[date] = frozenset()
    """Days on which it is known that the class does not come."""


@dataclass(frozen=True, kw_only=True)
class Comings:
    """When a class comes: by its turns, and on the days on which it catches up what it missed."""

    turns: tuple[Pattern, ...] = ()
    caught_up: frozenset[date] = frozenset()


def week_number(starts_on: date, day: date) -> int:
    """Count the weeks from the Monday of the term's first day; the first is 1."""
    return (_monday(day) - _monday(starts_on)) // DAYS_OF_WEEK + 1


def week_letter(starts_on: date, day: date) -> Letter:
    """Tell A or B: the term's first week is A, and a week of holidays counts like any other."""
    return Letter.A if week_number(starts_on, day) % 2 else Letter.B


def comes_on(pattern: Pattern, day: date, calendar: Calendar) -> bool:
    """Tell whether a turn falls on a day, the day is open, and the class comes."""
    return falls_on(pattern, day, calendar) and calendar.is_open(day) and day not in pattern.missed


def falls_on(pattern: Pattern, day: date, calendar: Calendar) -> bool:
    """Tell whether a turn falls on a day, be it open or closed: within its dates, in its weeks."""
    return (
        pattern.first <= day <= pattern.last
        and calendar.timetable_weekday(day) == pattern.weekday
        and week_letter(pattern.week_one, day) in pattern.weeks.letters
    )


def next_coming(comings: Comings, after: date, calendar: Calendar) -> date | None:
    """Find the first day after a day on which a class comes; None if none is left."""
    caught_up = (day for day in comings.caught_up if day > after and calendar.is_open(day))
    by_turn = _next_by_turn(comings.turns, after, calendar)
    return min((*caught_up, *([by_turn] if by_turn else [])), default=None)


def _next_by_turn(patterns: Iterable[Pattern], after: date, calendar: Calendar) -> date | None:
    patterns = tuple(pattern for pattern in patterns if pattern.last > after)
    if not patterns:
        return None
    day = max(after + timedelta(days=1), min(pattern.first for pattern in patterns))
    last = max(pattern.last for pattern in patterns)
    while day <= last:
        if any(comes_on(pattern, day, calendar) for pattern in patterns):
            return day
        day += timedelta(days=1)
    return None


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()
