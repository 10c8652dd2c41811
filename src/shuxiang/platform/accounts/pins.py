"""What can be done to the PINs with which pupils sign in. The only place that writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from shuxiang.platform.accounts import rules
from shuxiang.platform.accounts.models import Account, HeldRole, PinTries
from shuxiang.platform.accounts.passwords import PinHasher
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School

NO_PIN = ""


class PinRests(Exception):
    """Too many wrong PINs were tried; until a moment none is looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class OwnPinUnfit(Exception):
    """A pupil's own PIN is six digits that no classmate guesses, and not the one from the slip."""


class SignsInOtherwise(Exception):
    """This account has a password, and no PIN to change."""


@dataclass(frozen=True, kw_only=True)
class MadePin:
    """A PIN and what is kept of it; made before anything is locked, since hashing takes its time."""

    pin: str
    kept: str


def make_pin() -> MadePin:
    """Make six random digits and their hash."""
    pin = rules.new_pin()
    return MadePin(pin=pin, kept=make_password(pin, hasher=PinHasher.algorithm))


@dataclass(frozen=True, kw_only=True)
class NewPupil:
    """A pupil who gets an account: nobody ever types its user name."""

    username: str
    name: str
    made: MadePin


def enter_pupils(
    *, school: School, pupils: Sequence[NewPupil], now: datetime
) -> dict[str, Account]:
    """Write accounts that only a card and a PIN open, by user name; part of larger actions."""
    accounts = Account.objects.bulk_create(
        Account(
            school=school,
            username=pupil.username,
            name=pupil.name,
            password=make_password(None),
            pin=pupil.made.kept,
            must_change_password=True,
            created_at=now,
        )
        for pupil in pupils
    )
    HeldRole.objects.bulk_create(HeldRole(account=account, role=Role.PUPIL) for account in accounts)
    return {account.username: account for account in accounts}


def replace_pins(pins: Sequence[tuple[Account, MadePin]]) -> None:
    """Give accounts other PINs, sign them out everywhere and let them try anew; part of larger actions."""
    for account, made in pins:
        account.pin, account.password = made.kept, make_password(None)
        account.must_change_password = True
    changed = [account for account, _ in pins]
    Account.objects.bulk_update(changed, ["pin", "password", "must_change_password"])
    PinTries.objects.filter(key__in=[rules.key_of_account(one.pk) for one in changed]).delete()


@transaction.atomic
def change_own_pin(*, account: Account, pin: str, known: Sequence[str], now: datetime) -> Account:
    """
    Let a pupil choose the PIN; other browsers are signed out.

    `known` is what stands on the card and is therefore no secret.

    :raises SignsInOtherwise: if the account has a password
    :raises OwnPinUnfit: if somebody would guess it, or it is the present one
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not account.signs_in_by_pin:
        raise SignsInOtherwise
    if not rules.is_own_pin(pin, known=known) or account.has_pin(pin):
        raise OwnPinUnfit
    account.pin = make_password(pin, hasher=PinHasher.algorithm)
    account.password = make_password(None)
    account.must_change_password = False
    account.save(update_fields=["pin", "password", "must_change_password"])
    record("accounts.change_own_pin", account, school=account.school, by=account, at=now)
    return account


def try_pin(*, school: School, account: Account | None, key: str, pin: str, now: datetime) -> bool:
    """
    Tell whether a PIN opens an account; every try is counted before it is looked at.

    A card that nobody has costs the same time and is braked alike, so that nothing is told by it.

    :raises PinRests: if ten tries in a row were wrong less than a quarter of an hour ago
    """
    _count(school=school, account=account, key=key, now=now)
    kept = account.pin if account and _opens_by_pin(account) else NO_PIN
    if not kept:
        make_password(pin, hasher=PinHasher.algorithm)
        return False
    if not check_password(pin, kept):
        return False
    PinTries.objects.filter(school=school, key=key).delete()
    return True


@transaction.atomic
def _count(*, school: School, account: Account | None, key: str, now: datetime) -> None:
    """Count a try; the counts of all who rested long enough go."""
    PinTries.objects.filter(school=school, last_at__lte=now - rules.REST).delete()
    PinTries.objects.bulk_create(
        [PinTries(school=school, key=key, count=0, last_at=now)], ignore_conflicts=True
    )
    tries = PinTries.objects.select_for_update().get(school=school, key=key)
    if tries.count >= rules.MOST_TRIES:
        raise PinRests(tries.last_at + rules.REST)
    tries.count, tries.last_at = tries.count + 1, now
    tries.save(update_fields=["count", "last_at"])
    if tries.count == rules.MOST_TRIES:
        record("accounts.try_pin", account, school=school, by=None, at=now, tries=tries.count)


def _opens_by_pin(account: Account) -> bool:
    """Tell whether a PIN alone may open an account: never one that may do more than a pupil."""
    is_demo = account.school is not None and account.school.is_demo
    may_more = account.roles != {Role.PUPIL}
    return account.is_active and not may_more and (account.signs_in_by_pin or is_demo)
