"""What can be done to accounts. The only place that writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import transaction

from shuxiang.platform.accounts import pins, rules
from shuxiang.platform.accounts.models import Account, HeldRole
from shuxiang.platform.accounts.passwords import PinHasher
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.accounts.sessions import SessionStore
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School

CHANGEABLE = ("name", "is_active", "language")
DEMO_SALT = "shuxiang-demo-school"

change_own_pin = pins.change_own_pin


class UsernameTaken(Exception):
    """Somebody already signs in with this name."""


class UsernameUnfit(Exception):
    """The user name is too short, too long or holds a blank or another odd character."""


class LastAdministrator(Exception):
    """The school would be left without anybody who may give accounts and roles."""


class WrongPassword(Exception):
    """The present password is not this one."""


class PasswordIsPublic(Exception):
    """The password of the demo school is printed on its page: no other school may use it."""


class PinUnfit(Exception):
    """A PIN is four to eight digits, not all the same and not in a row."""


@dataclass(frozen=True, kw_only=True)
class Issued:
    """An account and the password that was given to it, which nothing can show again."""

    account: Account
    password: str


@transaction.atomic
def add_account(
    *,
    school: School,
    username: str,
    name: str,
    roles: Collection[Role],
    by: Account | None,
    now: datetime,
    password: str = "",
    language: str = Account.Language.CHINESE,
) -> Issued:
    """
    Add an account; without a password it gets one that holds for the first sign-in only.

    :raises UsernameUnfit, UsernameTaken: if nobody can sign in with this name
    :raises PasswordIsPublic, ValidationError: if the password is no secret
    """
    issued = enter_account(
        school=school,
        username=username,
        name=name,
        roles=roles,
        now=now,
        password=password,
        language=language,
    )
    record(
        "accounts.add_account",
        issued.account,
        school=school,
        by=by,
        at=now,
        roles=sorted(set(roles)),
    )
    return issued


def enter_account(
    *,
    school: School,
    username: str,
    name: str,
    roles: Collection[Role],
    now: datetime,
    password: str = "",
    language: str = Account.Language.CHINESE,
) -> Issued:
    """Write an account with its roles; part of larger actions, and raises as `add_account` does."""
    account = Account(
        school=school,
        username=_fit_username(username),
        name=name.strip(),
        language=language,
        must_change_password=not password,
        created_at=now,
    )
    if password:
        _check_password(account, password)
    issued = Issued(account=account, password=password or rules.one_time_password())
    account.set_password(issued.password)
    account.save()
    _give_roles(account, roles)
    return issued


@transaction.atomic
def add_demo_account(
    *,
    school: School,
    username: str,
    name: str,
    roles: Collection[Role],
    now: datetime,
    pin: str = "",
) -> Account:
    """
    Add an account whose password, and PIN, stand on the sign-in page; always the same row.

    :raises PasswordIsPublic: if the school is a real one
    """
    if not school.is_demo:
        raise PasswordIsPublic
    account = Account(
        school=school,
        username=username,
        name=name,
        password=_demo_password(),
        pin=make_password(pin, salt=DEMO_SALT, hasher=PinHasher.algorithm) if pin else "",
        created_at=now,
    )
    account.save()
    _give_roles(account, roles)
    record("accounts.add_account", account, school=school, by=None, at=now, roles=sorted(roles))
    return account


@cache
def _demo_password() -> str:
    """Give what is kept of the password that all demo accounts have; making it takes a while."""
    return make_password(rules.DEMO_PASSWORD, salt=DEMO_SALT)


@transaction.atomic
def change_account(
    *,
    account: Account,
    changes: Mapping[str, Any],
    by: Account,
    now: datetime,
    roles: Collection[Role] | None = None,
) -> Account:
    """
    Change name, language or whether the account is in use, and its roles where they are given.

    Whoever is shut out is signed out everywhere.

    :raises LastAdministrator: if nobody would be left who may give accounts
    :raises KeyError: if another field is named
    """
    if unknown := set(changes) - set(CHANGEABLE):
        raise KeyError(*unknown)
    account = Account.objects.select_for_update().get(pk=account.pk)
    was_administrator = account.is_active and Role.SCHOOL_ADMIN in account.roles
    for field, value in changes.items():
        setattr(account, field, value)
    account.save(update_fields=list(changes))
    if roles is not None:
        account.held_roles.exclude(role__in=roles).delete()
        _give_roles(account, roles)
    if was_administrator:
        _check_administrator(account.school)
    if not account.is_active:
        _end_sessions(account.pk)
    record(
        "accounts.change_account",
        account,
        school=account.school,
        by=by,
        at=now,
        changed=sorted(changes),
        roles=sorted(set(roles)) if roles is not None else None,
        is_active=account.is_active,
    )
    return account


def shut(*accounts: int) -> None:
    """Put accounts, by their keys, out of use and sign them out everywhere; part of larger actions."""
    Account.objects.filter(pk__in=accounts).update(is_active=False)
    _end_sessions(*accounts)


def reopen(*accounts: int) -> None:
    """Put accounts, by their keys, into use again; part of larger actions."""
    Account.objects.filter(pk__in=accounts).update(is_active=True)


def give_post(*, account: Account, role: Role, username: str) -> Issued:
    """
    Give an account a role beside its own, and a one-time password; part of larger actions.

    A PIN opens it no more, and only who signed in by one gets the user name.

    :raises UsernameUnfit, UsernameTaken: if nobody can sign in with this name
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.signs_in_by_pin:
        account.username = _fit_username(username)
        account.pin = ""
    issued = Issued(account=account, password=rules.one_time_password())
    account.set_password(issued.password)
    account.must_change_password = True
    account.save(update_fields=["username", "pin", "password", "must_change_password"])
    _give_roles(account, [role])
    _end_sessions(account.pk)
    return issued


