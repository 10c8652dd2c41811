"""Times offered and times used, class by class, beside what a plan promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shuxiang.circulation.queries import class_comings
from shuxiang.platform.schools.rules import local_moment
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name, classes_at_school
from shuxiang.timetable import queries
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import Offered
from shuxiang.timetable.rules import week_number

A_WEEK, A_MONTH = 1, 2
"""Visits that plans promise: at least one a week, at least two a month."""
AHEAD = timedelta(days=21)


@dataclass(frozen=True, kw_only=True)
class Attended:
    """A class's term up to a day."""

    school_class: SchoolClass
    name: str
    offered: int
    used: int
    to_come: int
    """Visits of today whose time is not over, while the class was not here yet."""
    unsaid: int
    """Visits that are over, and nobody wrote down that the class came, or why it did not."""
    fell_out: int
    caught_up: int
    weeks: int
    weeks_kept: int
    months: int
    months_kept: int


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Did the classes of a term come?"""

    lines: list[Attended]
    unsaid: list[Offered]
    """Newest first, like those that fell out."""
    fell_out: list[Offered]
    to_fall_out: list[Offered]
    """Within three weeks, the next first."""


def attended(term: Term, moment: datetime) -> Attendance:
    """Count for each class of a term, up to a moment, in a fixed number of queries."""
    local = local_moment(term.school.zone, moment)
    last = min(local.date(), term.ends_on)
    ahead = min(last + AHEAD, term.ends_on)
    offered = queries.visits_offered(term.school, term.starts_on, ahead)
    visits = [visit for visit in offered if visit.on <= last]
    used = class_comings(term.school, term.starts_on, last)
    unsaid = [visit for visit in visits if _is_unsaid(visit, used, local)]
    return Attendance(
        lines=_lines(term, visits, used, local),
        unsaid=unsaid[::-1],
        fell_out=[visit for visit in reversed(visits) if not visit.takes_place],
        to_fall_out=[visit for visit in offered if visit.on > last and not visit.takes_place],
    )


def _lines(
    term: Term, visits: Sequence[Offered], used: Mapping[int, Sequence[date]], local: datetime
) -> list[Attended]:
    last = min(local.date(), term.ends_on)
    weeks, months = _open(term, visits, last)
    return [
        _line(
            term,
            one,
            [visit for visit in visits if visit.school_class.pk == one.pk],
            used,
            local=local,
            weeks=weeks,
            months=months,
        )
        for one in classes_at_school(term.school, term.year.first_year)
    ]


def _line(
    term: Term,
    one: SchoolClass,
    visits: Sequence[Offered],
    came: Mapping[int, Sequence[date]],
    *,
    local: datetime,
    weeks: frozenset[int],
    months: frozenset[tuple[int, int]],
) -> Attended:
    used = came.get(one.pk, ())
    a_week = Counter(week_number(term.starts_on, on) for on in used)
    a_month = Counter((on.year, on.month) for on in used)
    return Attended(
        school_class=one,
        name=class_name(one, term.year.first_year),
        offered=sum(visit.takes_place for visit in visits),
        used=len(used),
        to_come=sum(_is_to_come(visit, came, local) for visit in visits),
        unsaid=sum(_is_unsaid(visit, came, local) for visit in visits),
        fell_out=sum(not visit.takes_place for visit in visits),
        caught_up=sum(visit.is_caught_up for visit in visits),
        weeks=len(weeks),
        weeks_kept=sum(a_week[week] >= A_WEEK for week in weeks),
        months=len(months),
        months_kept=sum(a_month[month] >= A_MONTH for month in months),
    )


def _is_to_come(visit: Offered, came: Mapping[int, Sequence[date]], local: datetime) -> bool:
    return _is_awaited(visit, came) and not _is_over(visit, local)


def _is_unsaid(visit: Offered, came: Mapping[int, Sequence[date]], local: datetime) -> bool:
    return _is_awaited(visit, came) and _is_over(visit, local)


def _is_awaited(visit: Offered, came: Mapping[int, Sequence[date]]) -> bool:
    """Tell whether a class has not come on a day; whoever came once that day is not awaited twice."""
    return visit.takes_place and visit.on not in came.get(visit.school_class.pk, ())


def _is_over(visit: Offered, local: datetime) -> bool:
    _, ends = visit.hours
    return (visit.on, ends) <= (local.date(), local.time())


def _open(
    term: Term, visits: Iterable[Offered], last: date
) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """List the weeks and the months in which the rotation had anybody come, the present ones left out."""
    days = {visit.on for visit in visits if visit.takes_place}
    this_week, this_month = week_number(term.starts_on, last), (last.year, last.month)
    weeks = frozenset(week_number(term.starts_on, day) for day in days) - {this_week}
    months = frozenset((day.year, day.month) for day in days) - {this_month}
    return weeks, months
