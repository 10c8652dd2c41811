"""When the library is open, for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import OpeningHours
from shuxiang.timetable.rules import Audience, For, Objection, Reason


@transaction.atomic
def change_opening_hours(
    *,
    school: School,
    weekdays: Collection[int],
    opens_at: time,
    closes_at: time,
    by: Account | None,
    now: datetime,
    audience: Audience | None = None,
    room: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
    hours: OpeningHours | None = None,
) -> list[OpeningHours]:
    """
    Enter the same hours for several weekdays, or put them in place of a row that is there.

    :raises TimetableRefused: if the hours or their dates can't be
    """
    audience = audience or Audience()
    wanted = [
        OpeningHours(
            school=school,
            weekday=weekday,
            opens_at=opens_at,
            closes_at=closes_at,
            audience=audience.kind.value,
            grade=audience.grade if audience.kind is For.GRADE else None,
            room=room.strip(),
            from_on=from_on,
            until_on=until_on,
        )
        for weekday in sorted(set(weekdays))
    ]
    refuse_if(list(_objections(wanted)))
    if hours:
        wanted[0].pk = hours.pk
    for row in wanted:
        row.save()
    record(
        "timetable.change_opening_hours",
        wanted[0],
        school=school,
        by=by,
        at=now,
        weekdays=[row.weekday for row in wanted],
        opens_at=f"{opens_at:%H:%M}",
        closes_at=f"{closes_at:%H:%M}",
        audience=audience.kind.value,
        grade=audience.grade,
    )
    return wanted


@transaction.atomic
def remove_opening_hours(*, hours: OpeningHours, by: Account, now: datetime) -> None:
    """Remove one row of the opening hours."""
    record(
        "timetable.remove_opening_hours",
        hours,
        school=hours.school,
        by=by,
        at=now,
        weekday=hours.weekday,
        opens_at=f"{hours.opens_at:%H:%M}",
        closes_at=f"{hours.closes_at:%H:%M}",
    )
    hours.delete()


def _objections(wanted: list[OpeningHours]) -> Iterator[Objection]:
    if not wanted:
        yield Objection(reason=Reason.HOURS_WITHOUT_WEEKDAY)
        return
    row = wanted[0]
    if row.closes_at <= row.opens_at:
        yield Objection(reason=Reason.HOURS_END_BEFORE_THEY_START)
    if row.from_on and row.until_on and row.until_on < row.from_on:
        yield Objection(reason=Reason.HOURS_DATES_TURNED_ROUND)
    if row.audience == OpeningHours.Audience.GRADE and row.grade is None:
        yield Objection(reason=Reason.GRADE_MISSING)
