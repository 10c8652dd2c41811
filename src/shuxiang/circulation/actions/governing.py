"""The policy of lending: terms, modes, the clock, and how long a reader's name is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuxiang.circulation.actions.counting import keep_counts
from shuxiang.circulation.models import (
    DueChange,
    Entrance,
    Hold,
    LendingMode,
    LendingTerms,
    Loan,
    VisitMark,
)
from shuxiang.circulation.rules import Mode
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School, Setting
from shuxiang.readers.models import SchoolClass


@transaction.atomic
def change_terms(
    *, school: School, row: Mapping[str, Any], by: Account | None, now: datetime
) -> LendingTerms:
    """Set the row of the lending rules for row's category, grade and collection."""
    key = {name: row.get(name) for name in ("category", "grade", "collection")}
    values = {name: value for name, value in row.items() if name not in key}
    found = LendingTerms.objects.filter(school=school, **key).first()
    terms = found or LendingTerms(school=school, **key)
    for name, value in values.items():
        setattr(terms, name, value)
    terms.full_clean(exclude=["school"], validate_constraints=False)
    terms.save()
    record("circulation.change_terms", terms, school=school, by=by, at=now, **values)
    return terms


@transaction.atomic
def remove_terms(*, terms: LendingTerms, by: Account, now: datetime) -> None:
    """Take a row off the lending rules; the next more general row holds from now on."""
    record(
        "circulation.remove_terms",
        terms,
        school=terms.school,
        by=by,
        at=now,
        category=terms.category,
        grade=terms.grade,
        collection=terms.collection_id,
    )
    terms.delete()


@transaction.atomic
def set_mode(
    *,
    school: School,
    mode: Mode,
    from_on: date,
    by: Account | None,
    now: datetime,
    grade: int | None = None,
    school_class: SchoolClass | None = None,
) -> LendingMode:
    """Let all, a grade or a class borrow in another way from a day on."""
    row, _ = LendingMode.objects.update_or_create(
        school=school,
        grade=grade,
        school_class=school_class,
        from_on=from_on,
        defaults={"mode": mode},
    )
    record("circulation.set_mode", row, school=school, by=by, at=now, mode=mode, grade=grade)
    return row


@transaction.atomic
def take_back_mode(*, row: LendingMode, by: Account, now: datetime) -> None:
    """Strike out a change of mode; what was said before it holds again."""
    record("circulation.take_back_mode", row, school=row.school, by=by, at=now, mode=row.mode)
    row.delete()


@transaction.atomic
def trust_clock(*, school: School, by: Account, now: datetime) -> None:
    """Say that the computer's clock is right although earlier entries have a later time."""
    last = Entry.objects.filter(school=school).order_by("-pk").first()
    Setting.objects.update_or_create(
        school=school, name="clock.right_after", defaults={"value": last.pk if last else 0}
    )
    record("circulation.trust_clock", None, school=school, by=by, at=now)


@transaction.atomic
def forget(*, school: School, before: date, now: datetime) -> dict[str, int]:
    """Take the readers off what ended on `before` or earlier; counts by class and grade stay."""
    keep_counts(school=school, before=before)
    loans = Loan.objects.filter(
        school=school, returned_on__lte=before, reader__isnull=False
    ).update(reader=None)
    holds = Hold.objects.filter(
        school=school, closed_at__date__lte=before, reader__isnull=False
    ).update(reader=None)
    marks = VisitMark.objects.filter(
        school=school, visit__on__lte=before, reader__isnull=False
    ).update(reader=None)
    DueChange.objects.filter(school=school, loan__returned_on__lte=before).update(reason="")
    entrances = Entrance.objects.filter(school=school, on__lte=before, reader__isnull=False).update(
        reader=None
    )
    counts = {"loans": loans, "holds": holds, "marks": marks, "entrances": entrances}
    if any(counts.values()):
        record(
            "circulation.forget",
            None,
            school=school,
            by=None,
            at=now,
            before=before.isoformat(),
            **counts,
        )
    return counts
