"""Who stands by and allows one act, or opens a locked desk: told by a PIN or a password."""

from __future__ import annotations

from django.contrib.auth import authenticate

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.queries import account_of, holders
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools.models import School
from shuxiang.web.access import Request
from shuxiang.web.desk.said import Trouble
from shuxiang.web.keys import key_of

PERMISSION = "circulation.confirm_objections"


class NotApproved(Exception):
    """Nobody was recognised who may allow this; nothing was written."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def who_may_allow(school: School) -> list[Account]:
    """List who can be asked to allow what a helper may not pass."""
    return list(holders(school, Role.LIBRARIAN))


def approver(request: Request) -> Account | None:
    """Recognise who allows this one act; None if nobody was named.

    :raises NotApproved: if the PIN is wrong, tried too often, or its owner may not allow it
    """
    named = key_of(request.POST.get("approver", ""))
    if named is None:
        return None
    account = account_of(request.school, named)
    if account is None or not knows_secret(request, account):
        raise NotApproved(Trouble.APPROVER_UNKNOWN)
    if not account.has_perm(PERMISSION):
        raise NotApproved(Trouble.APPROVER_MAY_NOT)
    return account


def knows_secret(request: Request, account: Account) -> bool:
    """Tell whether what was typed is the PIN or the password of an account; misses are counted.

    :raises NotApproved: after too many misses
    """
    typed = request.POST.get("password", "")
    found = authenticate(request, username=account.username, secret=typed)
    if getattr(request, "axes_locked_out", False):
        request.axes_locked_out = False  # type: ignore[attr-defined]  # told in our own words
        raise NotApproved(Trouble.TOO_MANY_TRIES)
    return found is not None and found.pk == account.pk
