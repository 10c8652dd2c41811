"""What a reader sees of the own things: at hand, waited for, and read as long as that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries.lending import Place, due, place_of, restrictions_of
from shuxiang.circulation.queries.lists import history_of
from shuxiang.circulation.queries.panels import (
    HoldLine,
    LoanOnHand,
    Panel,
    loans_on_hand,
    panel,
)
from shuxiang.circulation.queries.policy import Policy, policy_of
from shuxiang.circulation.rules import RenewalFacts, RenewalReason, forgotten_on, may_renew
from shuxiang.platform.schools.queries import setting
from shuxiang.readers.models import Reader
from shuxiang.timetable.models import Term


@dataclass(frozen=True, kw_only=True)
class OwnLoan(LoanOnHand):
    """A book at hand: until when it can stay, or everything that stops that."""

    days_left: int
    new_due_on: date | None
    reasons: tuple[RenewalReason, ...]

    @property
    def may_renew(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """Loans that were returned, and the day on which it is forgotten whose they were."""

    until: date | None
    """None while the term in which they came back is not entered."""
    loans: tuple[Loan, ...]


@dataclass(frozen=True, kw_only=True)
class OwnPage:
    """All that a reader's own page shows."""

    panel: Panel
    loans: tuple[OwnLoan, ...]
    holds: tuple[HoldLine, ...]
    remembered: tuple[Remembered, ...]
    read: int
    """How many loans are remembered."""

    @property
    def may_renew(self) -> int:
        return sum(1 for loan in self.loans if loan.may_renew)


def see_own_loans(reader: Reader, today: date, *, most: int = 200) -> OwnPage:
    """Show a reader the own things, in a fixed number of queries; of what was read the newest."""
    whole = panel(reader, today)
    read = [loan for loan in history_of(reader)[:most] if loan.returned_on]
    return OwnPage(
        panel=whole,
        loans=_own_loans(reader, today),
        holds=whole.holds,
        remembered=_remembered(reader, read),
        read=len(read),
    )


def _own_loans(reader: Reader, today: date) -> tuple[OwnLoan, ...]:
    on_hand = loans_on_hand(reader, today)
    if not on_hand:
        return ()
    place, policy = place_of(reader, today), policy_of(reader.school, today)
    restrictions = restrictions_of(reader, today)
    waiting = _waiting_before(reader, [line.loan.copy.holding_id for line in on_hand])
    return tuple(
        _own_loan(
            line,
            place,
            policy,
            category=reader.category,
            restrictions=restrictions,
            waiting=waiting.get(line.loan.copy.holding_id, 0),
        )
        for line in on_hand
    )


def _own_loan(
    line: LoanOnHand,
    place: Place,
    policy: Policy,
    *,
    category: str,
    restrictions: tuple[str, ...],
    waiting: int,
) -> OwnLoan:
    loan = line.loan
    terms = policy.terms(category=category, grade=place.grade, collection=loan.copy.collection_id)
    reasons: tuple[RenewalReason, ...] = (RenewalReason.RENEWED_ENOUGH,)
    new_due_on = None
    if terms:
        new_due_on = due(
            category=category, place=place, policy=policy, terms=terms, renewing=loan
        ).on
        facts = RenewalFacts(
            in_room=loan.kind == Loan.Kind.IN_ROOM,
            renewals=loan.renewals,
            overdue=loan.due_on < policy.day,
            waiting=waiting,
            restrictions=restrictions,
            due_on=loan.due_on,
            new_due_on=new_due_on,
        )
        reasons = may_renew(facts, terms)
    return OwnLoan(
        title=line.title,
        due_on=line.due_on,
        due_time=line.due_time,
        days_late=line.days_late,
        loan=loan,
        days_left=(loan.due_on - policy.day).days,
        new_due_on=new_due_on,
        reasons=reasons,
    )


def _waiting_before(reader: Reader, holdings: Sequence[int]) -> dict[int, int]:
    """Count for several titles the others who come before a reader, as `waiting_before` does for one."""
    open_holds = (
        Hold.objects.open()
        .filter(school=reader.school, holding__in=holdings)
        .order_by("holding", "placed_at", "id")
        .values_list("holding", "reader")
    )
    counts = {}
    for holding, rows in groupby(open_holds, key=lambda row: row[0]):
        queue = [row[1] for row in rows]
        counts[holding] = queue.index(reader.pk) if reader.pk in queue else len(queue)
    return counts


def _remembered(reader: Reader, read: Sequence[Loan]) -> tuple[Remembered, ...]:
    if not read:
        return ()
    days = setting(reader.school, "retention.days_after_term")
    terms = Term.objects.filter(school=reader.school).order_by("ends_on", "id")
    ends = list(terms.values_list("ends_on", flat=True))
    groups: dict[date | None, list[Loan]] = {}
    for loan in read:
        until = forgotten_on(loan.returned_on, ends, days=days) if loan.returned_on else None
        groups.setdefault(until, []).append(loan)
    in_turn = sorted(groups, key=lambda until: until or date.max, reverse=True)
    return tuple(Remembered(until=until, loans=tuple(groups[until])) for until in in_turn)
