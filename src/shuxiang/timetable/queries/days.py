"""The school's days and hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import local_moment
from shuxiang.timetable import rules
from shuxiang.timetable.models import DayException, OpeningHours, Period, PeriodHours, Term
from shuxiang.timetable.rules import Calendar, OpenState

DAYS_BACK = timedelta(days=400)
DAYS_AHEAD = timedelta(days=800)
EXAMPLES = 5


def calendar(school: School, *, around: date) -> Calendar:
    """Gather a school's days in three queries; its own words for a year before a day and two after."""
    said = DayException.objects.filter(
        school=school, on__gte=_minus(around, DAYS_BACK), on__lte=_plus(around, DAYS_AHEAD)
    )
    return Calendar(
        said={
            one.on: rules.SaidDay(is_open=one.is_open, follows=one.follows, why=one.why)
            for one in said
        },
        hours=tuple(_hours(row) for row in OpeningHours.objects.filter(school=school)),
        terms=tuple(
            rules.Span(first=first, last=last)
            for first, last in Term.objects.filter(school=school).values_list(
                "starts_on", "ends_on"
            )
        ),
    )


def term_on(school: School, day: date) -> Term | None:
    """Find the term in which a day lies."""
    return (
        Term.objects.filter(school=school, starts_on__lte=day, ends_on__gte=day)
        .select_related("year")
        .first()
    )


def term_near(school: School, day: date) -> Term | None:
    """Find the term of a day, or else the next one, or else the last."""
    terms = Term.objects.filter(school=school).select_related("year")
    return terms.filter(ends_on__gte=day).first() or terms.last()


def week_letter(term: Term, day: date) -> rules.Letter:
    """Tell whether a day's week is an A or a B week of a term."""
    return rules.week_letter(term.starts_on, day)


def closing_time(school: School, day: date, *, category: str, grade: int | None) -> time | None:
    """Tell until when a reader may be in the library on a day; None where that is not known."""
    days = calendar(school, around=day)
    return rules.closing_time(days, day, category=category, grade=grade)


def open_state(school: School, moment: datetime) -> OpenState:
    """Tell what is open at a moment, or what opens next, by the school's own clock."""
    local = local_moment(school.zone, moment)
    return rules.open_state(calendar(school, around=local.date()), local)


def minutes_a_week(school: School, day: date) -> int:
    """Count the minutes a week that the library is open, as its hours stand on a day."""
    rows = [_hours(row) for row in OpeningHours.objects.filter(school=school)]
    return rules.minutes_a_week(rows, day)


def lesson_now(school: School, moment: datetime) -> Period | None:
    """Find the lesson period in which a moment lies, as the season has it, in two queries."""
    local = local_moment(school.zone, moment)
    running = [
        period
        for period in periods_on(school, local.date())
        if period.starts_at <= local.time() < period.ends_at
    ]
    return running[-1] if running else None


def periods_on(school: School, day: date) -> list[Period]:
    """List the periods of a day with the hours that its season gives them."""
    seasons = seasons_of(school)
    periods = list(Period.objects.filter(school=school))
    for period in periods:
        period.starts_at, period.ends_at = hours_on(period, day, seasons)
    return sorted(periods, key=lambda period: (period.starts_at, period.pk))


def seasons_of(school: School) -> list[PeriodHours]:
    """List within which dates periods have other hours than their own."""
    rows = PeriodHours.objects.filter(school=school).select_related("period")
    return list(rows.order_by("from_on", "starts_at", "id"))


def hours_on(period: Period, day: date, seasons: Iterable[PeriodHours]) -> tuple[time, time]:
    """Tell when a period begins and ends on a day."""
    for season in seasons:
        if season.period_id == period.pk and season.from_on <= day <= season.until_on:
            return season.starts_at, season.ends_at
    return period.starts_at, period.ends_at


def _hours(row: OpeningHours) -> rules.Hours:
    return rules.Hours(
        weekday=row.weekday,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        audience=rules.Audience(kind=rules.For(row.audience), grade=row.grade),
        room=row.room,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _minus(day: date, days: timedelta) -> date:
    return day - days if day - date.min > days else date.min


def _plus(day: date, days: timedelta) -> date:
    return day + days if date.max - day > days else date.max
