"""Write down who was told of late books."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from shuxiang.circulation.models import Loan, Notice, NoticedLoan
from shuxiang.circulation.queries.borrowing import see_class_borrowing
from shuxiang.circulation.queries.late import told_of
from shuxiang.circulation.rules import Channel, Whom
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import classes_of, teachers_by_class

MOST_NAMES = 120


class NothingToTell(Exception):
    """All these books have come back, or were told of today; nothing was written."""


@transaction.atomic
def tell(
    *,
    school: School,
    loans: Collection[int],
    whom: Whom,
    channel: Channel,
    by: Account,
    now: datetime,
    kind: Notice.Kind = Notice.Kind.LATE,
) -> list[Notice]:
    """
    Write down that somebody was told of these books: a notice a class, one for the staff.

    :raises NothingToTell: if none of these books is late (or out, for a recall) any more,
        or all were told of today
    """
    today = school.day(now)
    meant = _not_told_of(school, loans, whom, kind, today)
    if not meant:
        raise NothingToTell
    places = classes_of([loan.borrower for loan in meant], today)
    by_class: dict[SchoolClass | None, list[Loan]] = {}
    for loan in meant:
        by_class.setdefault(places.get(loan.reader_id or 0), []).append(loan)
    teachers = teachers_by_class([its for its in by_class if its])
    notices = []
    for its, books in by_class.items():
        named = teachers.get(its.pk, []) if its else []
        notice = Notice.objects.create(
            school=school,
            kind=kind,
            whom=whom,
            channel=channel,
            school_class=its,
            teachers="、".join(each.name for each in named)[:MOST_NAMES],
            on=today,
            told_at=now,
            by=by,
            books=len(books),
            pupils=len({loan.reader_id for loan in books}),
        )
        NoticedLoan.objects.bulk_create(
            NoticedLoan(school=school, notice=notice, loan=loan) for loan in books
        )
        notices.append(notice)
    keys = [notice.pk for notice in notices]
    told = {"kind": kind, "whom": whom, "channel": channel, "notices": keys, "books": len(meant)}
    record("circulation.tell", None, school=school, by=by, at=now, **told)
    return notices


def _not_told_of(  # noqa: PLR0917 - one question
    school: School, loans: Collection[int], whom: Whom, kind: Notice.Kind, today: date
) -> list[Loan]:
    """Choose and lock those of which this one is still to be told."""
    locked = Loan.objects.select_for_update(of=("self",)).on_hand().select_related("reader")
    wanted = locked.filter(school=school, pk__in=loans).order_by("pk")
    found = list(wanted.overdue(today) if kind is Notice.Kind.LATE else wanted)
    told = told_of(found, kind)
    return [
        loan
        for loan in found
        if not any(one.on == today and one.whom is whom for one in told.get(loan.pk, ()))
    ]


@transaction.atomic
def tell_not_borrowed(*, school_class: SchoolClass, by: Account, now: datetime) -> Notice:
    """
    Give the class teacher the list of those who have borrowed nothing this term.

    :raises NothingToTell: if everybody has borrowed, or the teacher was told today
    """
    school, today = school_class.school, school_class.school.day(now)
    SchoolClass.objects.select_for_update(of=("self",)).get(pk=school_class.pk)
    seen = see_class_borrowing(school_class, today)
    if seen is None or not seen.none_yet or seen.told_on == today:
        raise NothingToTell
    notice = Notice.objects.create(
        school=school,
        kind=Notice.Kind.NOT_BORROWED,
        whom=Whom.CLASS_TEACHER,
        channel=Channel.LIST,
        school_class=school_class,
        teachers=seen.teachers[:MOST_NAMES],
        on=today,
        told_at=now,
        by=by,
        books=0,
        pupils=len(seen.none_yet),
    )
    record(
        "circulation.tell_not_borrowed",
        notice,
        school=school,
        by=by,
        at=now,
        school_class=school_class.pk,
        pupils=notice.pupils,
    )
    return notice


@transaction.atomic
def take_notice_back(*, notice: Notice, by: Account, now: datetime) -> Notice:
    """Say that nobody was told after all; twice is the same."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.taken_back_at is None:
        notice.taken_back_at = now
        notice.save(update_fields=["taken_back_at"])
        record("circulation.take_notice_back", notice, school=notice.school, by=by, at=now)
    return notice
