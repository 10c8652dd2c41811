"""What the rotation shall keep: entered, changed, removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.readers.models import SchoolClass
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import Period, Term, Wish
from shuxiang.timetable.queries import lessons_of
from shuxiang.timetable.rules import Objection, Reason

DAYS_IN_A_WEEK = 7
SAID = [field for field in Wish._meta.concrete_fields if not field.primary_key]
WITH_TIME = frozenset({Wish.Kind.ONLY, Wish.Kind.NOT, Wish.Kind.WANTS})


@transaction.atomic
def change_wish(
    *,
    term: Term,
    said: Mapping[str, Any],
    by: Account | None,
    now: datetime,
    wish: Wish | None = None,
) -> Wish:
    """
    Enter what the rotation of a term shall keep, or change it; `said` names the row's fields.

    :raises TimetableRefused: if it says nothing, or is for nobody
    """
    changed = wish or Wish(school=term.school, term=term)
    for field, value in said.items():
        setattr(changed, field, value)
    refuse_if(list(_objections(changed)))
    if _is_there(changed):
        refuse_if([Objection(reason=Reason.WISH_IS_THERE)])
    changed.save()
    record(
        "timetable.change_wish",
        changed,
        school=term.school,
        by=by,
        at=now,
        kind=changed.kind,
        weight=changed.weight,
        grades=[changed.first_grade, changed.last_grade],
        school_class=changed.school_class_id,
        purpose=changed.purpose,
        weekdays=changed.weekdays,
        part=changed.part,
        period=changed.period_id,
        times=changed.times,
        every=changed.every,
    )
    return changed


@transaction.atomic
def remove_wish(*, wish: Wish, by: Account, now: datetime) -> None:
    """Keep a wish no more."""
    record(
        "timetable.remove_wish",
        wish,
        school=wish.school,
        by=by,
        at=now,
        kind=wish.kind,
        school_class=wish.school_class_id,
        weekdays=wish.weekdays,
    )
    wish.delete()


@transaction.atomic
def set_lessons(
    *,
    term: Term,
    school_class: SchoolClass,
    lessons: Collection[tuple[int, Period]],
    by: Account | None,
    now: datetime,
) -> list[Wish]:
    """Say in which lessons, by weekday and period, a class can't come at all; replaces what was said."""
    lessons_of(term, school_class).delete()
    Wish.objects.bulk_create(
        Wish(
            school=term.school,
            term=term,
            kind=Wish.Kind.NOT,
            school_class=school_class,
            weekdays=[weekday],
            period=period,
        )
        for weekday, period in lessons
    )
    record(
        "timetable.set_lessons",
        school_class,
        school=term.school,
        by=by,
        at=now,
        term=term.pk,
        lessons=sorted([weekday, period.pk] for weekday, period in lessons),
    )
    return list(lessons_of(term, school_class))


@transaction.atomic
def copy_wishes(*, term: Term, source: Term, by: Account | None, now: datetime) -> int:
    """
    Keep in a term what another term kept, and tell how many wishes.

    Lessons of classes stay behind, and what the term keeps already.
    """
    wishes = list(Wish.objects.filter(term=source, school_class=None).order_by("id"))
    for wish in wishes:
        wish.pk, wish.term = None, term
    wishes = [wish for wish in wishes if not _is_there(wish)]
    Wish.objects.bulk_create(wishes)
    record(
        "timetable.copy_wishes",
        term,
        school=term.school,
        by=by,
        at=now,
        source=source.pk,
        wishes=len(wishes),
    )
    return len(wishes)


def _is_there(wish: Wish) -> bool:
    same = {field.attname: getattr(wish, field.attname) for field in SAID}
    return Wish.objects.filter(**same).exclude(pk=wish.pk).exists()


def _objections(wish: Wish) -> Iterator[Objection]:
    has_time = bool(wish.weekdays or wish.part or wish.period_id)
    if wish.kind in WITH_TIME and not has_time:
        yield Objection(reason=Reason.WISH_WITHOUT_TIME)
    if wish.kind == Wish.Kind.COMES and not wish.purpose:
        yield Objection(reason=Reason.WISH_WITHOUT_PURPOSE)
    if wish.first_grade and wish.last_grade and wish.last_grade < wish.first_grade:
        yield Objection(reason=Reason.WISH_GRADES_TURNED_ROUND)
    if wish.kind in (Wish.Kind.COMES, Wish.Kind.APART):
        most = DAYS_IN_A_WEEK * (wish.every if wish.kind == Wish.Kind.COMES else 1)
        if not 1 <= wish.times <= most:
            yield Objection(reason=Reason.WISH_TOO_OFTEN, details={"most": most})
