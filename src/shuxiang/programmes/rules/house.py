"""
The library's rules as its readers are told them, written from the rules in force.

Pure: what the school has set goes in, sentences come out, as codes with their figures. No figure stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from shuxiang.circulation.rules import (
    Mode,
    ModeRow,
    Reason,
    Step,
    Terms,
    TermsRow,
    Weight,
    Whom,
    due_on,
    mode_on,
    pick,
)
from shuxiang.timetable.rules import Calendar, Hours, HoursOfDay

PUPIL = "pupil"
STAFF = ("teacher", "staff")

Answer = TypeVar("Answer")


class Heading(StrEnum):
    """What a part of the rules is about."""

    COMING = "coming"
    BORROWING = "borrowing"
    BRINGING_BACK = "bringing_back"
    LATE = "late"
    CARE = "care"
    MANNERS = "manners"
    STAFF = "staff"


class Line(StrEnum):
    """A sentence of the rules."""

    HOURS = "hours"
    HOURS_UNKNOWN = "hours_unknown"
    CLOSED_DAYS = "closed_days"
    ANY_TIME = "any_time"
    WITH_CLASS = "with_class"
    BOTH_WAYS = "both_ways"
    LIMIT = "limit"
    LIMIT_UNTIL_VISIT = "limit_until_visit"
    WITHOUT_TURN = "without_turn"
    NOT_LENT = "not_lent"
    ALL_IN_ROOM = "all_in_room"
    IN_ROOM = "in_room"
    OF_COLLECTION = "of_collection"
    OF_COLLECTION_UNTIL_VISIT = "of_collection_until_visit"
    KIOSK = "kiosk"
    HOLDS = "holds"
    RENEW = "renew"
    RENEW_OWN_PAGE = "renew_own_page"
    RENEW_TO_VISIT = "renew_to_visit"
    RENEW_TO_VISIT_OWN_PAGE = "renew_to_visit_own_page"
    NOT_RENEWED = "not_renewed"
    CLOSED_WHEN_DUE = "closed_when_due"
    LAST_LENDING = "last_lending"
    RECALL = "recall"
    STEP_READER = "step_reader"
    STEP_CLASS_TEACHER = "step_class_teacher"
    STEP_HEAD = "step_head"
    LATE_STOPS = "late_stops"
    LATE_ASKS = "late_asks"
    CLASS_FORGOES = "class_forgoes"
    ALWAYS_TAKEN_BACK = "always_taken_back"
    CLEAN_HANDS = "clean_hands"
    NO_MARKS = "no_marks"
    KEEP_DRY = "keep_dry"
    TELL_DAMAGE = "tell_damage"
    QUIET = "quiet"
    PUT_BACK = "put_back"
    CHAIRS = "chairs"
    NO_FOOD = "no_food"
    STAFF_LIMIT = "staff_limit"
    OWN = "own"
    """The school's own words."""


STANDARD: Mapping[Heading, tuple[Line, ...]] = {
    Heading.CARE: (Line.CLEAN_HANDS, Line.NO_MARKS, Line.KEEP_DRY, Line.TELL_DAMAGE),
    Heading.MANNERS: (Line.QUIET, Line.PUT_BACK, Line.CHAIRS, Line.NO_FOOD),
}
"""What is asked of readers as long as the school has not written its own."""

COMES: Mapping[Mode, Line] = {
    Mode.OPEN: Line.ANY_TIME,
    Mode.TIMETABLE: Line.WITH_CLASS,
    Mode.BOTH: Line.BOTH_WAYS,
}


TOLD: Mapping[Whom, Line] = {
    Whom.READER: Line.STEP_READER,
    Whom.CLASS_TEACHER: Line.STEP_CLASS_TEACHER,
    Whom.HEAD: Line.STEP_HEAD,
}


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence: its figures in `details`; for whom, where it is not for all pupils."""

    line: Line
    details: Mapping[str, Any] = field(default_factory=dict)
    grades: tuple[int, ...] = ()
    """Empty where it holds for every grade."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What stands under one heading."""

    heading: Heading
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class HouseFacts:
    """All that the rules are written from, as it holds on a day."""

    today: date
    grades: tuple[int, ...]
    rows: tuple[TermsRow, ...]
    calendar: Calendar
    modes: tuple[ModeRow, ...] = ()
    classes: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    """The name and the grade of each class, by its key."""
    with_turn: frozenset[int] = frozenset()
    """The classes that come to borrow by the rotation."""
    collections: Mapping[int, str] = field(default_factory=dict)
    recall_on: date | None = None
    last_lending_on: date | None = None
    steps: tuple[Step, ...] = ()
    ready_days: int = 0
    own_page: bool = False
    kiosk: bool = False
    class_forgoes: bool = False
    own: Mapping[Heading, tuple[str, ...]] = field(default_factory=dict)

    def terms(self, grade: int, collection: int | None = None) -> Terms | None:
        return pick(self.rows, category=PUPIL, grade=grade, collection=collection)

    @property
    def lends_today(self) -> bool:
        has_ended = self.last_lending_on is not None and self.last_lending_on < self.today
        return self.calendar.is_open(self.today) and not has_ended


