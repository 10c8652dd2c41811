"""What readers do with their own things, at home or on the phone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from shuxiang.circulation.actions.holding import NoReader, cancel_hold
from shuxiang.circulation.actions.renewing import renew
from shuxiang.circulation.models import Hold, Loan
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import reader_of


class NotYours(Exception):
    """This is another reader's, or nothing at all; nothing was written."""


@transaction.atomic
def renew_own(*, loans: Collection[int] | None, act: Act) -> Entry:
    """
    Let whoever has signed in renew some of the own loans by their keys, or all.

    :raises NoReader: if the account belongs to nobody who borrows
    :raises NotYours: if none of these is at hand
    :raises RenewalRefused: if none can be renewed
    :raises NonceReused: if the act's number did something else before
    """
    reader = _reader(act.by)
    if done := act.done(reader.school):
        return done
    own = Loan.objects.on_hand().filter(reader=reader).order_by("due_on", "id")
    wanted = [loan for loan in own if loans is None or loan.pk in loans]
    if not wanted:
        raise NotYours
    return renew(reader=reader, loans=wanted, act=act)


@transaction.atomic
def cancel_own_hold(*, hold: int, by: Account, now: datetime) -> Hold:
    """
    Let whoever has signed in wait no longer for a title.

    :raises NoReader: if the account belongs to nobody who borrows
    :raises NotYours: if it is no hold of this reader
    :raises HoldClosed: if it has ended already
    """
    found = Hold.objects.filter(reader=_reader(by), pk=hold).first()
    if found is None:
        raise NotYours
    return cancel_hold(hold=found, by=by, now=now)


def _reader(account: Account | None) -> Reader:
    reader = reader_of(account) if account else None
    if reader is None or reader.left_on:
        raise NoReader
    return reader
