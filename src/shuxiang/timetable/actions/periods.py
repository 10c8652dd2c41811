"""Lesson periods, breaks and the noon rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import Period, Slot, Wish
from shuxiang.timetable.rules import Objection, Reason, typical_periods


@transaction.atomic
def change_period(
    *,
    school: School,
    name: str,
    starts_at: time,
    ends_at: time,
    by: Account | None,
    now: datetime,
    period: Period | None = None,
) -> Period:
    """
    Enter a period, or change one that is there.

    :raises TimetableRefused: if it has no name, one that is taken, or no minutes
    """
    changed = period or Period(school=school)
    changed.name, changed.starts_at, changed.ends_at = name.strip(), starts_at, ends_at
    refuse_if(list(_objections(changed)))
    changed.save()
    record(
        "timetable.change_period",
        changed,
        school=school,
        by=by,
        at=now,
        name=changed.name,
        starts_at=f"{starts_at:%H:%M}",
        ends_at=f"{ends_at:%H:%M}",
    )
    return changed


@transaction.atomic
def remove_period(*, period: Period, by: Account, now: datetime) -> None:
    """
    Remove a period.

    :raises TimetableRefused: if slots or wishes rest on it
    """
    slots = Slot.objects.filter(period=period).count()
    if slots:
        refuse_if([Objection(reason=Reason.PERIOD_HAS_SLOTS, details={"slots": slots})])
    if wishes := Wish.objects.filter(period=period).count():
        refuse_if([Objection(reason=Reason.PERIOD_HAS_WISHES, details={"wishes": wishes})])
    record("timetable.remove_period", period, school=period.school, by=by, at=now, name=period.name)
    period.delete()


@transaction.atomic
def add_typical_periods(*, school: School, by: Account | None, now: datetime) -> list[Period]:
    """
    Enter the usual day of a school of this kind, to be changed where it differs.

    :raises TimetableRefused: if there are periods already
    """
    if Period.objects.filter(school=school).exists():
        refuse_if([Objection(reason=Reason.PERIODS_ARE_THERE)])
    Period.objects.bulk_create(
        Period(school=school, name=name, starts_at=starts_at, ends_at=ends_at)
        for name, starts_at, ends_at in typical_periods(school.kind)
    )
    periods = list(Period.objects.filter(school=school))
    record(
        "timetable.add_typical_periods", None, school=school, by=by, at=now, periods=len(periods)
    )
    return periods


def _objections(period: Period) -> Iterator[Objection]:
    if not period.name:
        yield Objection(reason=Reason.PERIOD_NAME_MISSING)
    if period.ends_at <= period.starts_at:
        yield Objection(reason=Reason.PERIOD_ENDS_BEFORE_IT_STARTS)
    others = Period.objects.filter(school=period.school).exclude(pk=period.pk)
    if others.filter(name=period.name).exists():
        yield Objection(reason=Reason.PERIOD_NAME_TAKEN, details={"name": period.name})
