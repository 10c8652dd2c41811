"""A new school year for 3,000 pupils: looked at, carried out in one act, taken back as a whole.

The floor is the same stays ended and begun by two bare statements, which are rolled back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from django.db import connection, transaction
from django_scopes import scope

from bench.parts import large_school
from bench.parts.measuring import line
from shuxiang.circulation.actions import begin_year, undo_year
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.readers.actions import bring_year
from shuxiang.readers.models import NewYear
from shuxiang.readers.queries.new_year import pupils_present, year_plan
from shuxiang.readers.rules.new_year import Entry, Listed, Present

NEW = 500
DIVIDED, GONE = 2, 20
"""Every second pupil changes class, every twentieth leaves."""
END = "UPDATE readers_membership SET until_on = from_on WHERE until_on IS NULL"
BEGIN = (
    "INSERT INTO readers_membership (school_id, reader_id, school_class_id, from_on)"
    " SELECT school_id, reader_id, school_class_id, '2027-09-01' FROM readers_membership"
)


def main() -> None:
    large_school.add_pupils()
    school, now = School.objects.get(), datetime.now(UTC)
    with scope(school=school):
        present = pupils_present(school)
        print(f"a new school year for {len(present)} pupils")
        by = Account.objects.order_by("pk")[0]
        first_year = school.day(now).year + 1
        year = bring_year(
            school=school,
            first_year=first_year,
            file="bench.xlsx",
            listed=_list(present, first_year),
            unread=[],
            by=by,
            now=now,
        )
        _measure(year, by, now)


def _measure(year: NewYear, by: Account, now: datetime) -> None:
    shown = year_plan(year).stamp
    floor = _seconds(_by_hand)
    for name, does in (
        ("looked at", lambda: year_plan(year)),
        ("carried out in one act", lambda: begin_year(year=year, shown=shown, by=by, now=now)),
        ("taken back as a whole", lambda: undo_year(year=year, by=by, now=now)),
    ):
        took = _seconds(does)
        line(name, took, "s", took / floor)


def _seconds(does: Callable[[], object]) -> float:
    began = time.perf_counter()
    does()
    return time.perf_counter() - began


def _by_hand() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(END)
        cursor.execute(BEGIN)
        transaction.set_rollback(True)


def _list(present: Sequence[Present], first_year: int) -> list[Listed]:
    here = [one for place, one in enumerate(present) if place % GONE]
    listed = [
        Listed(
            place=place,
            name=one.name,
            entry=one.entry._replace(mark=f"新{place % 5}") if place % DIVIDED else one.entry,
            number=one.number,
            card=one.card,
        )
        for place, one in enumerate(here)
        if one.entry
    ]
    new = [
        Listed(
            place=len(present) + n,
            name=f"新同学{n}",
            entry=Entry("primary", first_year, str(n % 10)),
            number=f"N{n:05}",
        )
        for n in range(NEW)
    ]
    return [*listed, *new]


if __name__ == "__main__":
    main()
