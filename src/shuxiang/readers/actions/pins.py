"""Pupils sign in with their card and a PIN: given to a class at once, printed, and changed first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shuxiang.formats.text import TooLong, scan_code
from shuxiang.platform.accounts import rules as account_rules
from shuxiang.platform.accounts.actions import sign_in
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.pins import (
    MadePin,
    NewPupil,
    enter_pupils,
    make_pin,
    replace_pins,
    try_pin,
)
from shuxiang.platform.audit.actions import Act, record_act
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import SIGN_IN, pin_standings, reader_by_card
from shuxiang.readers.rules import CAN_HAVE_PIN


class SignInOff(Exception):
    """The school has not turned the readers' own page on."""


class PinsGivenBefore(Exception):
    """These PINs have been given and shown; nothing can show them again."""


class NobodyForPins(Exception):
    """None of these readers signs in with a card and a PIN; nothing was written."""


class WrongPin(Exception):
    """No reader of the school has this card and this PIN; which of the two it was is not told."""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What is printed for one pupil; the PIN stands nowhere else."""

    reader: Reader
    pin: str

    @property
    def card(self) -> str:
        return self.reader.card or self.reader.number


def give_pins(*, school: School, readers: Sequence[Reader], act: Act) -> list[Slip]:
    """
    Give pupils new PINs in place of those they have, and sign them out everywhere.

    Whoever gets no PIN (`queries.pin_standings`) is left out. The PINs are made and hashed before
    anything is locked: a class takes seconds, and the desk goes on lending meanwhile.

    :raises SignInOff: if the school has not turned signing in on
    :raises PinsGivenBefore: if this very act happened
    :raises NobodyForPins: if nobody is left
    """
    if not setting(school, SIGN_IN):
        raise SignInOff
    if act.done(school):
        raise PinsGivenBefore
    made = {reader.pk: make_pin() for reader in readers}
    return _write(school, made, act)


@transaction.atomic
def _write(school: School, made: dict[int, MadePin], act: Act) -> list[Slip]:
    found = list(
        Reader.objects.select_for_update(of=("self",))
        .filter(school=school, pk__in=made)
        .select_related("account")
        .order_by("id")
    )
    if act.done(school):
        raise PinsGivenBefore
    standings = pin_standings(found)
    readers = [reader for reader in found if standings[reader.pk] in CAN_HAVE_PIN]
    if not readers:
        raise NobodyForPins
    replace_pins([(reader.account, made[reader.pk]) for reader in readers if reader.account])
    _open([reader for reader in readers if reader.account is None], made, act)
    record_act(
        "readers.give_pins",
        readers[0] if len(readers) == 1 else None,
        school=school,
        act=act,
        readers=[reader.pk for reader in readers],
    )
    in_turn = {key: place for place, key in enumerate(made)}
    readers.sort(key=lambda reader: in_turn[reader.pk])
    return [Slip(reader=reader, pin=made[reader.pk].pin) for reader in readers]


def _open(readers: Sequence[Reader], made: dict[int, MadePin], act: Act) -> None:
    """Open accounts for those who have none."""
    if not readers:
        return
    names = {reader.pk: f"card/{reader.pk}" for reader in readers}  # a name that nobody can take
    pupils = [NewPupil(username=names[one.pk], name=one.name, made=made[one.pk]) for one in readers]
    accounts = enter_pupils(school=readers[0].school, pupils=pupils, now=act.now)
    for reader in readers:
        reader.account = accounts[names[reader.pk]]
    Reader.objects.bulk_update(readers, ["account"])


def sign_in_by_card(*, school: School, card: str, pin: str, now: datetime) -> Account:
    """
    Tell whose card and PIN these are, and write down that they signed in.

    The count of wrong tries is the card's own: nobody else of the school is kept out by it.

    :raises SignInOff: if the school has not turned signing in on
    :raises PinRests: if the card was tried too often
    :raises WrongPin: if they do not belong together
    """
    if not setting(school, SIGN_IN):
        raise SignInOff
    account = _account_of(school, card)
    key = account_rules.key_of_account(account.pk) if account else _key_of(card)
    if not try_pin(school=school, account=account, key=key, pin=pin, now=now) or not account:
        raise WrongPin
    return sign_in(account=account, now=now)


def _account_of(school: School, card: str) -> Account | None:
    reader = reader_by_card(school, card)
    if reader is None or reader.left_on or reader.account_id is None:
        return None
    found = Account.objects.filter(pk=reader.account_id).select_related("school")
    return found.prefetch_related("held_roles").get()


def _key_of(card: str) -> str:
    try:
        return account_rules.key_of_card(scan_code(card))
    except TooLong:
        return account_rules.key_of_card("")
