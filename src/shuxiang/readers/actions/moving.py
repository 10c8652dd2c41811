"""Readers change class, leave and come back; what was true on a past day stays true."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shuxiang.platform.accounts.actions import reopen, shut
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import record
from shuxiang.readers import rules
from shuxiang.readers.actions.cards import CardTaken, retire_card, take_cards
from shuxiang.readers.actions.joining import check_numbers
from shuxiang.readers.models import Membership, Reader, SchoolClass
from shuxiang.readers.rules import A_DAY, Stay

OWN_ROLES = frozenset({Role.PUPIL, Role.HELPER, Role.CLASS_TEACHER})


class AlreadyLeft(Exception):
    """The reader has left: let them come back first."""


class StillAtSchool(Exception):
    """The reader never left."""


class LastDayAhead(Exception):
    """The last day has not come yet: a reader is at school until it has."""


class NotYetJoined(Exception):
    """The day is before the reader's first day at the library."""


@transaction.atomic
def move_to_class(
    *,
    reader: Reader,
    school_class: SchoolClass | None,
    on: date,
    by: Account | None,
    now: datetime,
    seat: int | None = None,
) -> Reader:
    """
    Put a reader into a class from a day on, or into none; a move on the same day corrects the last.

    :raises AlreadyLeft: if the reader has left
    :raises NotYetJoined: if the day is before the first one
    """
    moved = Reader.objects.select_for_update().get(pk=reader.pk)
    if moved.left_on:
        raise AlreadyLeft
    if on < moved.joined_on:
        raise NotYetJoined
    to = school_class.pk if school_class else None
    _write_stays(moved, rules.moved(_stays(moved), to=to, on=on))
    moved.seat = seat
    moved.save(update_fields=["seat"])
    record(
        "readers.move_to_class",
        moved,
        school=moved.school,
        by=by,
        at=now,
        school_class=to,
        on=on.isoformat(),
    )
    return moved


@transaction.atomic
def leave(*, reader: Reader, on: date, by: Account | None, now: datetime) -> Reader:
    """
    Let a reader leave, with `on` the last day; the card is free for somebody else.

    The reader's account goes out of use, unless it has a role that only the administrator takes.

    :raises AlreadyLeft: if the reader has left before
    :raises NotYetJoined, LastDayAhead: if the day is before the first one, or after today
    """
    gone = Reader.objects.select_for_update().select_related("school").get(pk=reader.pk)
    if gone.left_on:
        raise AlreadyLeft
    if on > gone.school.day(now):
        raise LastDayAhead
    if on < gone.joined_on:
        raise NotYetJoined
    retire_card(gone, now)
    _write_stays(gone, rules.moved(_stays(gone), to=None, on=on + A_DAY))
    gone.left_on = on
    gone.save(update_fields=["left_on"])
    if gone.account and gone.account.roles <= OWN_ROLES:
        shut(gone.account.pk)
    record("readers.leave", gone, school=gone.school, by=by, at=now, on=on.isoformat())
    return gone


@transaction.atomic
def come_back(
    *,
    reader: Reader,
    school_class: SchoolClass | None,
    on: date,
    by: Account | None,
    now: datetime,
) -> Reader:
    """
    Take a reader back from a day on, with the old card unless somebody else has it by now.

    The day after the last one takes the leaving back as if it had not been.

    :raises StillAtSchool: if the reader never left
    :raises NumberTaken: if another reader has the number by now
    """
    back = Reader.objects.select_for_update().get(pk=reader.pk)
    if back.left_on is None:
        raise StillAtSchool
    check_numbers(back.school, [back.number])
    try:
        take_cards(back.school, [back.card] if back.card else [])
    except CardTaken:
        back.card = ""
    first_day = max(on, back.left_on + A_DAY)
    back.left_on = None
    back.save(update_fields=["left_on", "card"])
    if back.account and back.account.roles <= OWN_ROLES:
        reopen(back.account.pk)
    if school_class:
        _write_stays(back, rules.moved(_stays(back), to=school_class.pk, on=first_day))
    record("readers.come_back", back, school=back.school, by=by, at=now, on=first_day.isoformat())
    return back


def _stays(reader: Reader) -> tuple[Stay, ...]:
    rows = Membership.objects.filter(reader=reader).order_by("from_on", "id")
    return tuple(
        Stay(school_class=row.school_class_id, from_on=row.from_on, until_on=row.until_on)
        for row in rows
    )


def _write_stays(reader: Reader, stays: tuple[Stay, ...]) -> None:
    """Make the memberships say what `stays` says, touching only the rows that differ."""
    wanted = {(stay.school_class, stay.from_on): stay for stay in stays}
    changed = []
    for row in Membership.objects.filter(reader=reader).order_by("from_on", "id"):
        stay = wanted.pop((row.school_class_id, row.from_on), None)
        if stay is None:
            row.delete()
        elif stay.until_on != row.until_on:
            row.until_on = stay.until_on
            changed.append(row)
    for row in changed:  # what goes is gone by now: nobody is in two classes for a moment
        row.save(update_fields=["until_on"])
    Membership.objects.bulk_create(
        Membership(
            school=reader.school,
            reader=reader,
            school_class_id=stay.school_class,
            from_on=stay.from_on,
            until_on=stay.until_on,
        )
        for stay in wanted.values()
    )
