"""Holds: place, cancel, expire."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.catalogue.actions import mark
from shuxiang.catalogue.models import Copy, Holding, Standing
from shuxiang.circulation.actions.returning import trap
from shuxiang.circulation.models import Hold
from shuxiang.circulation.queries import lending as ask
from shuxiang.circulation.rules import HoldReason, may_hold
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import Act, record, record_act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import reader_of


class HoldRefused(Exception):
    """The hold was not placed; nothing was written."""

    def __init__(self, reasons: tuple[HoldReason, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class NoReader(Exception):
    """The account belongs to nobody who borrows; nothing was written."""


class HoldClosed(Exception):
    """The hold has ended already; nothing was written."""


@transaction.atomic
def place_hold(*, holding: Holding, reader: Reader, act: Act) -> Entry:
    """
    Let a reader wait for a title.

    :raises HoldRefused: with everything that stops it
    :raises NonceReused: if the act's number did something else before
    """
    reader = Reader.objects.select_for_update().get(pk=reader.pk)
    if done := act.done(reader.school):
        return done
    today = reader.school.day(act.now)
    facts = ask.hold_facts(holding=holding, reader=reader, today=today)
    if reasons := may_hold(facts, ask.terms_of(reader, ask.place_of(reader, today), today)):
        raise HoldRefused(reasons)
    hold = Hold.objects.create(
        school=reader.school, holding=holding, reader=reader, placed_at=act.now
    )
    return record_act(
        "circulation.place_hold",
        hold,
        school=reader.school,
        act=act,
    )


@transaction.atomic
def place_own_hold(*, holding: Holding, act: Act) -> Entry:
    """
    Let whoever has signed in wait for a title, as the reader that the account belongs to.

    :raises NoReader: if it belongs to none
    :raises HoldRefused: with everything that stops it
    :raises NonceReused: if the act's number did something else before
    """
    reader = reader_of(act.by) if act.by else None
    if reader is None:
        raise NoReader
    return place_hold(holding=holding, reader=reader, act=act)


@transaction.atomic
def cancel_hold(*, hold: Hold, by: Account, now: datetime) -> Hold:
    """
    End a hold; a copy that lay ready for it goes to the next who waits, or to its shelf.

    :raises HoldClosed: if it has ended already
    """
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.state not in (Hold.State.WAITING, Hold.State.READY):
        raise HoldClosed
    close(hold, Hold.State.CANCELLED, now)
    record("circulation.cancel_hold", hold, school=hold.school, by=by, at=now)
    return hold


@transaction.atomic
def expire_holds(*, school: School, now: datetime) -> int:
    """End the holds that nobody fetched in time; tell how many."""
    late = list(
        Hold.objects.select_for_update(of=("self",)).filter(
            school=school, state=Hold.State.READY, fetch_by__lt=school.day(now)
        )
    )
    for hold in late:
        close(hold, Hold.State.EXPIRED, now)
    if late:
        record("circulation.expire_holds", None, school=school, by=None, at=now, count=len(late))
    return len(late)


def close(hold: Hold, state: Hold.State, now: datetime) -> None:
    """End a hold; its copy goes to the next who waits, or to its shelf; part of larger actions."""
    copy: Copy | None = hold.copy if hold.state == Hold.State.READY else None
    hold.state, hold.closed_at = state, now
    hold.save(update_fields=["state", "closed_at"])
    if copy:
        mark(copy, Standing.SET_ASIDE if trap(copy, now) else Standing.TO_BE_SHELVED)
