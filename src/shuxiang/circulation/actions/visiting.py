"""A class comes: open the visit, say who is away, close it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.circulation.models import Visit, VisitMark
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import Act, record, record_act
from shuxiang.platform.audit.models import Entry
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.timetable.models import Turn


class VisitClosed(Exception):
    """The visit has ended; nothing was written."""


@transaction.atomic
def open_visit(
    *, school_class: SchoolClass, by: Account, now: datetime, turn: Turn | None = None
) -> Visit:
    """Open a class's visit, or go on with the one that is open today."""
    SchoolClass.objects.select_for_update(of=("self",)).get(pk=school_class.pk)
    school = school_class.school
    today = school.day(now)
    open_now = Visit.objects.filter(school_class=school_class, closed_at=None).first()
    if open_now and open_now.on == today:
        return open_now
    if open_now:  # forgotten on another day
        _close(open_now, None, by, now)
    visit = Visit.objects.create(
        school=school, school_class=school_class, turn=turn, on=today, opened_at=now, opened_by=by
    )
    record("circulation.open_visit", visit, school=school, by=by, at=now)
    return visit


@transaction.atomic
def mark_absent(*, visit: Visit, reader: Reader, act: Act) -> Entry:
    """Say that a pupil is away today; said again, it is taken back.

    :raises VisitClosed: if the visit has ended
    :raises NonceReused: if the act's number did something else before
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if done := act.done(visit.school):
        return done
    if visit.closed_at:
        raise VisitClosed
    marks = VisitMark.objects.filter(visit=visit, reader=reader, mark=VisitMark.Mark.ABSENT)
    back = marks.exists()
    if back:
        marks.delete()
    else:
        VisitMark.objects.create(
            school=visit.school,
            visit=visit,
            reader=reader,
            mark=VisitMark.Mark.ABSENT,
            marked_at=act.now,
        )
    return record_act("circulation.mark_absent", visit, school=visit.school, act=act, back=back)


@transaction.atomic
def close_visit(*, visit: Visit, in_order: bool | None, by: Account, now: datetime) -> Visit:
    """End a visit, saying whether books are back and chairs in order; twice is the same."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.closed_at is None:
        _close(visit, in_order, by, now)
    return visit


def _close(visit: Visit, in_order: bool | None, by: Account, now: datetime) -> None:
    visit.closed_at, visit.in_order = now, in_order
    visit.save(update_fields=["closed_at", "in_order"])
    record("circulation.close_visit", visit, school=visit.school, by=by, at=now, in_order=in_order)
