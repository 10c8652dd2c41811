"""Slots: the periods of the week that can be given to a class."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import MissedVisit, Period, Slot, Turn
from shuxiang.timetable.queries import fullest
from shuxiang.timetable.rules import Objection, Reason


@transaction.atomic
def add_slots(
    *,
    school: School,
    weekdays: Collection[int],
    periods: Collection[Period],
    by: Account | None,
    now: datetime,
    purpose: str = Slot.Purpose.LENDING,
    capacity: int = 1,
) -> list[Slot]:
    """
    Offer each of these periods on each of these weekdays; a slot that is there stays as it is.

    :raises TimetableRefused: if nothing is chosen, or the slots hold nobody
    """
    if not weekdays or not periods:
        refuse_if([Objection(reason=Reason.SLOT_NOT_CHOSEN)])
    if capacity < 1:
        refuse_if([Objection(reason=Reason.SLOT_HOLDS_NOBODY)])
    Slot.objects.filter(  # given up once, wanted again
        school=school, weekday__in=weekdays, period__in=periods, purpose=purpose, capacity=0
    ).update(capacity=capacity)
    Slot.objects.bulk_create(
        [
            Slot(school=school, weekday=weekday, period=period, purpose=purpose, capacity=capacity)
            for weekday in sorted(set(weekdays))
            for period in periods
        ],
        ignore_conflicts=True,
    )
    record(
        "timetable.add_slots",
        None,
        school=school,
        by=by,
        at=now,
        weekdays=sorted(set(weekdays)),
        periods=[period.pk for period in periods],
        purpose=purpose,
        capacity=capacity,
    )
    return list(
        Slot.objects.filter(
            school=school, weekday__in=weekdays, period__in=periods, purpose=purpose
        ).select_related("period")
    )


@transaction.atomic
def change_slot(
    *, slot: Slot, purpose: str, capacity: int, by: Account | None, now: datetime
) -> Slot:
    """
    Change what a slot is for and how many classes it holds.

    :raises TimetableRefused: if more classes have it, or the period already is such a slot
    """
    slot = Slot.objects.select_for_update().get(pk=slot.pk)
    classes = fullest(slot)
    if capacity < 1:
        refuse_if([Objection(reason=Reason.SLOT_HOLDS_NOBODY)])
    if capacity < classes:
        refuse_if([Objection(reason=Reason.SLOT_TOO_SMALL, details={"classes": classes})])
    others = Slot.objects.filter(
        school=slot.school_id, weekday=slot.weekday, period=slot.period_id, purpose=purpose
    ).exclude(pk=slot.pk)
    if others.exists():
        refuse_if([Objection(reason=Reason.SLOT_IS_THERE)])
    slot.purpose, slot.capacity = purpose, capacity
    slot.save(update_fields=["purpose", "capacity"])
    record(
        "timetable.change_slot",
        slot,
        school=slot.school,
        by=by,
        at=now,
        purpose=purpose,
        capacity=capacity,
    )
    return slot


@transaction.atomic
def remove_slot(*, slot: Slot, by: Account, now: datetime) -> None:
    """
    Give a slot no more; it is kept, unseen, where past turns rest on it.

    :raises TimetableRefused: if classes have it
    """
    slot = Slot.objects.select_for_update().get(pk=slot.pk)
    today = slot.school.day(now)
    standing = Turn.objects.standing().filter(slot=slot, term__ends_on__gte=today).count()
    if standing:
        refuse_if([Objection(reason=Reason.SLOT_HAS_TURNS, details={"classes": standing})])
    record("timetable.remove_slot", slot, school=slot.school, by=by, at=now)
    caught_up = MissedVisit.objects.filter(caught_up_slot=slot)
    if Turn.objects.filter(slot=slot).exists() or caught_up.exists():
        slot.capacity = 0
        slot.save(update_fields=["capacity"])
    else:
        slot.delete()
