"""The school's rules of lending on a day, kept in memory as long as nobody changes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from shuxiang.circulation.models import LendingMode, LendingTerms
from shuxiang.circulation.rules import (
    Mode,
    ModeRow,
    Reason,
    Terms,
    TermsRow,
    Weight,
    mode_on,
    pick,
)
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.timetable.queries import calendar, term_on
from shuxiang.timetable.rules import Calendar


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Everything that decides about a loan and is the same for the next one."""

    stamp: int
    day: date
    rows: tuple[TermsRow, ...]
    modes: tuple[ModeRow, ...]
    calendar: Calendar
    recall_on: date | None
    school_year: int

    def terms(self, *, category: str, grade: int | None, collection: int | None) -> Terms | None:
        return pick(self.rows, category=category, grade=grade, collection=collection)

    def mode(self, *, grade: int | None, school_class: int | None) -> Mode:
        return mode_on(self.modes, self.day, grade=grade, school_class=school_class)


_kept: dict[int, Policy] = {}
"""By school. A policy is thrown away when the school's stamp or the day is another."""


def policy_of(school: School, day: date) -> Policy:
    """Read the rules that hold in a school on a day; one short query when they are known."""
    stamp = _stamp(school)
    known = _kept.get(school.pk)
    if known and known.stamp == stamp and known.day == day:
        return known
    term = term_on(school, day)
    read = Policy(
        stamp=stamp,
        day=day,
        rows=terms_rows(school),
        modes=_mode_rows(school),
        calendar=calendar(school, around=day),
        recall_on=term.recall_on if term else None,
        school_year=school_year(school, day),
    )
    _kept[school.pk] = read
    return read


def _stamp(school: School) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stamp FROM schools_school WHERE id = %s", [school.pk])
        return int(cursor.fetchone()[0])


def terms_rows(school: School) -> tuple[TermsRow, ...]:
    """Read all lending terms of a school, in one query."""
    return tuple(
        TermsRow(
            category=row.category,
            grade=row.grade,
            collection=row.collection_id,
            terms=Terms(
                max_loans=row.max_loans,
                loan_days=row.loan_days,
                renewals=row.renewals,
                renewal_days=row.renewal_days,
                max_holds=row.max_holds,
                in_room_only=row.in_room_only,
                until_next_visit=row.until_next_visit,
                weights={Reason(code): Weight(weight) for code, weight in row.weights.items()},
            ),
        )
        for row in LendingTerms.objects.filter(school=school).order_by("id")
    )


def _mode_rows(school: School) -> tuple[ModeRow, ...]:
    return tuple(
        ModeRow(
            mode=Mode(row.mode),
            from_on=row.from_on,
            grade=row.grade,
            school_class=row.school_class_id,
        )
        for row in LendingMode.objects.filter(school=school).order_by("id")
    )


def terms_for(
    *, school: School, category: str, grade: int | None, collection: int | None = None
) -> Terms | None:
    """Find the terms that hold for a kind of reader and a part of the stock."""
    return pick(terms_rows(school), category=category, grade=grade, collection=collection)


def mode_for(*, school: School, day: date, grade: int | None, school_class: int | None) -> Mode:
    """Tell how a class borrows on a day."""
    return mode_on(_mode_rows(school), day, grade=grade, school_class=school_class)
