"""Who of the readers signs in: an account knows its reader."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.actions import Issued, enter_account
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import record
from shuxiang.readers.actions.moving import AlreadyLeft
from shuxiang.readers.models import Reader

ROLE_OF = {
    Reader.Category.PUPIL: Role.PUPIL,
    Reader.Category.TEACHER: Role.CLASS_TEACHER,
}
"""What a reader's own account may be opened as; any other role is the administrator's to give."""


class NoAccountForThese(Exception):
    """A class, or staff whose role only the administrator can tell, gets no account this way."""


class HasAccount(Exception):
    """The reader signs in already, with this account."""

    def __init__(self, account: Account) -> None:
        super().__init__(account.username)
        self.account = account


@transaction.atomic
def open_account(*, reader: Reader, username: str, by: Account | None, now: datetime) -> Issued:
    """
    Open an account for a pupil or a teacher, with the least role and a one-time password.

    :raises HasAccount, AlreadyLeft, NoAccountForThese: if there is none to be opened
    :raises UsernameUnfit, UsernameTaken: if nobody can sign in with this name
    """
    reader = _at_school(reader)
    if reader.account:
        raise HasAccount(reader.account)
    if reader.category not in ROLE_OF:
        raise NoAccountForThese(reader.category)
    role = ROLE_OF[Reader.Category(reader.category)]
    issued = enter_account(
        school=reader.school, username=username, name=reader.name, roles=[role], now=now
    )
    reader.account = issued.account
    reader.save(update_fields=["account"])
    record(
        "readers.open_account",
        issued.account,
        school=reader.school,
        by=by,
        at=now,
        roles=[role],
        reader=reader.pk,
    )
    return issued


@transaction.atomic
def link_account(*, account: Account, reader: Reader | None, by: Account, now: datetime) -> None:
    """
    Say which reader an account is, or that it is none.

    :raises AlreadyLeft: if the reader has left
    :raises HasAccount: if the reader signs in with another account
    """
    if reader is not None:
        reader = _at_school(reader)
        if reader.account and reader.account != account:
            raise HasAccount(reader.account)
    before = Reader.objects.select_for_update(of=("self",)).filter(account=account)
    before.update(account=None)
    if reader is not None:
        reader.account = account
        reader.save(update_fields=["account"])
    record(
        "readers.link_account",
        account,
        school=account.school,
        by=by,
        at=now,
        reader=reader.pk if reader else None,
    )


def _at_school(reader: Reader) -> Reader:
    found = Reader.objects.select_for_update(of=("self",)).select_related("account", "school")
    reader = found.get(pk=reader.pk)
    if reader.left_on:
        raise AlreadyLeft
    return reader
