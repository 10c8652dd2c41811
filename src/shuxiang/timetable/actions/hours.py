"""When the library is open, for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import OpeningHours
from shuxiang.timetable.queries import as_said, bells_of, hours_said
from shuxiang.timetable.rules import END_OF_DAY, Bell, Bells, For, Hours, Objection, Reason, When


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
    bells = bells_of(school) if any(hours.rings for hours in wanted) else Bells()
    refuse_if(list(_objections(wanted, bells)))
    kept = OpeningHours.objects.filter(school=school).exclude(
        pk__in=[row.pk for row in in_place_of]
    )
    there = [as_said(row) for row in kept.select_related("from_period", "until_period")]
    if any(_is_same(hours, other) for hours in wanted for other in there):
        refuse_if([Objection(reason=Reason.HOURS_ARE_THERE)])
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
        opens_at=_told(wanted[0].opens_at),
        closes_at=_told(wanted[0].closes_at),
        audience=rows[0].audience,
        grade=rows[0].grade,
    )
    return rows


@transaction.atomic
def remove_opening_hours(*, hours: Sequence[OpeningHours], by: Account, now: datetime) -> None:
    """Remove the rows of some weekdays that say the same hours."""
    first = hours[0]
    said = as_said(first)
    record(
        "timetable.remove_opening_hours",
        first,
        school=first.school,
        by=by,
        at=now,
        weekdays=[row.weekday for row in hours],
        opens_at=_told(said.opens_at),
        closes_at=_told(said.closes_at),
    )
    for row in hours:
        row.delete()


def _is_same(one: Hours, other: Hours) -> bool:
    return replace(one, room=one.room.strip()) == other


def refuse_to_turn_hours(school: School) -> None:
    """
    Go on only if all hours that follow the periods begin before they end, as these stand now.

    :raises TimetableRefused: naming the hours that would not
    """
    following = [hours for hours in hours_said(school) if hours.rings]
    if not following:
        return
    bells = bells_of(school)
    failing = [hours.weekday for hours in following if hours.fails_on(bells)]
    if failing:
        details = {"weekdays": sorted(set(failing))}
        refuse_if([Objection(reason=Reason.PERIODS_TURN_HOURS, details=details)])


def _row(school: School, hours: Hours) -> OpeningHours:
    row = OpeningHours(
        school=school,
        weekday=hours.weekday,
        audience=hours.audience.kind.value,
        grade=hours.audience.grade,
        room=hours.room.strip(),
        from_on=hours.from_on,
        until_on=hours.until_on,
    )
    if isinstance(hours.opens_at, Bell):
        row.from_period_id, row.from_edge = hours.opens_at.period, hours.opens_at.edge.value
    else:
        row.opens_at = hours.opens_at
    if isinstance(hours.closes_at, Bell):
        row.until_period_id, row.until_edge = hours.closes_at.period, hours.closes_at.edge.value
    else:
        row.closes_at = hours.closes_at
    return row


def _told(when: When) -> str:
    """Write an end of the hours down: 12:10, or ends 第7节."""
    if isinstance(when, Bell):
        return f"{when.edge} {when.name}".strip()
    return f"{when:%H:%M}"


def _objections(wanted: Sequence[Hours], bells: Bells) -> Iterator[Objection]:
    if not wanted:
        yield Objection(reason=Reason.HOURS_WITHOUT_WEEKDAY)
    found: dict[Reason, Objection] = {}  # each once, in order
    for hours in wanted:
        for one in _objections_to(hours, bells):
            found[one.reason] = one
    yield from found.values()


def _objections_to(hours: Hours, bells: Bells) -> Iterator[Objection]:
    day = hours.fails_on(bells)
    if day == (hours.from_on or date.min) and hours.closes_at == END_OF_DAY:
        at = bells.clock(END_OF_DAY, day)
        yield Objection(reason=Reason.DAY_ENDS_BEFORE_HOURS, details={"at": f"{at:%H:%M}"})
    elif day == (hours.from_on or date.min):
        yield Objection(reason=Reason.HOURS_END_BEFORE_THEY_START)
    elif day:
        yield Objection(reason=Reason.HOURS_TURN_WITH_SEASON, details={"on": day})
    if hours.from_on and hours.until_on and hours.until_on < hours.from_on:
        yield Objection(reason=Reason.HOURS_DATES_TURNED_ROUND)
    if hours.audience.kind is For.GRADE and hours.audience.grade is None:
        yield Objection(reason=Reason.GRADE_MISSING)
    if hours.audience.kind is not For.GRADE and hours.audience.grade is not None:
        yield Objection(reason=Reason.GRADE_NOT_MEANT)
