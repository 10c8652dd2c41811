"""What can be done to schools, their years and settings. The only place that writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django_scopes import scope

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools import rules
from shuxiang.platform.schools.models import School, SchoolYear, Setting
from shuxiang.platform.schools.queries import UnknownSetting, is_known

CHANGEABLE = ("name", "kind", "primary_years", "zone")
PRIMARY_YEARS = (5, 6)


class UnknownZone(Exception):
    """The system knows no time zone of this name."""


@transaction.atomic
def create_school(
    *,
    name: str,
    by: Account | None,
    now: datetime,
    kind: str = School.Kind.PRIMARY,
    primary_years: int = 6,
    code: str = "",
    zone: str = "Asia/Shanghai",
    is_demo: bool = False,
) -> School:
    """
    Add a school with the school year of today; without a code it gets the next free one.

    :raises UnknownZone: if there is no such time zone
    """
    _check_zone(zone)
    school = School.objects.create(
        name=name.strip(),
        code=code or f"school-{School.objects.count() + 1}",
        kind=kind,
        primary_years=primary_years,
        zone=zone,
        is_demo=is_demo,
        created_at=now,
    )
    with scope(school=school):
        _year(school, rules.school_year_of(school.day(now)))
        record("schools.create_school", school, school=school, by=by, at=now)
    return school


@transaction.atomic
def open_year(*, school: School, first_year: int, by: Account | None, now: datetime) -> SchoolYear:
    """Add the school year that begins in `first_year`, or give the one that is there."""
    year, is_new = _year(school, first_year)
    if is_new:
        record("schools.open_year", year, school=school, by=by, at=now, first_year=first_year)
    return year


@transaction.atomic
def change_school(
    *, school: School, changes: Mapping[str, Any], by: Account | None, now: datetime
) -> School:
    """
    Change name, kind, years of primary school or time zone.

    :raises UnknownZone: if there is no such time zone
    :raises KeyError: if another field is named
    """
    if unknown := set(changes) - set(CHANGEABLE):
        raise KeyError(*unknown)
    if "zone" in changes:
        _check_zone(changes["zone"])
    school = School.objects.select_for_update().get(pk=school.pk)
    for field, value in changes.items():
        setattr(school, field, value)
    school.save(update_fields=list(changes))
    record("schools.change_school", school, school=school, by=by, at=now, **changes)
    return school


@transaction.atomic
def change_settings(
    *, school: School, changes: Mapping[str, Any], by: Account | None, now: datetime
) -> None:
    """
    Set what the school has chosen, by the names of `queries.DEFAULTS`.

    :raises UnknownSetting: if the code knows no setting of a name
    """
    for name in changes:
        if not is_known(name):
            raise UnknownSetting(name)
    for name, value in changes.items():
        Setting.objects.update_or_create(school=school, name=name, defaults={"value": value})
    record("schools.change_settings", school, school=school, by=by, at=now, changed=dict(changes))


def restamp(*, school: School, stamp: int) -> None:
    """Give a school a stamp that is known beforehand, so that a demo is the same each time."""
    School.objects.filter(pk=school.pk).update(stamp=stamp)


def _year(school: School, first_year: int) -> tuple[SchoolYear, bool]:
    return SchoolYear.objects.get_or_create(
        school=school,
        first_year=first_year,
        defaults={
            "starts_on": date(first_year, rules.FIRST_MONTH_OF_YEAR, 1),
            "ends_on": date(first_year + 1, rules.FIRST_MONTH_OF_YEAR - 1, 31),
        },
    )


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:  # "", a path, a folder
        raise UnknownZone(zone) from unknown
