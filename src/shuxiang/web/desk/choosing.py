"""Which class comes: those whose turn it is first, then all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from shuxiang.circulation.models import Visit
from shuxiang.circulation.queries import open_visits, visits_of
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name, classes_at_school, classes_of_teacher, sizes
from shuxiang.student_librarians.rules import Rights
from shuxiang.timetable.models import Period
from shuxiang.timetable.queries import turns_on


@dataclass(frozen=True, kw_only=True)
class Coming:
    """One class that can be opened, with its name and grade today."""

    school_class: SchoolClass
    name: str
    grade: int | None
    pupils: int
    period: Period | None = None
    turn_id: int | None = None
    is_now: bool = False
    visit: Visit | None = None
    """The last visit of the class today."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One visit with the name that its class had."""

    visit: Visit
    name: str


def classes_to_choose(school: School, now: datetime, rights: Rights) -> dict[str, Any]:
    """Gather the visits that are open, the classes of today, and all by grade; of those served."""
    today = school.day(now)
    year, counts = school_year(school, today), sizes(school, today)
    clock = localtime(now).time()
    today_here = Visit.objects.filter(school=school, on=today).order_by("opened_at", "id")
    visits = {visit.school_class_id: visit for visit in today_here}
    due = [
        Coming(
            school_class=turn.school_class,
            name=class_name(turn.school_class, year),
            grade=turn.school_class.grade(year),
            pupils=counts.get(turn.school_class.pk, 0),
            period=turn.period,
            turn_id=turn.turn.pk,
            is_now=turn.period.starts_at <= clock < turn.period.ends_at,
            visit=visits.get(turn.school_class.pk),
        )
        for turn in turns_on(school, today)
        if rights.serves(turn.school_class.pk)
    ]
    every = [
        Coming(
            school_class=each,
            name=class_name(each, year),
            grade=each.grade(year),
            pupils=counts.get(each.pk, 0),
            visit=visits.get(each.pk),
        )
        for each in classes_at_school(school, year)
        if rights.serves(each.pk)
    ]
    return {
        "open": [
            seen(visit, year)
            for visit in open_visits(school, today)
            if rights.serves(visit.school_class_id)
        ],
        "due": sorted(due, key=lambda coming: not coming.is_now),
        "every": every,
        "today": today,
    }


def visits_to_see(teacher: Account, now: datetime) -> dict[str, Any]:
    """Gather the visits of a teacher's classes."""
    if teacher.school is None:
        return {"visits": []}
    today = teacher.school.day(now)
    year = school_year(teacher.school, today)
    visits = visits_of(classes_of_teacher(teacher, today))
    return {"visits": [seen(visit, year) for visit in visits]}


def seen(visit: Visit, year: int) -> Seen:
    """Name the class of a visit."""
    return Seen(visit=visit, name=class_name(visit.school_class, year))