def house_rules(facts: HouseFacts) -> tuple[Part, ...]:
    """Write the rules, part by part; a part of which nothing is to be said is left out."""
    writers: Mapping[Heading, Callable[[HouseFacts], Iterator[Sentence]]] = {
        Heading.COMING: _coming,
        Heading.BORROWING: _borrowing,
        Heading.BRINGING_BACK: _bringing_back,
        Heading.LATE: _late,
        Heading.CARE: lambda facts: _own_or_standard(facts, Heading.CARE),
        Heading.MANNERS: lambda facts: _own_or_standard(facts, Heading.MANNERS),
        Heading.STAFF: _staff,
    }
    parts = (
        Part(heading=heading, sentences=tuple(write(facts))) for heading, write in writers.items()
    )
    return tuple(part for part in parts if part.sentences)


@dataclass(frozen=True, kw_only=True)
class DueIfLent:
    """When what some grades borrow today is due."""

    grades: tuple[int, ...]
    on: date


def due_if_lent(facts: HouseFacts) -> tuple[DueIfLent, ...]:
    """Tell when a book is due that is lent today; nothing where none is lent, or the next visit decides."""

    def due(grade: int) -> date | None:
        terms = facts.terms(grade)
        if terms is None or terms.in_room_only or terms.until_next_visit:
            return None
        return due_on(facts.today, terms.loan_days, facts.calendar, recall_on=facts.recall_on)

    if not facts.lends_today:
        return ()
    return tuple(DueIfLent(grades=grades, on=on) for grades, on in _alike(facts, due) if on)


def _alike(
    facts: HouseFacts, ask: Callable[[int], Answer]
) -> Iterator[tuple[tuple[int, ...], Answer]]:
    """Bring the grades together that get the same answer; no grade is named where all do."""
    found: dict[Answer, list[int]] = {}
    for grade in facts.grades:
        found.setdefault(ask(grade), []).append(grade)
    for answer, grades in found.items():
        yield (tuple(grades) if len(found) > 1 else ()), answer


Wording = tuple[Line, tuple[tuple[str, Any], ...]]
"""A line and its figures, to be compared."""


def _sentences(facts: HouseFacts, ask: Callable[[int], Wording | None]) -> Iterator[Sentence]:
    for grades, said in _alike(facts, ask):
        if said:
            yield Sentence(line=said[0], details=dict(said[1]), grades=grades)


def _coming(facts: HouseFacts) -> Iterator[Sentence]:
    yield from _hours(facts)
    yield Sentence(line=Line.CLOSED_DAYS)
    yield from _sentences(facts, lambda grade: (COMES[_mode(facts, grade)], ()))
    for key, (name, grade) in facts.classes.items():
        own = _mode(facts, grade, key)
        if own is not _mode(facts, grade):
            yield Sentence(line=COMES[own], details={"school_class": name})


def _mode(facts: HouseFacts, grade: int, school_class: int | None = None) -> Mode:
    return mode_on(facts.modes, facts.today, grade=grade, school_class=school_class)


def _hours(facts: HouseFacts) -> Iterator[Sentence]:
    """Tell the hours that hold now or are to come, weekdays of the same hours together."""
    together: dict[tuple[Hours, HoursOfDay], list[int]] = {}
    for row, clocks in sorted(_in_force(facts), key=_in_order):
        same = (replace(row, weekday=0), replace(clocks, weekday=0))
        together.setdefault(same, []).append(row.weekday)
    for (hours, clocks), weekdays in together.items():
        details = {"weekdays": tuple(sorted(set(weekdays))), "hours": hours, "clocks": clocks}
        yield Sentence(line=Line.HOURS, details=details)
    if not together:
        yield Sentence(line=Line.HOURS_UNKNOWN)


def _in_force(facts: HouseFacts) -> Iterator[tuple[Hours, HoursOfDay]]:
    """The hours that hold now or are to come, with their clocks of today or of their first day."""
    for row in facts.calendar.hours:
        first = max(facts.today, row.from_on or facts.today)
        if row.in_force(first) and (clocks := row.on(first, facts.calendar.bells)):
            yield row, clocks


def _in_order(one: tuple[Hours, HoursOfDay]) -> tuple[Any, ...]:
    row, clocks = one
    return (row.from_on or date.min, row.weekday, clocks.opens_at, clocks.closes_at)


def _borrowing(facts: HouseFacts) -> Iterator[Sentence]:
    yield from _sentences(facts, lambda grade: _limit(facts.terms(grade)))
    yield from _without_turn(facts)
    for key, name in facts.collections.items():
        yield from _sentences(facts, partial(_of, facts, key, name))
    yield from _sentences(facts, lambda grade: _holds(facts, grade))
    if facts.kiosk:
        yield Sentence(line=Line.KIOSK)
    if facts.last_lending_on and facts.last_lending_on >= facts.today:
        yield Sentence(line=Line.LAST_LENDING, details={"on": facts.last_lending_on})


