"""Decide what each row about a reader brings: new, same, changed, doubtful or refused. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shuxiang.formats.classname import ClassName
from shuxiang.formats.text import match_key
from shuxiang.interop.excel.reader_rows import ReaderRow
from shuxiang.interop.excel.verdicts import Reason, Verdict, Why
from shuxiang.platform.schools import rules as school_rules

_STEMS = "甲乙丙丁戊己庚辛壬癸"


class ClassKey(NamedTuple):
    """A class by its entry: stage, year of entry, and how its number is written."""

    stage: str
    cohort: int
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReader:
    """A reader at school, as far as a file can differ from it."""

    pk: int
    name: str
    category: str
    number: str = ""
    card: str = ""
    school_class: ClassKey | None = None
    seat: int | None = None
    limit: int | None = None
    is_paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What the school knows: its year, grades, classes, readers, limits, and codes that are books."""

    school_year: int
    grades: tuple[int, ...]
    primary_years: int = 6
    classes: Mapping[ClassKey, ClassKey] = field(default_factory=dict)
    """The classes there are, by every way to write their number."""
    readers: tuple[KnownReader, ...] = ()
    limits: Mapping[tuple[str, int | None], int] = field(default_factory=dict)
    """How many a category (and grade; None for all) may have."""
    books: frozenset[str] = frozenset()


class ReaderPlan(NamedTuple):
    """What will be done about one row; `changes` hold only what differs."""

    row: ReaderRow
    verdict: Verdict
    why: tuple[Why, ...] = ()
    reader: int | None = None
    school_class: ClassKey | None = None
    makes_class: bool = False
    limit: int | None = None
    changes: Mapping[str, object] = {}


def plan_readers(
    rows: Iterable[ReaderRow], *, register: Register, make_classes: bool = True
) -> Iterator[ReaderPlan]:
    """Decide about every row, in order; classes that do not exist are made, or their rows refused."""
    every = list(rows)
    clerk = _Clerk(every, register, make_classes)
    for row in every:
        yield clerk.decide(row)


def class_key(name: ClassName, *, register: Register) -> ClassKey | None:
    """Tell which class a name means in the register's school year; None if the school has no such grade."""
    key = _entry_of(name, register)
    return register.classes.get(key, key) if key else None


def ways_to_write(key: ClassKey, number: int) -> Iterator[ClassKey]:
    """Give a class by every way to write its number: 3班, 丙班."""
    yield key
    yield key._replace(mark=str(number))
    if number <= len(_STEMS):
        yield key._replace(mark=_STEMS[number - 1])


def _entry_of(name: ClassName, register: Register) -> ClassKey | None:
    years = register.primary_years
    if name.cohort is not None and name.grade is None:
        entered = {
            school_rules.stage_of(grade, primary_years=years)
            for grade in register.grades
            if school_rules.cohort(grade, school_year=register.school_year, primary_years=years)
            == name.cohort
        }
        if len(entered) != 1:
            return None
        return ClassKey(entered.pop().value, name.cohort, name.mark)
    if name.grade not in register.grades or name.grade is None:
        return None
    stage = school_rules.stage_of(name.grade, primary_years=years)
    cohort = school_rules.cohort(name.grade, school_year=register.school_year, primary_years=years)
    return ClassKey(stage.value, cohort, name.mark)


def class_number(mark: str, *, taken: Iterable[int]) -> int:
    """Give the number under which a class is kept: 3 for 3, 1 for 甲, A or none, else the next free one."""
    if mark.isascii() and mark.isdigit():
        return int(mark)
    if len(mark) == 1 and mark in _STEMS:
        return _STEMS.index(mark) + 1
    if len(mark) == 1 and "A" <= mark <= "Z":
        return ord(mark) - ord("A") + 1
    return 1 if not mark else max(taken, default=0) + 1


