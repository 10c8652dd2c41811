"""Visits that fall out are written down with their reason, and caught up in a free slot."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import SchoolClass
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import MissedVisit, Slot, Term, Turn
from shuxiang.timetable.queries import free_places, visits_offered
from shuxiang.timetable.rules import Objection, Reason


@transaction.atomic
def miss_visits(
    *,
    school: School,
    on: date,
    reason: str,
    by: Account | None,
    now: datetime,
    school_class: SchoolClass | None = None,
    why: str = "",
) -> list[MissedVisit]:
    """
    Write down that a class, or each that was due, did not come on a day.

    :raises TimetableRefused: if nobody was due, or it is written down already
    """
    due = [
        one
        for one in visits_offered(school, on, on, school_class=school_class)
        if one.missed is None
    ]
    if not due:
        refuse_if([Objection(reason=Reason.NOBODY_COMES_THAT_DAY)])
    missed = MissedVisit.objects.bulk_create(
        MissedVisit(school=school, turn=one.turn, on=on, reason=reason, why=why.strip())
        for one in due
    )
    record(
        "timetable.miss_visits",
        None,
        school=school,
        by=by,
        at=now,
        on=on.isoformat(),
        reason=reason,
        turns=[one.turn.pk for one in due],
    )
    return missed


@transaction.atomic
def catch_up(
    *, turn: Turn, missed_on: date, on: date, slot: Slot, by: Account | None, now: datetime
) -> MissedVisit:
    """
    Give a class a free slot once, in place of a visit that fell out.

    :raises TimetableRefused: if the slot is over or not free on that day, or the visit is caught up already
    """
    Term.objects.select_for_update(no_key=True).get(pk=turn.term_id)
    due = visits_offered(turn.school, missed_on, missed_on, school_class=turn.school_class)
    if turn not in [one.turn for one in due]:
        refuse_if([Objection(reason=Reason.NOBODY_COMES_THAT_DAY)])
    missed, _is_new = MissedVisit.objects.get_or_create(
        turn=turn,
        on=missed_on,
        defaults={"school": turn.school, "reason": MissedVisit.Reason.HOLIDAY},
    )
    if missed.caught_up_on:
        refuse_if([Objection(reason=Reason.CAUGHT_UP_ALREADY)])
    free = free_places(
        turn.school, turn.school_class, purpose=slot.purpose, first=on, last=on, now=now
    )
    if (on, slot) not in free:
        refuse_if([Objection(reason=Reason.PLACE_TAKEN)])
    missed.caught_up_on, missed.caught_up_slot = on, slot
    missed.save(update_fields=["caught_up_on", "caught_up_slot"])
    record(
        "timetable.catch_up",
        missed,
        school=turn.school,
        by=by,
        at=now,
        turn=turn.pk,
        missed_on=missed_on.isoformat(),
        on=on.isoformat(),
        slot=slot.pk,
    )
    return missed


@transaction.atomic
def strike_missed(*, missed: MissedVisit, by: Account, now: datetime) -> None:
    """Strike out that a visit was missed, with its catching up."""
    record(
        "timetable.strike_missed",
        missed,
        school=missed.school,
        by=by,
        at=now,
        turn=missed.turn_id,
        on=missed.on.isoformat(),
        caught_up_on=missed.caught_up_on.isoformat() if missed.caught_up_on else None,
    )
    missed.delete()
