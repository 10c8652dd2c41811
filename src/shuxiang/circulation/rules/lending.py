"""
May this reader borrow this copy now, when is it due, may it be renewed?

Pure: facts in, verdict out. No Django, no database, no clock.
The desk, the class visit, the kiosk and other programs all ask here, so all hear the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far a computer's clock may run behind what was done last."""


class Reason(StrEnum):
    READER_LEFT = "reader_left"
    READER_RESTRICTED = "reader_restricted"
    READER_HAS_OVERDUE = "reader_has_overdue"
    LIMIT_REACHED = "limit_reached"
    TITLE_ON_HAND = "title_on_hand"
    COPY_ON_LOAN = "copy_on_loan"
    COPY_WITHDRAWN = "copy_withdrawn"
    COPY_IN_REPAIR = "copy_in_repair"
    COPY_LOST = "copy_lost"
    COPY_IN_PROCESS = "copy_in_process"
    COPY_IN_CLASS_BOX = "copy_in_class_box"
    COPY_HELD_FOR_ANOTHER = "copy_held_for_another"
    IN_ROOM_ONLY = "in_room_only"
    NO_TERMS = "no_terms"
    NOT_THIS_WAY = "not_this_way"
    OF_ANOTHER_CLASS = "of_another_class"
    LENDING_HAS_ENDED = "lending_has_ended"
    CLOSED_TODAY = "closed_today"


class Weight(StrEnum):
    REFUSE = "refuse"  # nobody may pass it
    CONFIRM = "confirm"  # a librarian may, and the audit keeps who did
    NOTE = "note"  # shown, never stops a loan


class RenewalReason(StrEnum):
    RETURNED = "returned"
    RENEWED_ENOUGH = "renewed_enough"
    OVERDUE = "overdue"
    HELD_FOR_ANOTHER = "held_for_another"
    IN_ROOM = "in_room"
    READER_RESTRICTED = "reader_restricted"
    NO_LATER_DAY = "no_later_day"


class HoldReason(StrEnum):
    READER_LEFT = "reader_left"
    READER_RESTRICTED = "reader_restricted"
    ALREADY_HELD = "already_held"
    TITLE_ON_HAND = "title_on_hand"
    HOLDS_USED_UP = "holds_used_up"
    COPY_IS_IN = "copy_is_in"
    NO_COPY = "no_copy"
    NO_TERMS = "no_terms"


class UndoReason(StrEnum):
    NOT_AN_ACT = "not_an_act"
    UNDONE_BEFORE = "undone_before"
    RETURNED_SINCE = "returned_since"
    RENEWED_SINCE = "renewed_since"
    LENT_SINCE = "lent_since"
    HOLD_FETCHED_SINCE = "hold_fetched_since"
    WITHDRAWN_SINCE = "withdrawn_since"
    FORGOTTEN = "forgotten"


class Note(StrEnum):
    """What is odd about a return; a return is never refused."""

    NOT_ON_LOAN = "not_on_loan"
    OVERDUE = "overdue"
    WAS_LOST = "was_lost"
    WAS_IN_REPAIR = "was_in_repair"
    WAS_WITHDRAWN = "was_withdrawn"
    IN_PROCESS = "in_process"
    OF_ANOTHER_READER = "of_another_reader"


class Way(StrEnum):
    """How a reader comes: alone at an opening hour, or with the class by the timetable."""

    ALONE = "alone"
    WITH_CLASS = "with_class"


class Mode(StrEnum):
    OPEN = "open"
    TIMETABLE = "timetable"
    BOTH = "both"


DEFAULT_WEIGHTS: Mapping[Reason, Weight] = {
    Reason.READER_RESTRICTED: Weight.CONFIRM,
    Reason.READER_HAS_OVERDUE: Weight.CONFIRM,
    Reason.LIMIT_REACHED: Weight.CONFIRM,
    Reason.TITLE_ON_HAND: Weight.NOTE,
    Reason.COPY_IN_PROCESS: Weight.CONFIRM,
    Reason.COPY_IN_REPAIR: Weight.CONFIRM,
    Reason.COPY_IN_CLASS_BOX: Weight.CONFIRM,
    Reason.COPY_HELD_FOR_ANOTHER: Weight.CONFIRM,
    Reason.COPY_LOST: Weight.NOTE,
    Reason.NOT_THIS_WAY: Weight.CONFIRM,
    Reason.OF_ANOTHER_CLASS: Weight.NOTE,
    Reason.LENDING_HAS_ENDED: Weight.CONFIRM,
    Reason.CLOSED_TODAY: Weight.NOTE,
}
"""A weight that is missing means refuse."""