class _Clerk:
    """Goes through a file with the school's register beside it."""

    def __init__(self, rows: Sequence[ReaderRow], register: Register, make_classes: bool) -> None:
        self._register = register
        self._make_classes = make_classes
        self._by_number = {one.number: one for one in register.readers if one.number}
        self._by_card = {one.card: one for one in register.readers if one.card}
        self._by_name: dict[tuple[str, ClassKey | None, str], list[KnownReader]] = defaultdict(list)
        for one in register.readers:
            self._by_name[match_key(one.name), one.school_class, one.category].append(one)
        self._numbers = Counter(row.number for row in rows if row.number)
        self._cards = Counter(row.card for row in rows if row.card)
        self._names = Counter(
            self._name_key(row) for row in rows if not row.number and not row.card
        )

    def decide(self, row: ReaderRow) -> ReaderPlan:
        key = class_key(row.class_name, register=self._register) if row.class_name else None
        known = self._known(row, key)
        faults = [*row.faults, *self._faults(row, key, known)]
        if faults:
            return ReaderPlan(row=row, verdict=Verdict.REFUSED, why=tuple(faults))
        limit = self._exception(row)
        makes_class = key is not None and key not in self._register.classes
        if known is None:
            return ReaderPlan(
                row=row,
                verdict=Verdict.DOUBTFUL if row.doubts else Verdict.NEW,
                why=row.doubts,
                school_class=key,
                makes_class=makes_class,
                limit=limit,
            )
        found = dict(self._differences(row, known, key, limit))
        return ReaderPlan(
            row=row,
            verdict=Verdict.CHANGED if found else Verdict.SAME,
            why=tuple(why for why, _ in found.values()),
            reader=known.pk,
            school_class=key,
            makes_class=makes_class and "school_class" in found,
            limit=limit,
            changes={name: value for name, (_, value) in found.items()},
        )

    def _name_key(self, row: ReaderRow) -> tuple[str, ClassKey | None, str]:
        key = class_key(row.class_name, register=self._register) if row.class_name else None
        return match_key(row.name), key, row.category

    def _known(self, row: ReaderRow, key: ClassKey | None) -> KnownReader | None:
        """Find who a row is about: by number, by card, or by name and class if it has neither."""
        found = self._by_number.get(row.number) or self._by_card.get(row.card)
        if found or row.number or row.card:
            return found
        alike = self._by_name[match_key(row.name), key, row.category]
        return alike[0] if len(alike) == 1 else None

    def _faults(
        self, row: ReaderRow, key: ClassKey | None, known: KnownReader | None
    ) -> Iterator[Why]:
        if self._numbers[row.number] > 1:
            yield Why(Reason.NUMBER_TWICE, row.number)
        if self._cards[row.card] > 1:
            yield Why(Reason.CARD_TWICE, row.card)
        if not row.number and not row.card and self._names[self._name_key(row)] > 1:
            yield Why(Reason.NAME_TWICE, row.name)
        if row.card in self._register.books:
            yield Why(Reason.CARD_IS_A_BOOK, row.card)
        if row.class_name and key is None:
            yield Why(Reason.NO_CLASS_OF_THIS_GRADE, row.class_text)
        elif key and not key.mark and self._several_of(key):
            yield Why(Reason.WHICH_CLASS, row.class_text)
        elif key and key not in self._register.classes and not self._make_classes:
            yield Why(Reason.CLASS_MISSING, row.class_text)
        if known and match_key(known.name) != match_key(row.name):
            yield Why(Reason.NUMBER_OF_ANOTHER, row.number or row.card)
        holder = self._by_card.get(row.card)
        if known and holder and holder.pk != known.pk:
            yield Why(Reason.CARD_OF_ANOTHER, row.card)

    def _several_of(self, key: ClassKey) -> bool:
        """Tell whether a grade named without a class has classes with numbers."""
        there = self._register.classes
        return key not in there and any(
            (one.stage, one.cohort) == (key.stage, key.cohort) for one in there
        )

    def _exception(self, row: ReaderRow) -> int | None:
        """Give the reader's own limit, if it is not that of the category."""
        grade = row.class_name.grade if row.class_name else None
        limits = self._register.limits
        usual = limits.get((row.category, grade), limits.get((row.category, None)))
        return None if row.limit is None or row.limit == usual else row.limit

    def _differences(
        self, row: ReaderRow, known: KnownReader, key: ClassKey | None, limit: int | None
    ) -> Iterator[tuple[str, tuple[Why, object]]]:
        """Tell what a file says otherwise than the register; what it leaves empty, it does not say."""
        if row.number and row.number != known.number:
            yield "number", (Why(Reason.NUMBER, f"{known.number} → {row.number}"), row.number)
        if row.card and row.card != known.card:
            yield "card", (Why(Reason.CARD, f"{known.card} → {row.card}"), row.card)
        if row.category != known.category:
            yield "category", (Why(Reason.CATEGORY), row.category)
        if key and key != known.school_class:
            yield "school_class", (Why(Reason.CLASS, row.class_text), list(key))
        if row.seat is not None and row.seat != known.seat:
            yield "seat", (Why(Reason.SEAT, str(row.seat)), row.seat)
        if row.limit is not None and limit != known.limit:
            yield "limit", (Why(Reason.LIMIT, str(row.limit)), limit)
        if row.is_paused and not known.is_paused:
            yield "paused", (Why(Reason.PAUSED, row.pause_text), row.pause_text)
