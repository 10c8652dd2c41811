"""The school's own word for a day: closed, or open after all."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import DayException
from shuxiang.timetable.rules import Objection, Reason

MOST_DAYS = 200


@transaction.atomic
def set_day(
    *,
    school: School,
    on: date,
    by: Account | None,
    now: datetime,
    until: date | None = None,
    is_open: bool = False,
    follows: int | None = None,
    why: str = "",
) -> list[DayException]:
    """
    Say of a day, or of each day up to `until`, that it is closed or open.

    An open day may keep another weekday's timetable: `follows` counts from Monday, 0. Of several
    days those stay as they are of which the school has said something.

    :raises TimetableRefused: if the days are turned round or too many, or something is said of each
    """
    days = _days(on, until)
    if len(days) > 1:
        said = set(
            DayException.objects.filter(school=school, on__in=days).values_list("on", flat=True)
        )
        days = [day for day in days if day not in said]
        if not days:
            refuse_if([Objection(reason=Reason.DAYS_ARE_SAID)])
    DayException.objects.bulk_create(
        [
            DayException(
                school=school,
                on=day,
                is_open=is_open,
                follows=follows if is_open else None,
                why=why.strip(),
            )
            for day in days
        ],
        update_conflicts=True,
        unique_fields=["school", "on"],
        update_fields=["is_open", "follows", "why"],
    )
    record(
        "timetable.set_day",
        None,
        school=school,
        by=by,
        at=now,
        on=days[0].isoformat(),
        until=days[-1].isoformat(),
        is_open=is_open,
        follows=follows,
    )
    return list(DayException.objects.filter(school=school, on__in=days))


@transaction.atomic
def unset_day(
    *, school: School, on: date, by: Account | None, now: datetime, until: date | None = None
) -> int:
    """
    Take back the school's word for a day or a range, and tell for how many days there was one.

    :raises TimetableRefused: if the days are turned round
    """
    last = _last(on, until)
    said = DayException.objects.filter(school=school, on__range=(on, last))
    taken_back, _ = said.delete()
    if taken_back:
        record(
            "timetable.unset_day",
            None,
            school=school,
            by=by,
            at=now,
            on=on.isoformat(),
            until=last.isoformat(),
        )
    return taken_back


def _days(on: date, until: date | None) -> list[date]:
    last = _last(on, until)
    if (last - on).days >= MOST_DAYS:
        refuse_if([Objection(reason=Reason.TOO_MANY_DAYS, details={"days": MOST_DAYS})])
    return [on + timedelta(days=step) for step in range((last - on).days + 1)]


def _last(on: date, until: date | None) -> date:
    if until and until < on:
        refuse_if([Objection(reason=Reason.DAYS_END_BEFORE_THEY_START)])
    return until or on
