"""A term and its rotation for tests, made through the room's own actions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import school_year_of
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.tests.factories import NOW
from shuxiang.timetable import actions
from shuxiang.timetable.models import OpeningHours, Period, Slot, Term, Turn
from shuxiang.timetable.rules import Hours, TermDates

AUTUMN = TermDates(
    starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22), recall_on=date(2027, 1, 15)
)

BEFORE = NOW - timedelta(days=90)
"""Before the term begins, so that a turn holds from its first day."""


def a_term(school: School, dates: TermDates = AUTUMN, number: int = 1) -> Term:
    year = school_year_of(dates.starts_on)
    return actions.change_term(
        school=school, first_year=year, number=number, dates=dates, by=None, now=NOW
    )


def a_period(school: School, name: str = "第3节", starts_at: time = time(10, 10)) -> Period:
    return actions.change_period(
        school=school,
        name=name,
        starts_at=starts_at,
        ends_at=time(starts_at.hour, starts_at.minute + 40),
        by=None,
        now=NOW,
    )


def a_slot(
    school: School,
    *,
    weekday: int = 1,
    period: Period | None = None,
    capacity: int = 1,
    purpose: str = Slot.Purpose.LENDING,
) -> Slot:
    return actions.add_slots(
        school=school,
        weekdays=[weekday],
        periods=[period or Period.objects.first() or a_period(school)],
        purpose=purpose,
        capacity=capacity,
        by=None,
        now=NOW,
    )[0]


def a_turn(
    term: Term, slot: Slot, school_class: SchoolClass, weeks: str = "every", now: datetime = NOW
) -> Turn:
    return actions.give_turn(
        term=term, slot=slot, school_class=school_class, weeks=weeks, by=None, now=now
    )


def opening_hours(school: School, *, opens_at: time, closes_at: time) -> list[OpeningHours]:
    """Monday to Friday, for everyone."""
    return actions.change_opening_hours(
        school=school,
        wanted=[
            Hours(weekday=weekday, opens_at=opens_at, closes_at=closes_at) for weekday in range(5)
        ],
        by=None,
        now=NOW,
    )
