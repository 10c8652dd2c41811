"""Times offered and times used, class by class, beside what a plan promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shuxiang.circulation.models import Visit
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
    fell_out: int
    caught_up: int
    weeks: int
    weeks_kept: int
    months: int
    months_kept: int


def attended(term: Term, moment: datetime) -> list[Attended]:
    """Count for each class of a term, up to a moment, in a fixed number of queries."""
    local = local_moment(term.school.zone, moment)
    today = local.date()
    last = min(today, term.ends_on)
    visits = queries.visits_offered(term.school, term.starts_on, last)
    used: dict[int, list[date]] = {}
    held = Visit.objects.filter(school=term.school_id, on__range=(term.starts_on, last))
    for school_class, on in held.order_by("on").values_list("school_class", "on"):
        used.setdefault(school_class, []).append(on)
    weeks, months = _open(term, visits, last)
    return [
        _line(
            term,
            one,
            [visit for visit in visits if visit.school_class.pk == one.pk],
            used.get(one.pk, []),
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
    used: Sequence[date],
    *,
    local: datetime,
    weeks: frozenset[int],
    months: frozenset[tuple[int, int]],
) -> Attended:
    a_week = Counter(week_number(term.starts_on, on) for on in used)
    a_month = Counter((on.year, on.month) for on in used)
    return Attended(
        school_class=one,
        name=class_name(one, term.year.first_year),
        offered=sum(visit.takes_place for visit in visits),
        used=len(used),
        to_come=sum(_is_to_come(visit, used, local) for visit in visits),
        fell_out=sum(not visit.takes_place for visit in visits),
        caught_up=sum(visit.is_caught_up for visit in visits),
        weeks=len(weeks),
        weeks_kept=sum(a_week[week] >= A_WEEK for week in weeks),
        months=len(months),
        months_kept=sum(a_month[month] >= A_MONTH for month in months),
    )


def _is_to_come(visit: Offered, used: Sequence[date], local: datetime) -> bool:
    _, ends = visit.hours
    is_over = (visit.on, ends) <= (local.date(), local.time())
    return visit.takes_place and not is_over and visit.on not in used


def _open(
    term: Term, visits: Iterable[Offered], last: date
) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """List the weeks and the months in which the rotation had anybody come, the present ones left out."""
    days = {visit.on for visit in visits if visit.takes_place}
    this_week, this_month = week_number(term.starts_on, last), (last.year, last.month)
    weeks = frozenset(week_number(term.starts_on, day) for day in days) - {this_week}
    months = frozenset((day.year, day.month) for day in days) - {this_month}
    return weeks, months


def fallen_out(term: Term, today: date) -> list[Offered]:
    """List the visits that fell out, or will within three weeks, newest first."""
    last = min(today + AHEAD, term.ends_on)
    visits = queries.visits_offered(term.school, term.starts_on, last)
    return [visit for visit in reversed(visits) if not visit.takes_place]
