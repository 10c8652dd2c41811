"""When the library is open, for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import OpeningHours
from shuxiang.timetable.rules import For, Hours, Objection, Reason


@transaction.atomic
def change_opening_hours(
    *,
    school: School,
    wanted: Sequence[Hours],
    by: Account | None,
    now: datetime,
    in_place_of: Sequence[OpeningHours] = (),
) -> list[OpeningHours]:
    """
    Enter hours, a row for each weekday they hold on, or put them in place of rows that are there.

    :raises TimetableRefused: if the hours or their dates can't be
    """
    refuse_if(list(_objections(wanted)))
    rows = [_row(school, hours) for hours in wanted]
    for row, old in zip(rows, in_place_of, strict=False):
        row.pk = old.pk
    for row in rows:
        row.save()
    for left_over in in_place_of[len(rows) :]:
        left_over.delete()
    record(
        "timetable.change_opening_hours",
        rows[0],
        school=school,
        by=by,
        at=now,
        weekdays=[row.weekday for row in rows],
        opens_at=f"{rows[0].opens_at:%H:%M}",
        closes_at=f"{rows[0].closes_at:%H:%M}",
        audience=rows[0].audience,
        grade=rows[0].grade,
    )
    return rows


@transaction.atomic
def remove_opening_hours(*, hours: Sequence[OpeningHours], by: Account, now: datetime) -> None:
    """Remove the rows of some weekdays that say the same hours."""
    first = hours[0]
    record(
        "timetable.remove_opening_hours",
        first,
        school=first.school,
        by=by,
        at=now,
        weekdays=[row.weekday for row in hours],
        opens_at=f"{first.opens_at:%H:%M}",
        closes_at=f"{first.closes_at:%H:%M}",
    )
    for row in hours:
        row.delete()


def _row(school: School, hours: Hours) -> OpeningHours:
    return OpeningHours(
        school=school,
        weekday=hours.weekday,
        opens_at=hours.opens_at,
        closes_at=hours.closes_at,
        audience=hours.audience.kind.value,
        grade=hours.audience.grade if hours.audience.kind is For.GRADE else None,
        room=hours.room.strip(),
        from_on=hours.from_on,
        until_on=hours.until_on,
    )


def _objections(wanted: Sequence[Hours]) -> Iterator[Objection]:
    if not wanted:
        yield Objection(reason=Reason.HOURS_WITHOUT_WEEKDAY)
    reasons: dict[Reason, None] = {}  # each once, in order
    for hours in wanted:
        if hours.closes_at <= hours.opens_at:
            reasons[Reason.HOURS_END_BEFORE_THEY_START] = None
        if hours.from_on and hours.until_on and hours.until_on < hours.from_on:
            reasons[Reason.HOURS_DATES_TURNED_ROUND] = None
        if hours.audience.kind is For.GRADE and hours.audience.grade is None:
            reasons[Reason.GRADE_MISSING] = None
    yield from (Objection(reason=reason) for reason in reasons)
