"""Gather the facts that the rules of lending weigh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from shuxiang.catalogue.models import Copy, Holding, Standing
from shuxiang.circulation.models import Hold, Loan, Visit
from shuxiang.circulation.queries import hot
from shuxiang.circulation.queries.hot import Known, ToLend
from shuxiang.circulation.queries.policy import Policy, policy_at, policy_of
from shuxiang.circulation.queries.whereabouts import NOT_TO_BE_HAD
from shuxiang.circulation.rules import (
    CLOCK_TOLERANCE,
    HoldFacts,
    LendingFacts,
    Mode,
    Reason,
    RenewalFacts,
    Terms,
    Way,
    due_on,
)
from shuxiang.platform.audit.actions import Act
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import class_of
from shuxiang.timetable.rules import Who, closing_time

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
    year = policy_of(reader.school, day).school_year
    return Place(school_class=school_class, grade=school_class.grade(year))


def terms_of(
    reader: Reader, place: Place, day: date, collection: int | None = None
) -> Terms | None:
    """Find the lending terms of a reader for a part of the stock."""
    return policy_of(reader.school, day).terms(
        category=reader.category, grade=place.grade, collection=collection
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


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A loan that is asked for, with all that is known of it."""

    copy: Copy
    reader: Reader
    place: Place
    policy: Policy
    facts: LendingFacts
    terms: Terms | None
    holds: int
    """Open holds on the title: none means that no queue need be read."""
    known: Known


def asked(*, copy: Copy, reader: Reader, act: Act, visit: Visit | None, in_room: bool) -> Asked:
    """
    Gather all that `may_borrow` needs, in one statement where nothing is odd.

    What decides of the copy and the reader is read anew and written on both.
    """
    school = reader.school
    day = school.day(act.now)
    hot.lock(reader=reader.pk, copy=copy.pk)
    found = hot.to_lend(
        school,
        reader=reader.pk,
        copy=copy.pk,
        day=day,
        nonce=act.nonce,
        latest=act.now + CLOCK_TOLERANCE,
    )
    copy.standing, copy.collection_id = found.standing, found.collection
    reader.category, reader.limit, reader.left_on = found.category, found.limit, found.left_on
    policy = policy_at(school, day, found.known.stamp)
    grade = found.school_class.grade(policy.school_year) if found.school_class else None
    place = Place(school_class=found.school_class, grade=grade)
    return Asked(
        copy=copy,
        reader=reader,
        place=place,
        policy=policy,
        facts=_facts(
            found, reader=reader, place=place, policy=policy, visit=visit, in_room=in_room
        ),
        terms=policy.terms(
            category=reader.category, grade=place.grade, collection=copy.collection_id
        ),
        holds=found.holds,
        known=found.known,
    )


def _facts(
    found: ToLend,
    *,
    reader: Reader,
    place: Place,
    policy: Policy,
    visit: Visit | None,
    in_room: bool,
) -> LendingFacts:
    own, here = place.school_class, visit.school_class_id if visit else None
    return LendingFacts(
        reader_left=found.left_on is not None,
        restrictions=restrictions_of(reader, policy.day) if found.restrictions else (),
        loans_on_hand=found.at_home,
        limit=found.limit,
        overdue=found.overdue,
        has_title_on_hand=found.same_title > 0,
        copy_on_loan=found.copy_out > 0,
        copy_standing=SPEAKS_AGAINST.get(found.standing),
        waiting=waiting_before(reader, found.holding) if found.holds else 0,
        in_room=in_room,
        way=Way.WITH_CLASS if own and own.pk == here else Way.ALONE,
        of_another_class=bool(own and here and own.pk != here),
        mode=policy.mode(grade=place.grade, school_class=own.pk) if own else Mode.BOTH,
        lending_has_ended=policy.lending_has_ended,
        closed_today=not policy.calendar.is_open(policy.day),
    )


@dataclass(frozen=True, kw_only=True)
class Due:
    """When a loan is due, and whether that is a visit of its reader's class."""

    on: date
    at_visit: bool


def due(
    *, category: str, place: Place, policy: Policy, terms: Terms, renewing: Loan | None = None
) -> Due:
    """Tell when a loan that is made today is due; one that is renewed waits for the visit after its own."""
    visit_on = None
    if terms.until_next_visit and place.school_class:
        after = renewing.due_on if renewing else None
        visit_on = policy.next_visit_on(place.school_class.pk, after=after)
    on = due_on(
        policy.day,
        terms.renewal_days if renewing else terms.loan_days,
        policy.calendar,
        recall_on=policy.recall_on,
        next_visit_on=visit_on,
        who=Who(category=category, grade=place.grade),
    )
    return Due(on=on, at_visit=visit_on is not None)


def closing_today(*, reader: Reader, place: Place, policy: Policy) -> time | None:
    """Tell when the room closes for this reader today; None if no hours are set."""
    return closing_time(policy.calendar, policy.day, category=reader.category, grade=place.grade)


def renewal_facts(*, loan: Loan, new_due_on: date, today: date) -> RenewalFacts:
    """Gather what `may_renew` needs of one loan."""
    reader = loan.borrower
    return RenewalFacts(
        returned=loan.returned_at is not None,
        in_room=loan.kind == Loan.Kind.IN_ROOM,
        renewals=loan.renewals,
        overdue=loan.due_on < today,
        waiting=waiting_before(reader, loan.copy.holding_id),
        restrictions=restrictions_of(reader, today),
        due_on=loan.due_on,
        new_due_on=new_due_on,
    )


def hold_facts(*, holding: Holding, reader: Reader, today: date) -> HoldFacts:
    """Gather what `may_hold` needs."""
    open_holds = Hold.objects.open().filter(reader=reader)
    copies = Copy.objects.on_the_books().filter(school=reader.school, holding=holding)
    out = Loan.objects.on_hand().filter(copy__holding=holding)
    in_now = copies.exclude(standing__in=NOT_TO_BE_HAD).exclude(pk__in=out.values("copy"))
    return HoldFacts(
        reader_left=reader.left_on is not None,
        restrictions=restrictions_of(reader, today),
        already_held=open_holds.filter(holding=holding).exists(),
        title_on_hand=out.filter(reader=reader).exists(),
        open_holds=open_holds.count(),
        copies=copies.count(),
        copies_in=in_now.count(),
    )
