"""Which lending terms and which mode hold."""

from __future__ import annotations

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
from shuxiang.platform.schools.models import School


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


def terms_for(
    *, school: School, category: str, grade: int | None, collection: int | None = None
) -> Terms | None:
    """Find the terms that hold for a kind of reader and a part of the stock."""
    return pick(terms_rows(school), category=category, grade=grade, collection=collection)


def mode_for(*, school: School, day: date, grade: int | None, school_class: int | None) -> Mode:
    """Tell how a class borrows on a day."""
    rows = (
        ModeRow(
            mode=Mode(row.mode),
            from_on=row.from_on,
            grade=row.grade,
            school_class=row.school_class_id,
        )
        for row in LendingMode.objects.filter(school=school, from_on__lte=day)
    )
    return mode_on(rows, day, grade=grade, school_class=school_class)
