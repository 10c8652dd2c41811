"""The end of term: what is out falls due by the recall day, or stays out with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from shuxiang.circulation.actions.moving import A_BATCH, locked, move
from shuxiang.circulation.models import DueChange, Loan
from shuxiang.circulation.queries.following import said_at_desk
from shuxiang.circulation.queries.recall import may_be_shortened, recall_day
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import calendar


class NoRecallDay(Exception):
    """The term has no recall day, or it is past; nothing was written."""


class NothingToMove(Exception):
    """None of these loans has a due date to be moved; nothing was written."""


LONGEST_HOLIDAYS = timedelta(days=120)
"""After the end of a term by which what stayed out comes back at the latest."""


class StayEndsTooLate(Exception):
    """What stays out over the holidays comes back early in the next term; nothing was written."""


class StayEndsTooSoon(Exception):
    """What stays out over the holidays comes back after the term; nothing was written."""


class ReasonMissing(Exception):
    """It was not said why a book stays out; nothing was written."""


@transaction.atomic
def shorten_loans(*, term: Term, by: Account, now: datetime) -> int:
    """
    Make all that is out in a term due by its recall day; tell how many loans that changed.

    :raises NoRecallDay: if the term has none, or it is past
    :raises NothingToMove: if nothing is due later
    """
    today, recall_on = term.school.day(now), recall_day(term)
    if recall_on is None or recall_on < today:
        raise NoRecallDay
    found = may_be_shortened(term, recall_on).select_for_update(of=("self",))
    loans = list(found.order_by("pk"))
    if not loans:
        raise NothingToMove
    changed = _move(
        loans, term, DueChange.Kind.RECALLED, due_on=recall_on, reason="", by=by, today=today
    )
    record(
        "circulation.shorten_loans",
        term,
        school=term.school,
        by=by,
        at=now,
        loans=changed,
        due_on=recall_on.isoformat(),
    )
    return changed


@transaction.atomic
def give_days_back(*, term: Term, by: Account, now: datetime) -> int:
    """Take the shortening of a term back; what has come back since, or was moved again, stays."""
    changes = DueChange.objects.standing().filter(term=term, kind=DueChange.Kind.RECALLED)
    given = _move_back(list(changes.order_by("pk")), now)
    if given:
        record("circulation.give_days_back", term, school=term.school, by=by, at=now, loans=given)
    return given


@transaction.atomic
def let_stay(
    *,
    term: Term,
    loans: Collection[int],
    until_on: date,
    reason: str,
    by: Account,
    now: datetime,
) -> int:
    """
    Let loans stay out over the holidays; tell how many.

    :raises ReasonMissing: if it is not said why
    :raises StayEndsTooSoon, StayEndsTooLate: if they would come back within the term, or long after it
    :raises NothingToMove: if none of them is out, or all stay already
    """
    if not reason.strip():
        raise ReasonMissing
    if until_on <= term.ends_on:
        raise StayEndsTooSoon
    if until_on > term.ends_on + LONGEST_HOLIDAYS:
        raise StayEndsTooLate
    today, school = term.school.day(now), term.school
    staying = DueChange.objects.standing().filter(term=term, kind=DueChange.Kind.STAYS)
    out = Loan.objects.select_for_update(of=("self",)).on_hand().filter(school=school, pk__in=loans)
    chosen = list(out.exclude(pk__in=staying.values("loan")).order_by("pk"))
    if not chosen:
        raise NothingToMove
    due_on = calendar(school, around=until_on).on_or_after(until_on)
    kind = DueChange.Kind.STAYS
    changed = _move(chosen, term, kind, due_on=due_on, reason=reason.strip(), by=by, today=today)
    record(
        "circulation.let_stay",
        term,
        school=school,
        by=by,
        at=now,
        loans=[loan.pk for loan in chosen],
        due_on=due_on.isoformat(),
    )
    return changed


@transaction.atomic
def take_stay_back(*, change: DueChange, by: Account, now: datetime) -> int:
    """Let a loan stay out no longer; it is due as before. Tell whether that changed anything."""
    standing = DueChange.objects.standing().filter(pk=change.pk, kind=DueChange.Kind.STAYS)
    given = _move_back(list(standing), now)
    if given:
        record("circulation.take_stay_back", change, school=change.school, by=by, at=now)
    return given


def _move(
    loans: Sequence[Loan],
    term: Term,
    kind: DueChange.Kind,
    *,
    due_on: date,
    reason: str,
    by: Account,
    today: date,
) -> int:
    return move(
        [
            DueChange(
                school=term.school,
                term=term,
                loan=loan,
                kind=kind,
                was_due_on=loan.due_on,
                due_on=due_on,
                reason=reason,
                on=today,
                by=by,
            )
            for loan in loans
        ]
    )


def _move_back(changes: Sequence[DueChange], now: datetime) -> int:
    """Give the loans that still are as a change left them the day that they had before."""
    if not changes:
        return 0
    there = {loan.pk: loan for loan in locked(sorted(change.loan_id for change in changes))}
    said = said_at_desk(changes[0].school)
    loans = []
    for change in changes:
        loan = there.get(change.loan_id)
        if loan and said.get((loan.pk, loan.due_on), loan.due_on) == change.due_on:
            loan.due_on = change.was_due_on
            loans.append(loan)
        change.taken_back_at = now
    Loan.objects.bulk_update(loans, ["due_on"], batch_size=A_BATCH)
    DueChange.objects.bulk_update(changes, ["taken_back_at"], batch_size=A_BATCH)
    return len(loans)