ALWAYS_REFUSED = frozenset(
    {Reason.READER_LEFT, Reason.COPY_ON_LOAN, Reason.COPY_WITHDRAWN, Reason.NO_TERMS}
)
"""No school can make these lighter."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What one kind of reader may do with one kind of copy. Days are school calendar days."""

    max_loans: int
    loan_days: int
    renewals: int = 1
    renewal_days: int = 14
    max_holds: int = 2
    in_room_only: bool = False
    until_next_visit: bool = False
    weights: Mapping[Reason, Weight] = field(default_factory=dict)

    def weight(self, reason: Reason) -> Weight:
        if reason in ALWAYS_REFUSED:
            return Weight.REFUSE
        return self.weights.get(reason, DEFAULT_WEIGHTS.get(reason, Weight.REFUSE))


@dataclass(frozen=True, kw_only=True)
class LendingFacts:
    """All that the decision needs to know, and nothing that it must fetch."""

    reader_left: bool = False
    restrictions: tuple[str, ...] = ()
    loans_on_hand: int = 0
    limit: int | None = None
    """The reader's own limit, where it differs from the terms."""
    overdue: int = 0
    has_title_on_hand: bool = False
    copy_on_loan: bool = False
    copy_standing: Reason | None = None
    """Why the copy's standing speaks against a loan."""
    waiting: int = 0
    """Other readers who wait for the title and come before this one."""
    in_room: bool = False
    way: Way = Way.ALONE
    of_another_class: bool = False
    """It is not the reader's class that is here."""
    mode: Mode = Mode.BOTH
    lending_has_ended: bool = False
    """The last lending day of the term is past."""
    closed_today: bool = False


@dataclass(frozen=True, kw_only=True)
class Objection:
    reason: Reason
    weight: Weight
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    objections: tuple[Objection, ...]

    def standing(self, confirmed: Iterable[Reason] = ()) -> tuple[Objection, ...]:
        """Return what still stops the loan once somebody has confirmed these reasons."""
        passed = frozenset(confirmed)
        return tuple(
            objection
            for objection in self.objections
            if objection.weight is Weight.REFUSE
            or (objection.weight is Weight.CONFIRM and objection.reason not in passed)
        )

    @property
    def notes(self) -> tuple[Objection, ...]:
        return tuple(o for o in self.objections if o.weight is Weight.NOTE)


def may_borrow(facts: LendingFacts, terms: Terms | None) -> Verdict:
    """Weigh everything that speaks against a loan, all at once."""
    if terms is None:
        return Verdict(objections=(Objection(reason=Reason.NO_TERMS, weight=Weight.REFUSE),))
    against = (*_against_reader(facts, terms), *_against_copy(facts, terms))
    return Verdict(
        objections=tuple(
            Objection(reason=reason, weight=terms.weight(reason), details=details)
            for reason, details in against
        )
    )


Against = Iterator[tuple[Reason, Mapping[str, object]]]


def _against_reader(facts: LendingFacts, terms: Terms) -> Against:
    limit = terms.max_loans if facts.limit is None else facts.limit
    if facts.reader_left:
        yield Reason.READER_LEFT, {}
    for why in facts.restrictions:
        yield Reason.READER_RESTRICTED, {"why": why}
    if facts.overdue:
        yield Reason.READER_HAS_OVERDUE, {"overdue": facts.overdue}
    if not facts.in_room and facts.loans_on_hand >= limit:
        yield Reason.LIMIT_REACHED, {"limit": limit, "on_hand": facts.loans_on_hand}
    if facts.has_title_on_hand:
        yield Reason.TITLE_ON_HAND, {}
    if not _may_come(facts.mode, facts.way):
        yield Reason.NOT_THIS_WAY, {"mode": facts.mode.value}
    if facts.of_another_class:
        yield Reason.OF_ANOTHER_CLASS, {}
    if facts.lending_has_ended and not facts.in_room:
        yield Reason.LENDING_HAS_ENDED, {}
    if facts.closed_today:
        yield Reason.CLOSED_TODAY, {}


