"""Schools and stock to test with; everything comes in through actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from shuxiang.catalogue import actions
from shuxiang.catalogue.models import AccessionBatch, Copy
from shuxiang.catalogue.rules import NewCopy, NewNumber, NewTitle
from shuxiang.platform.accounts.actions import add_account
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools.models import School

NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SECRET = "shuxiang-wenjian"  # noqa: S105 - of accounts that live for one test
_running = count(1)


def a_school(name: str = "石桥小学") -> School:
    return School.objects.create(name=name, code=f"school-{next(_running)}", created_at=NOW)


def a_librarian(school: School) -> Account:
    issued = add_account(
        school=school,
        username=f"librarian{next(_running)}",
        name="周敏",
        roles=(Role.LIBRARIAN,),
        password=SECRET,
        by=None,
        now=NOW,
    )
    return issued.account


def an_accession(school: School, on: date = TODAY) -> AccessionBatch:
    return actions.open_accession(
        school=school, source="purchase", received_on=on, by=None, now=NOW
    )


def a_title(name: str = "城南旧事", **facts: object) -> NewTitle:
    return NewTitle(name=name, **{"clc": "I247.5", **facts})  # type: ignore[arg-type]


def with_isbn(value: str) -> tuple[NewNumber, ...]:
    return (NewNumber("isbn", value),)


def take_in(school: School, *copies: NewCopy, on: date = TODAY) -> list[Copy]:
    accession = an_accession(school, on)
    return list(actions.take_in(accession=accession, copies=copies, by=None, now=NOW))


def a_copy(school: School, title: NewTitle | None = None, **facts: object) -> Copy:
    (copy,) = take_in(school, NewCopy(title=title or a_title(), **facts))  # type: ignore[arg-type]
    return copy
