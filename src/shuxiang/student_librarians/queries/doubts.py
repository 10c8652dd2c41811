"""What speaks against some hours on duty, though they can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shuxiang.student_librarians.models import Shift
from shuxiang.student_librarians.rules import lessons_met
from shuxiang.timetable.models import OpeningHours, Term
from shuxiang.timetable.queries import open_weekdays, periods_on


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Some shifts, and the lessons that they fall into, or that the library is closed then."""

    shifts: tuple[Shift, ...]
    lessons: tuple[str, ...] = ()
    is_closed: bool = False


def doubts(shifts: Iterable[Shift], term: Term, today: date) -> list[Doubt]:
    """Find which shifts are never filled or meet lessons, in a fixed number of queries."""
    periods = [
        (period.name, period.starts_at, period.ends_at) for period in periods_on(term.school, today)
    ]
    is_open = open_weekdays(term, OpeningHours.objects.filter(school=term.school))
    found: dict[tuple[tuple[str, ...], bool], list[Shift]] = defaultdict(list)
    for shift in shifts:
        is_closed = shift.weekday not in is_open
        lessons = () if is_closed else lessons_met(shift.clock, periods)
        if is_closed or lessons:
            found[lessons, is_closed].append(shift)
    return [
        Doubt(shifts=tuple(each), lessons=lessons, is_closed=is_closed)
        for (lessons, is_closed), each in found.items()
    ]
