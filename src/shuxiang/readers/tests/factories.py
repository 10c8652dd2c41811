"""A small school for tests, made through the rooms' own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from shuxiang.platform.accounts import actions as accounts
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools import actions as schools
from shuxiang.platform.schools import rules as school_rules
from shuxiang.platform.schools.models import School
from shuxiang.readers import actions
from shuxiang.readers.models import Reader, SchoolClass

NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)  # a Monday, 10:20 at the school
TODAY = date(2026, 11, 23)
YEAR = 2026
SECRET = "kite-over-the-river"  # noqa: S105
_next = count(1)


def a_school(name: str = "青禾小学", **more: Any) -> School:
    return schools.create_school(name=name, code=f"test-{next(_next)}", by=None, now=NOW, **more)


def an_account(school: School, *roles: Role, name: str = "周敏", username: str = "") -> Account:
    issued = accounts.add_account(
        school=school,
        username=username or f"person{next(_next)}",
        name=name,
        roles=roles or (Role.LIBRARIAN,),
        password=SECRET,
        by=None,
        now=NOW,
    )
    return issued.account


def a_class(school: School, grade: int = 3, number: int = 2) -> SchoolClass:
    primary_years = school.primary_years
    return actions.add_class(
        school=school,
        stage=school_rules.stage_of(grade, primary_years=primary_years),
        cohort=school_rules.cohort(grade, school_year=YEAR, primary_years=primary_years),
        number=number,
        mark=str(number),
        by=None,
        now=NOW,
    )


def a_reader(
    school: School,
    name: str = "林书言",
    *,
    school_class: SchoolClass | None = None,
    category: str = Reader.Category.PUPIL,
    joined_on: date = date(2026, 9, 1),
    number: str = "",
    card: str = "",
    seat: int | None = None,
) -> Reader:
    return actions.add_reader(
        school=school,
        name=name,
        category=category,
        school_class=school_class,
        joined_on=joined_on,
        number=number,
        card=card,
        seat=seat,
        by=None,
        now=NOW,
    )
