"""When the demo plays: terms around a moment, and a lesson that covers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from shuxiang.platform.schools.rules import school_year_of
from shuxiang.timetable.rules import TermDates

A_WEEK = timedelta(days=7)
SETTLED_IN = 4 * A_WEEK
LESSON = timedelta(minutes=40)
AUTUMN = (9, 10, 11, 12, 1)


@dataclass(frozen=True, kw_only=True)
class DemoTerm:
    """A term of the demo, of which school year and which of its two."""

    first_year: int
    number: int
    dates: TermDates


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def usual_terms(first_year: int) -> tuple[DemoTerm, DemoTerm]:
    """Give the two terms of a school year as most provinces have them."""
    autumn = TermDates(
        starts_on=date(first_year, 9, 1),
        ends_on=date(first_year + 1, 1, 22),
        recall_on=date(first_year + 1, 1, 15),
    )
    spring = TermDates(
        starts_on=_monday(date(first_year + 1, 3, 2)),
        ends_on=date(first_year + 1, 7, 4),
        recall_on=date(first_year + 1, 6, 25),
    )
    return (
        DemoTerm(first_year=first_year, number=1, dates=autumn),
        DemoTerm(first_year=first_year, number=2, dates=spring),
    )


def terms_around(today: date) -> tuple[DemoTerm, DemoTerm]:
    """
    Give the last term and the present one.

    In vacations, and in a term's first and last weeks, the present term is moved: eleven weeks of it
    are over, eight are to come, so that there is always something to see.
    """
    year = school_year_of(today)
    known = [term for first in (year - 1, year) for term in usual_terms(first)]
    for before, now in pairwise(known):
        dates = now.dates
        if dates.starts_on + SETTLED_IN <= today <= (dates.recall_on or today) - 2 * A_WEEK:
            return before, now
    starts_on = _monday(today) - 11 * A_WEEK
    ended_on = starts_on - 4 * A_WEEK
    middle = starts_on + 9 * A_WEEK
    number = 1 if middle.month in AUTUMN else 2
    year = school_year_of(middle)
    return (
        DemoTerm(
            first_year=year - 1 if number == 1 else year,
            number=3 - number,
            dates=_dates(ended_on - 18 * A_WEEK, ended_on - timedelta(days=3)),
        ),
        DemoTerm(
            first_year=year,
            number=number,
            dates=_dates(starts_on, starts_on + 19 * A_WEEK - timedelta(days=3)),
        ),
    )


def _dates(starts_on: date, ends_on: date) -> TermDates:
    return TermDates(starts_on=starts_on, ends_on=ends_on, recall_on=ends_on - A_WEEK)


def lesson_around(moment: datetime) -> tuple[time, time]:
    """Give the hours of a lesson that covers a moment, within its day."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    last = midnight.replace(hour=23, minute=59)
    start = min(max(moment.replace(second=0, microsecond=0) - LESSON / 2, midnight), last - LESSON)
    return start.time(), (start + LESSON).time()