def _limit(terms: Terms | None) -> Wording:
    if terms is None:
        return Line.NOT_LENT, ()
    if terms.in_room_only:
        return Line.ALL_IN_ROOM, ()
    limit = ("limit", terms.max_loans)
    if terms.until_next_visit:
        return Line.LIMIT_UNTIL_VISIT, (limit,)
    return Line.LIMIT, (limit, ("days", terms.loan_days))


def _without_turn(facts: HouseFacts) -> Iterator[Sentence]:
    """Tell classes that the rotation leaves out how long they borrow, where the next visit is the rule."""
    left_out = {
        grade for key, (_name, grade) in facts.classes.items() if key not in facts.with_turn
    }

    def days(grade: int) -> Wording | None:
        terms = facts.terms(grade)
        if terms is None or terms.in_room_only or not terms.until_next_visit:
            return None
        return (Line.WITHOUT_TURN, (("days", terms.loan_days),)) if grade in left_out else None

    yield from _sentences(facts, days)


def _of(facts: HouseFacts, key: int, name: str, grade: int) -> Wording | None:
    """Say what a collection's own rules are, where they differ from those of the rest."""
    rest, own = facts.terms(grade), facts.terms(grade, key)
    if own is None or _limit(own) == _limit(rest):
        return None
    collection = ("collection", name)
    if own.in_room_only:
        return Line.IN_ROOM, (collection,)
    limit = ("limit", own.max_loans)
    if own.until_next_visit:
        return Line.OF_COLLECTION_UNTIL_VISIT, (collection, limit)
    return Line.OF_COLLECTION, (collection, limit, ("days", own.loan_days))


def _holds(facts: HouseFacts, grade: int) -> Wording | None:
    terms = facts.terms(grade)
    if terms is None or not terms.max_holds:
        return None
    return Line.HOLDS, (("holds", terms.max_holds), ("days", facts.ready_days))


def _bringing_back(facts: HouseFacts) -> Iterator[Sentence]:
    if not any(_goes_home(facts.terms(grade)) for grade in facts.grades):
        return
    yield Sentence(line=Line.CLOSED_WHEN_DUE)
    yield from _sentences(facts, lambda grade: _renewing(facts, grade))
    if facts.recall_on and facts.recall_on >= facts.today:
        yield Sentence(line=Line.RECALL, details={"on": facts.recall_on})


def _goes_home(terms: Terms | None) -> bool:
    return terms is not None and not terms.in_room_only


def _renewing(facts: HouseFacts, grade: int) -> Wording | None:
    terms = facts.terms(grade)
    if terms is None or terms.in_room_only:
        return None
    if not terms.renewals:
        return Line.NOT_RENEWED, ()
    times = ("times", terms.renewals)
    if terms.until_next_visit:
        return Line.RENEW_TO_VISIT_OWN_PAGE if facts.own_page else Line.RENEW_TO_VISIT, (times,)
    line = Line.RENEW_OWN_PAGE if facts.own_page else Line.RENEW
    return line, (times, ("days", terms.renewal_days))


def _late(facts: HouseFacts) -> Iterator[Sentence]:
    yield Sentence(line=Line.ALWAYS_TAKEN_BACK)
    for days, whom in dict.fromkeys((step.after_days, step.whom) for step in facts.steps):
        yield Sentence(line=TOLD[whom], details={"days": days})
    stops = {Weight.REFUSE: Line.LATE_STOPS, Weight.CONFIRM: Line.LATE_ASKS}

    def consequence(grade: int) -> Wording | None:
        terms = facts.terms(grade)
        line = stops.get(terms.weight(Reason.READER_HAS_OVERDUE)) if terms else None
        return (line, ()) if line else None

    yield from _sentences(facts, consequence)
    if facts.class_forgoes:
        yield Sentence(line=Line.CLASS_FORGOES)


def _own_or_standard(facts: HouseFacts, heading: Heading) -> Iterator[Sentence]:
    if own := facts.own.get(heading):
        yield from (Sentence(line=Line.OWN, details={"text": text}) for text in own)
    else:
        yield from (Sentence(line=line) for line in STANDARD[heading])


def _staff(facts: HouseFacts) -> Iterator[Sentence]:
    said = {
        category: pick(facts.rows, category=category, grade=None, collection=None)
        for category in STAFF
    }
    for categories, terms in _by_terms(said.items()):
        if not terms.in_room_only:
            details = {
                "categories": categories,
                "limit": terms.max_loans,
                "days": terms.loan_days,
            }
            yield Sentence(line=Line.STAFF_LIMIT, details=details)


def _by_terms(said: Iterable[tuple[str, Terms | None]]) -> list[tuple[tuple[str, ...], Terms]]:
    """Bring together who may borrow the same."""
    together: dict[tuple[int, int, bool], list[tuple[str, Terms]]] = {}
    for category, terms in said:
        if terms:
            same = (terms.max_loans, terms.loan_days, terms.in_room_only)
            together.setdefault(same, []).append((category, terms))
    return [(tuple(c for c, _terms in rows), rows[0][1]) for rows in together.values()]