def take_post(account: Account, role: Role) -> None:
    """Take a role from an account; part of larger actions."""
    account.held_roles.filter(role=role).delete()


@transaction.atomic
def set_password(*, account: Account, by: Account, now: datetime) -> Issued:
    """Give an account a password for one sign-in, and sign it out everywhere."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    issued = Issued(account=account, password=rules.one_time_password())
    account.set_password(issued.password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    _end_sessions(account.pk)
    record("accounts.set_password", account, school=account.school, by=by, at=now)
    return issued


@transaction.atomic
def change_own_password(*, account: Account, old: str, new: str, now: datetime) -> Account:
    """
    Change the password of whoever is signed in; other browsers are signed out.

    A one-time password needs no second typing: it has just opened the door.

    :raises WrongPassword: if `old` is not the present one
    :raises PasswordIsPublic, ValidationError: if `new` is no secret
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not account.must_change_password and not account.check_password(old):
        raise WrongPassword
    _check_password(account, new)
    account.set_password(new)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    record("accounts.change_own_password", account, school=account.school, by=account, at=now)
    return account


@transaction.atomic
def set_pin(*, account: Account, pin: str, by: Account, now: datetime) -> Account:
    """
    Set the PIN that confirms one act at the desk.

    :raises PinUnfit: if anybody would guess it
    """
    if not rules.is_pin(pin):
        raise PinUnfit
    account = Account.objects.select_for_update().get(pk=account.pk)
    account.pin = make_password(pin)
    account.save(update_fields=["pin"])
    record("accounts.set_pin", account, school=account.school, by=by, at=now)
    return account


@transaction.atomic
def choose_language(*, account: Account, language: str, now: datetime) -> Account:
    """Let a person read the screens in another language from now on."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    account.language = Account.Language(language)
    account.save(update_fields=["language"])
    record(
        "accounts.choose_language",
        account,
        school=account.school,
        by=account,
        at=now,
        language=language,
    )
    return account


@transaction.atomic
def sign_in(*, account: Account, now: datetime) -> Account:
    """Write down that somebody signed in."""
    record("accounts.sign_in", account, school=account.school, by=account, at=now)
    return account


def _give_roles(account: Account, roles: Collection[Role]) -> None:
    HeldRole.objects.bulk_create(
        (HeldRole(account=account, role=role) for role in sorted(set(roles))),
        ignore_conflicts=True,
    )
    for remembered in ("roles", "permissions"):
        account.__dict__.pop(remembered, None)


def _fit_username(username: str) -> str:
    """
    Give a user name that somebody can sign in with.

    :raises UsernameUnfit, UsernameTaken: if nobody can
    """
    username = username.strip()
    if not rules.is_username(username):
        raise UsernameUnfit(username)
    if Account.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(username)
    return username


def _check_administrator(school: School | None) -> None:
    left = Account.objects.filter(school=school, is_active=True, held_roles__role=Role.SCHOOL_ADMIN)
    if not left.exists():
        raise LastAdministrator


def _check_password(account: Account, password: str) -> None:
    is_demo = account.school is not None and account.school.is_demo
    if is_demo and password == rules.DEMO_PASSWORD:
        return
    if password == rules.DEMO_PASSWORD:
        raise PasswordIsPublic
    validate_password(password, account)


def _end_sessions(*accounts: int) -> None:
    """Sign accounts out everywhere; a session keeps its owner inside its text."""
    gone = {str(key) for key in accounts}
    read = SessionStore().decode
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if read(session.session_data).get(SESSION_KEY) in gone
    ]
    Session.objects.filter(pk__in=theirs).delete()
