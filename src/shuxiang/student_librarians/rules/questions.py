"""
Ten questions about the lending rules that hold now: each has one right answer, which the rules give.

Pure: the terms, the calendar and a number to shuffle by go in; codes and figures come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from shuxiang.circulation.rules import Mode, Reason, Terms, TermsRow, Weight, due_on, pick
from shuxiang.timetable.rules import Calendar

COUNT = 10
OPTIONS = 4
DAYS_LOOKED_AT = 60


class Topic(StrEnum):
    """What a question asks."""

    LIMIT = "limit"
    LOAN_DAYS = "loan_days"
    RENEWALS = "renewals"
    RENEWAL_DAYS = "renewal_days"
    HOLDS = "holds"
    TEACHER_LIMIT = "teacher_limit"
    TEACHER_DAYS = "teacher_days"
    DUE_DAY = "due_day"
    DUE_OVER_REST = "due_over_rest"
    NEXT_VISIT = "next_visit"
    OPEN_DAY = "open_day"
    CLOSED_DAY = "closed_day"
    RECALL_DAY = "recall_day"
    IN_ROOM_ONLY = "in_room_only"
    COLLECTION_LIMIT = "collection_limit"
    MODE = "mode"
    OVER_LIMIT = "over_limit"
    HAS_OVERDUE = "has_overdue"
    RESTRICTED = "restricted"
    HELD_FOR_ANOTHER = "held_for_another"
    IN_REPAIR = "in_repair"
    WHAT_OTHERS_READ = "what_others_read"


class Kind(StrEnum):
    """How the answers of a question are written."""

    BOOKS = "books"
    TITLES = "titles"
    DAYS = "days"
    TIMES = "times"
    DAY = "day"
    DEED = "deed"
    YES_NO = "yes_no"
    MODE = "mode"


class Deed(StrEnum):
    """What a helper does when something speaks against a loan."""

    LEND = "lend"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question; `options` are figures, days (ISO) or codes, and `right` is the place of one."""

    topic: Topic
    kind: Kind
    options: tuple[Any, ...]
    right: int
    details: Mapping[str, Any] = field(default_factory=dict)

    def as_kept(self) -> dict[str, Any]:
        return {
            "topic": self.topic.value,
            "kind": self.kind.value,
            "options": list(self.options),
            "right": self.right,
            "details": dict(self.details),
        }


def from_kept(kept: Mapping[str, Any]) -> Question:
    """Read a question as it was kept."""
    return Question(
        topic=Topic(kept["topic"]),
        kind=Kind(kept["kind"]),
        options=tuple(kept["options"]),
        right=kept["right"],
        details=kept["details"],
    )


@dataclass(frozen=True, kw_only=True)
class RulesInForce:
    """All that the questions are written from."""

    rows: tuple[TermsRow, ...]
    calendar: Calendar
    today: date
    grade: int | None = None
    """The grade of whoever is tested: the pupils that the helper knows best."""
    collections: Mapping[int, str] = field(default_factory=dict)
    recall_on: date | None = None
    mode: Mode = Mode.BOTH
    next_visit_on: date | None = None

    def terms(self, category: str, collection: int | None = None) -> Terms | None:
        grade = self.grade if category == "pupil" else None
        return pick(self.rows, category=category, grade=grade, collection=collection)


def write_test(rules: RulesInForce, *, seed: int) -> tuple[Question, ...]:
    """Write ten questions in an order of their own; none at all where pupils have no lending rules."""
    terms = rules.terms("pupil")
    if terms is None:
        return ()
    dice = Random(seed)  # noqa: S311 - a shuffle, no secret
    core = [*_numbers(rules, terms, dice), *_days(rules, terms, dice)]
    deeds = [*_deeds(terms, dice)]
    dice.shuffle(core)
    dice.shuffle(deeds)
    asked = [*core[: COUNT - 3], *deeds[:3]]
    asked += [*core[COUNT - 3 :], *deeds[3:]][: COUNT - len(asked)]
    dice.shuffle(asked)
    return tuple(asked)


def right_answers(questions: Sequence[Question], answers: Sequence[int | None]) -> int:
    """Count the right answers."""
    return sum(one.right == answer for one, answer in zip(questions, answers, strict=True))


Asked = Iterator[Question]


def _numbers(rules: RulesInForce, terms: Terms, dice: Random) -> Asked:
    grade = {"grade": rules.grade}
    figures: list[tuple[Topic, Kind, int]] = [
        (Topic.LIMIT, Kind.BOOKS, terms.max_loans),
        (Topic.LOAN_DAYS, Kind.DAYS, terms.loan_days),
        (Topic.RENEWALS, Kind.TIMES, terms.renewals),
        (Topic.HOLDS, Kind.TITLES, terms.max_holds),
    ]
    by_visit = terms.until_next_visit and rules.next_visit_on
    if by_visit:
        figures = [each for each in figures if each[0] is not Topic.LOAN_DAYS]
    if terms.renewals and not by_visit:
        figures.append((Topic.RENEWAL_DAYS, Kind.DAYS, terms.renewal_days))
    if teachers := rules.terms("teacher"):
        figures += [
            (Topic.TEACHER_LIMIT, Kind.BOOKS, teachers.max_loans),
            (Topic.TEACHER_DAYS, Kind.DAYS, teachers.loan_days),
        ]
    for topic, kind, figure in figures:
        yield _of_figure(topic, kind, figure, dice, **grade)
    for key, name in rules.collections.items():
        if own := rules.terms("pupil", key):
            yield from _of_collection(name, own, terms, dice)