def _against_copy(facts: LendingFacts, terms: Terms) -> Against:
    if facts.copy_on_loan:
        yield Reason.COPY_ON_LOAN, {}
    if facts.copy_standing:
        yield facts.copy_standing, {}
    if facts.waiting:
        yield Reason.COPY_HELD_FOR_ANOTHER, {"waiting": facts.waiting}
    if terms.in_room_only and not facts.in_room:
        yield Reason.IN_ROOM_ONLY, {}


def _may_come(mode: Mode, way: Way) -> bool:
    match mode:
        case Mode.BOTH:
            return True
        case Mode.OPEN:
            return way is Way.ALONE
        case Mode.TIMETABLE:
            return way is Way.WITH_CLASS


@dataclass(frozen=True, kw_only=True)
class RenewalFacts:
    returned: bool = False
    in_room: bool = False
    renewals: int = 0
    overdue: bool = False
    waiting: int = 0
    restrictions: tuple[str, ...] = ()
    due_on: date
    new_due_on: date


def may_renew(facts: RenewalFacts, terms: Terms) -> tuple[RenewalReason, ...]:
    """Tell everything that stops a renewal; nothing means that it may be renewed."""
    stops = {
        RenewalReason.RETURNED: facts.returned,
        RenewalReason.IN_ROOM: facts.in_room,
        RenewalReason.RENEWED_ENOUGH: facts.renewals >= terms.renewals,
        RenewalReason.OVERDUE: facts.overdue,
        RenewalReason.HELD_FOR_ANOTHER: facts.waiting > 0,
        RenewalReason.READER_RESTRICTED: bool(facts.restrictions),
        RenewalReason.NO_LATER_DAY: facts.new_due_on <= facts.due_on,
    }
    return tuple(reason for reason, stops_it in stops.items() if stops_it)


def forgotten_on(returned_on: date, term_ends: Iterable[date], *, days: int) -> date | None:
    """Tell the day on which a returned loan loses its reader: `days` past the end of its term."""
    ends = [end for end in term_ends if end >= returned_on]
    return min(ends) + timedelta(days=days + 1) if ends else None


@dataclass(frozen=True, kw_only=True)
class HoldFacts:
    reader_left: bool = False
    restrictions: tuple[str, ...] = ()
    already_held: bool = False
    title_on_hand: bool = False
    open_holds: int = 0
    copies: int = 1
    copies_in: int = 0


def may_hold(facts: HoldFacts, terms: Terms | None) -> tuple[HoldReason, ...]:
    """Tell everything that stops a hold; a copy that is in is fetched, not waited for."""
    if terms is None:
        return (HoldReason.NO_TERMS,)
    stops = {
        HoldReason.READER_LEFT: facts.reader_left,
        HoldReason.READER_RESTRICTED: bool(facts.restrictions),
        HoldReason.ALREADY_HELD: facts.already_held,
        HoldReason.TITLE_ON_HAND: facts.title_on_hand,
        HoldReason.HOLDS_USED_UP: facts.open_holds >= terms.max_holds,
        HoldReason.NO_COPY: facts.copies == 0,
        HoldReason.COPY_IS_IN: facts.copies_in > 0,
    }
    return tuple(reason for reason, stops_it in stops.items() if stops_it)


@dataclass(frozen=True, kw_only=True)
class TermsRow:
    """One row of the lending rules as `pick` weighs it."""

    category: str
    grade: int | None
    collection: int | None
    terms: Terms


def pick(
    rows: Iterable[TermsRow], *, category: str, grade: int | None, collection: int | None
) -> Terms | None:
    """Choose the most exact row: the collection counts before the grade."""
    fitting = [
        row
        for row in rows
        if row.category == category
        and row.grade in (None, grade)
        and row.collection in (None, collection)
    ]
    if not fitting:
        return None
    exact = max(fitting, key=lambda row: (row.collection is not None, row.grade is not None))
    return exact.terms


@dataclass(frozen=True, kw_only=True)
class ModeRow:
    mode: Mode
    from_on: date
    grade: int | None = None
    school_class: int | None = None


def mode_on(
    rows: Iterable[ModeRow], day: date, *, grade: int | None, school_class: int | None
) -> Mode:
    """Tell the lending mode of a day: a class's own word before its grade's, before the school's."""
    fitting = [
        row
        for row in rows
        if row.from_on <= day
        and row.grade in (None, grade)
        and row.school_class in (None, school_class)
    ]
    if not fitting:
        return Mode.BOTH
    exact = max(
        fitting, key=lambda row: (row.school_class is not None, row.grade is not None, row.from_on)
    )
    return exact.mode
