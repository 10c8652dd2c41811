"""Who comes to the library today, hour by hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from shuxiang.circulation.models import Loan, Visit
from shuxiang.circulation.queries import class_comings
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.queries import class_name, sizes, teachers_by_class
from shuxiang.timetable import queries, wording
from shuxiang.timetable.models import Slot
from shuxiang.timetable.queries import DueTurn
from shuxiang.timetable.rules import Calendar, HoursOfDay


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the day: a class in its period, or hours that are open."""

    starts_at: time
    ends_at: time
    when: str
    """past, now or later."""
    period: str = ""
    name: str = ""
    grade: int | None = None
    teachers: str = ""
    pupils: int = 0
    school_class: int | None = None
    turn: int | None = None
    purpose: str = ""
    """What the class comes for, unless it is to borrow."""
    visit: Visit | None = None
    has_come: bool = False
    """To the desk, or written down at the door."""
    lent: int = 0
    returned: int = 0
    for_whom: str = ""
    room: str = ""
    has_key: bool = False
    """Its visit is what the key opens."""

    @property
    def may_open(self) -> bool:
        """Whether a visit of a class may be opened, or gone on with."""
        is_closed = self.visit is not None and self.visit.closed_at is not None
        return self.school_class is not None and not (is_closed or self.came_by_the_door)

    @property
    def came_by_the_door(self) -> bool:
        """Whether it was written down at the door, and no visit is to be opened any more."""
        no_visit = self.visit is None and (self.purpose != "" or self.when == "past")
        return self.has_come and no_visit


def rows_of(school: School, calendar: Calendar, *, today: date, clock: time) -> list[Row]:
    """List the day's classes and open hours by the clock, in a fixed number of queries."""
    due = queries.turns_on(school, today)
    names = {one.starts_at: one.name for one in queries.periods_on(school, today)}
    open_hours = _open(calendar.hours_on(today), clock, names)
    rows = [*_classes(school, due, today, clock), *open_hours]
    rows.sort(key=lambda row: (row.starts_at, row.ends_at, row.name))
    first = next((row for row in rows if row.when == "now" and row.may_open), None)
    return [replace(row, has_key=row is first) for row in rows]


def _classes(school: School, due: Sequence[DueTurn], today: date, clock: time) -> list[Row]:
    classes = [one.school_class for one in due]
    year, counts = school_year(school, today), sizes(school, today)
    teachers = teachers_by_class(classes)
    visits, came = _visits(school, today), class_comings(school, today, today)
    lent, returned = _books(visits.values(), today)
    return [
        Row(
            starts_at=one.period.starts_at,
            ends_at=one.period.ends_at,
            when=_when(one.period.starts_at, one.period.ends_at, clock),
            period=one.period.name,
            name=class_name(one.school_class, year),
            grade=one.school_class.grade(year),
            teachers="、".join(each.name for each in teachers.get(one.school_class.pk, [])),
            pupils=counts.get(one.school_class.pk, 0),
            school_class=one.school_class.pk,
            turn=one.turn.pk,
            purpose="" if slot.purpose == Slot.Purpose.LENDING else slot.get_purpose_display(),
            visit=visits.get(one.school_class.pk),
            has_come=one.school_class.pk in came,
            lent=lent[one.school_class.pk],
            returned=returned[one.school_class.pk],
        )
        for one in due
        for slot in [one.turn.slot]
    ]


def _open(rows: Iterable[HoursOfDay], clock: time, names: Mapping[time, str]) -> list[Row]:
    return [
        Row(
            starts_at=hours.opens_at,
            ends_at=hours.closes_at,
            when=_when(hours.opens_at, hours.closes_at, clock),
            period=hours.period or names.get(hours.opens_at, ""),
            for_whom=wording.audience(hours.audience),
            room=hours.room,
        )
        for hours in rows
    ]


def _visits(school: School, today: date) -> Mapping[int, Visit]:
    """The last visit of each class today."""
    found = Visit.objects.filter(school=school, on=today).order_by("opened_at", "id")
    return {visit.school_class_id: visit for visit in found}


def _books(visits: Iterable[Visit], today: date) -> tuple[Counter[int], Counter[int]]:
    """Count what was lent in today's visits, and what their classes brought back in them."""
    by_class = {visit.school_class_id: visit for visit in visits}
    lent = Counter(
        Loan.objects.counted()
        .filter(visit__in=by_class.values())
        .values_list("visit__school_class", flat=True)
    )
    back = Loan.objects.counted().filter(
        school_class__in=by_class, returned_on=today, returned_at__isnull=False
    )
    returned: Counter[int] = Counter()
    for school_class, moment in back.values_list("school_class", "returned_at"):
        if moment and _during(by_class[school_class], moment):
            returned[school_class] += 1
    return lent, returned


def _during(visit: Visit, moment: datetime) -> bool:
    return visit.opened_at <= moment and (visit.closed_at is None or moment <= visit.closed_at)


def _when(starts_at: time, ends_at: time, clock: time) -> str:
    if ends_at <= clock:
        return "past"
    return "now" if starts_at <= clock else "later"
