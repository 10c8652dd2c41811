"""The school's rules of lending on a day, kept in memory as long as nobody changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
from shuxiang.platform.database.plain import one
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import class_name, class_teachers, classes_at_school
from shuxiang.timetable.queries import calendar, lending_comings, term_on
from shuxiang.timetable.rules import Calendar, Comings, next_coming


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Everything that decides about a loan, or is shown beside it, and is the same for the next."""

    stamp: int
    day: date
    rows: tuple[TermsRow, ...]
    modes: tuple[ModeRow, ...]
    calendar: Calendar
    recall_on: date | None
    last_lending_on: date | None
    since: date
    """The first day of the term, or of the year where there is no term."""
    school_year: int
    comings: Mapping[int, Comings]
    """When each class comes to borrow, by the classes' keys."""
    teachers: Mapping[int, str]
    """The names of each class's teachers, by the classes' keys."""

    def terms(self, *, category: str, grade: int | None, collection: int | None) -> Terms | None:
        return pick(self.rows, category=category, grade=grade, collection=collection)

    def mode(self, *, grade: int | None, school_class: int | None) -> Mode:
        return mode_on(self.modes, self.day, grade=grade, school_class=school_class)

    @property
    def lending_has_ended(self) -> bool:
        """Tell whether the last lending day of the term is past."""
        return self.last_lending_on is not None and self.last_lending_on < self.day

    def next_visit_on(self, school_class: int, *, after: date | None = None) -> date | None:
        """Tell when a class comes to borrow next, or next after a day that is still to come."""
        comings = self.comings.get(school_class)
        later = max(self.day, after or self.day)
        return next_coming(comings, later, self.calendar) if comings else None

    def name_of(self, school_class: SchoolClass) -> str:
        """Write the name that a class has on the day."""
        return class_name(school_class, self.school_year)


_kept: dict[int, Policy] = {}
"""By school. A policy is thrown away when the school's stamp or the day is another."""


def policy_of(school: School, day: date) -> Policy:
    """Read the rules that hold in a school on a day; one short query when they are known."""
    return policy_at(school, day, _stamp(school))


def policy_at(school: School, day: date, stamp: int) -> Policy:
    """Give the rules of a school that bears a stamp: as they are kept, or read anew."""
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
        last_lending_on=term.last_lending_on if term else None,
        since=term.starts_on if term else day.replace(month=1, day=1),
        school_year=school_year(school, day),
        comings=lending_comings(school, day),
        teachers={
            pk: "、".join(str(teacher) for teacher in named)
            for pk, named in class_teachers(school).items()
        },
    )
    _kept[school.pk] = read
    return read


def due_between_visits(school: School, day: date) -> list[SchoolClass]:
    """List the classes that come by the rotation alone, and whose books are due by days all the same."""
    policy = policy_of(school, day)

    def by_days(each: SchoolClass) -> bool:
        grade = each.grade(policy.school_year)
        terms = policy.terms(category=Reader.Category.PUPIL, grade=grade, collection=None)
        mode = policy.mode(grade=grade, school_class=each.pk)
        return mode is Mode.TIMETABLE and terms is not None and not terms.until_next_visit

    here = classes_at_school(school, policy.school_year)
    return [each for each in here if each.pk in policy.comings and by_days(each)]


def policy_kept(school: School, day: date) -> Policy:
    """Give the rules as they were when they were last asked for: for who checks the stamp after."""
    known = _kept.get(school.pk)
    return known if known and known.day == day else policy_of(school, day)


def _stamp(school: School) -> int:
    row = one("SELECT stamp FROM schools_school WHERE id = %s", [school.pk])
    return int(next(row)) if row else 0


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
