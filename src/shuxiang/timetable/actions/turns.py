"""The rotation: a class gets a slot, changes it, loses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.rules import local_moment
from shuxiang.readers.models import SchoolClass
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import MissedVisit, Slot, Term, Turn
from shuxiang.timetable.queries import see_timetable, slots_today, turn_objections
from shuxiang.timetable.rules import Objection, Reason

A_DAY = timedelta(days=1)


@transaction.atomic
def give_turn(
    *,
    term: Term,
    slot: Slot,
    school_class: SchoolClass,
    by: Account | None,
    now: datetime,
    weeks: str = Turn.Weeks.EVERY,
    is_pinned: bool = False,
) -> Turn:
    """
    Give a class a slot of a term, every week or in A or B weeks; pinned, if it gets back what was.

    :raises TimetableRefused: if the slot is full, or the class comes that day already
    """
    slot = _alone_with(term, slot)
    turn = Turn(
        school=term.school,
        term=term,
        slot=slot,
        school_class=school_class,
        weeks=weeks,
        is_pinned=is_pinned,
    )
    refuse_if(list(_objections(turn, now)))
    day = _holds_from(term, now, given=slot)
    return _give(turn, "timetable.give_turn", day=day, by=by, now=now)


@transaction.atomic
def move_turn(*, turn: Turn, slot: Slot, weeks: str, by: Account | None, now: datetime) -> Turn:
    """
    Give a class another slot or other weeks in place of what it has.

    From today on; from tomorrow, if today the old slot has begun or the new one is over.

    :raises TimetableRefused: if the slot is full, or the class comes that day already,
        or has lost what it had in the meantime
    """
    slot = _alone_with(turn.term, slot)
    _check_standing(turn)
    moved = Turn(
        school=turn.school,
        term=turn.term,
        slot=slot,
        school_class=turn.school_class,
        weeks=weeks,
        is_pinned=turn.is_pinned,
    )
    refuse_if(list(_objections(moved, now, in_place_of=turn)))
    day = _holds_from(turn.term, now, lost=turn.slot, given=slot)
    end(turn, day)
    return _give(moved, "timetable.move_turn", day=day, by=by, now=now)


@transaction.atomic
def take_turn_away(*, turn: Turn, by: Account | None, now: datetime) -> None:
    """
    Take a slot from a class; what was offered before stays told.

    From today on; from tomorrow, if it has begun today.

    :raises TimetableRefused: if the class has lost it in the meantime
    """
    _alone_with(turn.term, turn.slot)
    _check_standing(turn)
    record(
        "timetable.take_turn_away",
        turn,
        school=turn.school,
        by=by,
        at=now,
        slot=turn.slot_id,
        school_class=turn.school_class_id,
        weeks=turn.weeks,
    )
    end(turn, _holds_from(turn.term, now, lost=turn.slot))


@transaction.atomic
def pin_turn(*, turn: Turn, by: Account | None, now: datetime) -> None:
    """
    Let a turn stay where it is when the rotation is solved again.

    :raises TimetableRefused: if the class has lost it in the meantime
    """
    _check_standing(turn)
    Turn.objects.filter(pk=turn.pk).update(is_pinned=True)
    record("timetable.pin_turn", turn, school=turn.school, by=by, at=now, slot=turn.slot_id)


@transaction.atomic
def unpin_turn(*, turn: Turn, by: Account | None, now: datetime) -> None:
    """
    Let the solver move a turn again.

    :raises TimetableRefused: if the class has lost it in the meantime
    """
    _check_standing(turn)
    Turn.objects.filter(pk=turn.pk).update(is_pinned=False)
    record("timetable.unpin_turn", turn, school=turn.school, by=by, at=now, slot=turn.slot_id)


def _alone_with(term: Term, slot: Slot) -> Slot:
    """Let one office at a time change the rotation of a term; the slot as it is now."""
    Term.objects.select_for_update(no_key=True).get(pk=term.pk)
    return Slot.objects.select_for_update(no_key=True).get(pk=slot.pk)


def _check_standing(turn: Turn) -> None:
    if not Turn.objects.standing().filter(pk=turn.pk).exists():
        refuse_if([Objection(reason=Reason.TURN_GONE)])


def _holds_from(
    term: Term, now: datetime, *, lost: Slot | None = None, given: Slot | None = None
) -> date:
    """Leave what has begun today, and begin nothing that is over today."""
    local = local_moment(term.school.zone, now)
    hours = slots_today(term.school, now)
    has_begun = lost and lost.pk in hours and hours[lost.pk][0] <= local.time()
    is_over = given and given.pk in hours and hours[given.pk][1] <= local.time()
    return local.date() + A_DAY if has_begun or is_over else local.date()


def _give(turn: Turn, verb: str, *, day: date, by: Account | None, now: datetime) -> Turn:
    had_until = Turn.objects.filter(term=turn.term, slot=turn.slot, ended_on__gt=day)
    day = had_until.aggregate(last=Max("ended_on"))["last"] or day
    if day > turn.term.starts_on:
        turn.from_on = day
    turn.save()
    record(
        verb,
        turn,
        school=turn.school,
        by=by,
        at=now,
        slot=turn.slot_id,
        school_class=turn.school_class_id,
        weeks=turn.weeks,
    )
    return turn


def end(turn: Turn, day: date) -> None:
    """Let a turn hold no more from a day on; part of larger actions."""
    if day < turn.first_day:
        MissedVisit.objects.filter(turn=turn).delete()
        turn.delete()
        return
    turn.ended_on = day
    turn.save(update_fields=["ended_on"])


def _objections(
    wanted: Turn, now: datetime, *, in_place_of: Turn | None = None
) -> Iterator[Objection]:
    if wanted.term.ends_on < wanted.school.day(now):
        yield Objection(reason=Reason.TERM_IS_OVER)
    others = [turn for turn in see_timetable(wanted.term) if turn != in_place_of]
    yield from turn_objections(wanted, others)
