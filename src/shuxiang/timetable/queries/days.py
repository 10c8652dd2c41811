"""The school's days and hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import local_moment
from shuxiang.timetable import rules
from shuxiang.timetable.models import DayException, OpeningHours, Period, PeriodHours, Term
from shuxiang.timetable.rules import Bells, Calendar, HoursOfDay, OpenState

DAYS_BACK = timedelta(days=400)
DAYS_AHEAD = timedelta(days=800)
EXAMPLES = 5


def calendar(school: School, *, around: date) -> Calendar:
    """
    Gather a school's days in three queries, its own words for a year before a day and two after.

    Two more are asked where hours follow the periods.
    """
    said = DayException.objects.filter(
        school=school, on__gte=_minus(around, DAYS_BACK), on__lte=_plus(around, DAYS_AHEAD)
    )
    hours = tuple(hours_said(school))
    return Calendar(
        said={
            one.on: rules.SaidDay(is_open=one.is_open, follows=one.follows, why=one.why)
            for one in said
        },
        hours=hours,
        bells=bells_for(school, hours),
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


def hours_said(school: School) -> list[rules.Hours]:
    """List the opening hours as they are said, by the clock or by the periods."""
    rows = OpeningHours.objects.filter(school=school)
    return [as_said(row) for row in rows.select_related("from_period", "until_period")]


def bells_for(school: School, hours: Iterable[rules.Hours]) -> Bells:
    """Gather when the periods begin and end, in two queries; in none where no hours follow them."""
    return bells_of(school) if any(each.rings for each in hours) else Bells()


def bells_of(school: School) -> Bells:
    """Gather when the periods begin and end, in two queries."""
    seasons: dict[int, list[rules.Season]] = {}
    for row in seasons_of(school):
        seasons.setdefault(row.period_id, []).append(_season(row))
    return Bells(
        periods={
            period.pk: _times(period, seasons.get(period.pk, ()))
            for period in Period.objects.filter(school=school)
        }
    )


def usual_hours(rows: Iterable[OpeningHours], periods: Iterable[Period]) -> list[HoursOfDay]:
    """Say opening hours by the clock, as they are while the periods keep their own hours."""
    bells = Bells(periods={period.pk: _times(period, ()) for period in periods})
    return [hours for row in rows if (hours := as_said(row).on(date.min, bells))]


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
    own = [_season(season) for season in seasons if season.period_id == period.pk]
    return _times(period, own).on(day)


def as_said(row: OpeningHours) -> rules.Hours:
    """Say a row of the opening hours as the rules do."""
    return rules.Hours(
        weekday=row.weekday,
        opens_at=row.opens_at or _bell(row.from_edge, row.from_period),
        closes_at=row.closes_at or _bell(row.until_edge, row.until_period),
        audience=rules.Audience(kind=rules.For(row.audience), grade=row.grade),
        room=row.room,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _bell(edge: str, period: Period | None) -> rules.Bell:
    if period is None:
        return rules.END_OF_DAY
    return rules.Bell(edge=rules.Edge(edge), period=period.pk, name=period.name)


def _times(period: Period, seasons: Iterable[rules.Season]) -> rules.PeriodTimes:
    return rules.PeriodTimes(
        starts_at=period.starts_at, ends_at=period.ends_at, seasons=tuple(seasons)
    )


def _season(row: PeriodHours) -> rules.Season:
    return rules.Season(
        first=row.from_on, last=row.until_on, starts_at=row.starts_at, ends_at=row.ends_at
    )


def _minus(day: date, days: timedelta) -> date:
    return day - days if day - date.min > days else date.min


def _plus(day: date, days: timedelta) -> date:
    return day + days if date.max - day > days else date.max