def _of_collection(name: str, own: Terms, terms: Terms, dice: Random) -> Asked:
    details = {"collection": name}
    if own.in_room_only:
        yield _of_codes(
            Topic.IN_ROOM_ONLY, Kind.YES_NO, ["no", "yes"], right="no", dice=dice, **details
        )
    elif own.max_loans != terms.max_loans:
        yield _of_figure(Topic.COLLECTION_LIMIT, Kind.BOOKS, own.max_loans, dice, **details)


def _days(rules: RulesInForce, terms: Terms, dice: Random) -> Asked:
    grade = {"grade": rules.grade}
    if terms.until_next_visit and rules.next_visit_on:
        yield _of_day(
            Topic.NEXT_VISIT, rules.next_visit_on, rules, dice, lent_on=rules.today, **grade
        )
    else:
        yield from _due_days(rules, terms, dice)
    ahead = [rules.today + timedelta(days=n) for n in range(1, DAYS_LOOKED_AT)]
    for topic, is_open in ((Topic.OPEN_DAY, True), (Topic.CLOSED_DAY, False)):
        days = [day for day in ahead if rules.calendar.is_open(day) is is_open]
        if days:
            facts = {"right": "yes" if is_open else "no", "on": dice.choice(days).isoformat()}
            yield _of_codes(topic, Kind.YES_NO, ["yes", "no"], dice=dice, **facts)
    if rules.recall_on and rules.recall_on >= rules.today:
        yield _of_day(Topic.RECALL_DAY, rules.recall_on, rules, dice)
    modes = [mode.value for mode in Mode]
    yield _of_codes(Topic.MODE, Kind.MODE, modes, right=rules.mode.value, dice=dice, **grade)


def _due_days(rules: RulesInForce, terms: Terms, dice: Random) -> Asked:
    """Ask when a book is due that is lent today, and one whose days end on a closed day."""

    def due(lent_on: date) -> date:
        return due_on(lent_on, terms.loan_days, rules.calendar, recall_on=rules.recall_on)

    ahead = [rules.today + timedelta(days=n) for n in range(DAYS_LOOKED_AT)]
    lending = [day for day in ahead if rules.calendar.is_open(day)]
    plain = [day for day in lending if due(day) == day + timedelta(days=terms.loan_days)]
    moved = [day for day in lending if due(day) > day + timedelta(days=terms.loan_days)]
    for topic, days in ((Topic.DUE_DAY, plain), (Topic.DUE_OVER_REST, moved)):
        if days:
            lent_on = dice.choice(days)
            facts = {"lent_on": lent_on, "grade": rules.grade, "days": terms.loan_days}
            yield _of_day(topic, due(lent_on), rules, dice, **facts)


DEEDS: Mapping[Topic, Reason] = {
    Topic.OVER_LIMIT: Reason.LIMIT_REACHED,
    Topic.HAS_OVERDUE: Reason.READER_HAS_OVERDUE,
    Topic.RESTRICTED: Reason.READER_RESTRICTED,
    Topic.HELD_FOR_ANOTHER: Reason.COPY_HELD_FOR_ANOTHER,
    Topic.IN_REPAIR: Reason.COPY_IN_REPAIR,
}
DEED_OF: Mapping[Weight, Deed] = {
    Weight.NOTE: Deed.LEND,
    Weight.CONFIRM: Deed.ASK,
    Weight.REFUSE: Deed.REFUSE,
}


def _deeds(terms: Terms, dice: Random) -> Asked:
    every = [deed.value for deed in Deed]
    for topic, reason in DEEDS.items():
        right = DEED_OF[terms.weight(reason)].value
        limit = {"limit": terms.max_loans} if topic is Topic.OVER_LIMIT else {}
        yield _of_codes(topic, Kind.DEED, every, right=right, dice=dice, **limit)
    yield _of_codes(Topic.WHAT_OTHERS_READ, Kind.YES_NO, ["yes", "no"], right="no", dice=dice)


def _of_figure(topic: Topic, kind: Kind, right: int, dice: Random, **details: Any) -> Question:
    step = 7 if kind is Kind.DAYS and right >= 7 else 1  # noqa: PLR2004 - weeks beside weeks
    least = 0 if kind is Kind.TIMES else 1
    near = (right + step * away for away in (-1, 1, 2, -2, 3, 4, 5))
    others = [figure for figure in near if figure >= least]
    dice.shuffle(others)
    return _shuffled(topic, kind, [right, *others[: OPTIONS - 1]], dice, sort=True, **details)


def _of_day(
    topic: Topic, right: date, rules: RulesInForce, dice: Random, **details: Any
) -> Question:
    near = [right + timedelta(days=away) for away in (-7, -1, 1, 2, 7)]
    others = [day for day in near if day > rules.today]
    dice.shuffle(others)
    options = [day.isoformat() for day in (right, *others[: OPTIONS - 1])]
    told = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in details.items()
    }
    return _shuffled(topic, Kind.DAY, options, dice, sort=True, **told)


def _of_codes(
    topic: Topic, kind: Kind, every: Sequence[str], *, right: str, dice: Random, **details: Any
) -> Question:
    options = [right, *(code for code in every if code != right)]
    return _shuffled(topic, kind, options, dice, sort=kind is not Kind.DEED, **details)


def _shuffled(
    topic: Topic, kind: Kind, options: list[Any], dice: Random, *, sort: bool, **details: Any
) -> Question:
    """Bring the options into an order that does not tell which comes first: it is the right one."""
    right = options[0]
    arrange: Callable[[list[Any]], None] = list.sort if sort else dice.shuffle
    arrange(options)
    return Question(
        topic=topic, kind=kind, options=tuple(options), right=options.index(right), details=details
    )
