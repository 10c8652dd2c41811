"""A new library is set up: one act makes it ready for its first loan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django_scopes import scope

from shuxiang.circulation.actions.governing import change_terms
from shuxiang.circulation.models import LendingTerms
from shuxiang.platform.accounts.actions import add_account
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.queries import nobody_yet
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools.actions import change_school, create_school
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import only_school
from shuxiang.readers.models import Reader
from shuxiang.timetable.actions import add_typical_periods, change_term
from shuxiang.timetable.models import Period
from shuxiang.timetable.rules import TermDates

FIRST_TERMS: tuple[dict[str, Any], ...] = (
    {"category": Reader.Category.PUPIL, "max_loans": 2, "loan_days": 14, "renewals": 1},
    {"category": Reader.Category.TEACHER, "max_loans": 10, "loan_days": 60, "renewals": 1},
    {"category": Reader.Category.STAFF, "max_loans": 5, "loan_days": 30, "renewals": 1},
    {"category": Reader.Category.CLASS, "max_loans": 50, "loan_days": 60, "renewals": 1},
)
"""What holds until the school says otherwise; a renewal gives the same days again."""


class AlreadySetUp(Exception):
    """Somebody can sign in here: the library is set up."""


@dataclass(frozen=True, kw_only=True)
class NewSchool:
    """What is asked of a new school; `terms` are those of the year that begins in `first_year`."""

    name: str
    kind: str
    primary_years: int
    first_year: int
    terms: tuple[TermDates, TermDates]


@dataclass(frozen=True, kw_only=True)
class FirstLibrarian:
    """Who looks after the library and its accounts."""

    name: str
    username: str
    password: str
    language: str = Account.Language.CHINESE


@transaction.atomic
def set_up_school(*, new: NewSchool, librarian: FirstLibrarian, now: datetime) -> Account:
    """
    Make a home ready: the school, its terms and periods, the usual lending terms, who looks after it.

    A school that came in by an import, before anybody could sign in, is taken over.

    :raises AlreadySetUp: if somebody can sign in already
    :raises TimetableRefused: if the terms can't be
    :raises UsernameUnfit, PasswordIsPublic, ValidationError: if the librarian can't sign in so
    """
    if not nobody_yet():
        raise AlreadySetUp
    imported = only_school()
    school = imported or create_school(
        name=new.name, kind=new.kind, primary_years=new.primary_years, by=None, now=now
    )
    with scope(school=school):
        account = add_account(
            school=school,
            username=librarian.username,
            name=librarian.name,
            password=librarian.password,
            language=librarian.language,
            roles=[Role.LIBRARIAN, Role.SCHOOL_ADMIN],
            by=None,
            now=now,
        ).account
        if imported:
            asked = {"name": new.name, "kind": new.kind, "primary_years": new.primary_years}
            change_school(school=school, changes=asked, by=account, now=now)
        _open_terms(school, new.first_year, new.terms, by=account, now=now)
        _govern(school, by=account, now=now)
    return account


def _open_terms(
    school: School, first_year: int, terms: Sequence[TermDates], *, by: Account, now: datetime
) -> None:
    for number, dates in enumerate(terms, start=1):
        change_term(
            school=school, first_year=first_year, number=number, dates=dates, by=by, now=now
        )
    if not Period.objects.filter(school=school).exists():
        add_typical_periods(school=school, by=by, now=now)


def _govern(school: School, *, by: Account, now: datetime) -> None:
    if LendingTerms.objects.filter(school=school).exists():
        return
    for row in FIRST_TERMS:
        again = {**row, "renewal_days": row["loan_days"]}
        change_terms(school=school, row=again, by=by, now=now)
