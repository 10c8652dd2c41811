"""Gather the facts that the rules of lending weigh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Q

from shuxiang.catalogue.models import Copy, Holding, Standing
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries.policy import mode_for, terms_for
from shuxiang.circulation.rules import (
    HoldFacts,
    LendingFacts,
    Reason,
    RenewalFacts,
    Terms,
    Way,
    due_on,
)
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import class_of
from shuxiang.timetable.queries import calendar, closing_time, next_turn_on, term_on

SPEAKS_AGAINST: dict[str, Reason] = {
    Standing.WITHDRAWN: Reason.COPY_WITHDRAWN,
    Standing.IN_REPAIR: Reason.COPY_IN_REPAIR,
    Standing.LOST: Reason.COPY_LOST,
    Standing.MISSING: Reason.COPY_LOST,
    Standing.IN_PROCESS: Reason.COPY_IN_PROCESS,
    Standing.IN_CLASS_BOX: Reason.COPY_IN_CLASS_BOX,
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a reader stands on a day: class and grade, both None for staff."""

    school_class: SchoolClass | None
    grade: int | None


def place_of(reader: Reader, day: date) -> Place:
    """Tell a reader's class and grade on a day."""
    school_class = class_of(reader, day)
    if school_class is None:
        return Place(school_class=None, grade=None)
    return Place(
        school_class=school_class, grade=school_class.grade(school_year(reader.school, day))
    )


def terms_of(reader: Reader, place: Place, collection: int | None = None) -> Terms | None:
    """Find the lending terms of a reader for a part of the stock."""
    return terms_for(
        school=reader.school, category=reader.category, grade=place.grade, collection=collection
    )


def restrictions_of(reader: Reader, day: date) -> tuple[str, ...]:
    """List why a reader may not borrow at present."""
    in_force = reader.restrictions.in_force(day).order_by("id")
    return tuple(in_force.values_list("why", flat=True))


def waiting_before(reader: Reader, holding: Holding | int) -> int:
    """Count the others who come before a reader in the queue for a title."""
    queue = list(
        Hold.objects.open()
        .filter(school=reader.school, holding=holding)
        .order_by("placed_at", "id")
        .values_list("reader_id", flat=True)
    )
    return queue.index(reader.pk) if reader.pk in queue else len(queue)


def lending_facts(
    *, copy: Copy, reader: Reader, place: Place, today: date, way: Way, in_room: bool
) -> LendingFacts:
    """Gather, in a fixed number of queries, all that `may_borrow` needs."""
    at_home = Q(kind=Loan.Kind.HOME)
    hand = (
        Loan.objects.on_hand()
        .filter(reader=reader)
        .aggregate(
            loans=Count("pk", filter=at_home),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            same_title=Count("pk", filter=Q(copy__holding=copy.holding_id)),
        )
    )
    return LendingFacts(
        reader_left=reader.left_on is not None,
        restrictions=restrictions_of(reader, today),
        loans_on_hand=hand["loans"],
        limit=reader.limit,
        overdue=hand["overdue"],
        has_title_on_hand=hand["same_title"] > 0,
        copy_on_loan=Loan.objects.on_hand().filter(copy=copy).exists(),
        copy_standing=SPEAKS_AGAINST.get(copy.standing),
        waiting=waiting_before(reader, copy.holding_id),
        in_room=in_room,
        way=way,
        mode=mode_for(
            school=reader.school,
            day=today,
            grade=place.grade,
            school_class=place.school_class.pk if place.school_class else None,
        ),
        closed_today=not calendar(reader.school, around=today).is_open(today),
    )


def due_day(*, reader: Reader, place: Place, days: int, today: date, terms: Terms) -> date:
    """Tell when a loan of so many days is due for this reader."""
    term = term_on(reader.school, today)
    next_visit_on = None
    if terms.until_next_visit and place.school_class:
        next_visit_on = next_turn_on(reader.school, place.school_class, today)
    return due_on(
        today,
        days,
        calendar(reader.school, around=today),
        recall_on=term.recall_on if term else None,
        next_visit_on=next_visit_on,
    )


def closing_today(*, reader: Reader, place: Place, today: date) -> time | None:
    """Tell when the room closes for this reader today; None if no hours are set."""
    return closing_time(reader.school, today, category=reader.category, grade=place.grade)


def renewal_facts(*, loan: Loan, terms: Terms, today: date) -> RenewalFacts:
    """Gather what `may_renew` needs of one loan."""
    reader = loan.borrower
    place = place_of(reader, today)
    renewed = due_day(reader=reader, place=place, days=terms.renewal_days, today=today, terms=terms)
    return RenewalFacts(
        returned=loan.returned_at is not None,
        in_room=loan.kind == Loan.Kind.IN_ROOM,
        renewals=loan.renewals,
        overdue=loan.due_on < today,
        waiting=waiting_before(reader, loan.copy.holding_id),
        restrictions=restrictions_of(reader, today),
        due_on=loan.due_on,
        new_due_on=renewed,
    )


def hold_facts(*, holding: Holding, reader: Reader, today: date) -> HoldFacts:
    """Gather what `may_hold` needs."""
    open_holds = Hold.objects.open().filter(reader=reader)
    copies = Copy.objects.on_the_books().filter(school=reader.school, holding=holding)
    out = Loan.objects.on_hand().filter(copy__holding=holding)
    not_for_loan = [Standing.LOST, Standing.MISSING, Standing.SET_ASIDE, Standing.IN_REPAIR]
    in_now = copies.exclude(standing__in=not_for_loan).exclude(pk__in=out.values("copy"))
    return HoldFacts(
        reader_left=reader.left_on is not None,
        restrictions=restrictions_of(reader, today),
        already_held=open_holds.filter(holding=holding).exists(),
        title_on_hand=out.filter(reader=reader).exists(),
        open_holds=open_holds.count(),
        copies=copies.count(),
        copies_in=in_now.count(),
    )
