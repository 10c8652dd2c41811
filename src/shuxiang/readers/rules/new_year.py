"""What a school's own list says of a new school year: who moves up, is divided anew, comes or goes. Pure.

A class is an entry cohort, so those who stay in theirs move up without a word. What the list leaves
open is left as it is: nobody leaves because a name was unclear or a grade is not in the list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from shuxiang.formats.text import match_key


class Entry(NamedTuple):
    """A class by its entry: stage, year of entry, and how its number is written."""

    stage: str
    cohort: int
    mark: str

    @property
    def grade(self) -> tuple[str, int]:
        """All who entered together."""
        return self.stage, self.cohort


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A pupil as the list has them; `place` is the row."""

    place: int
    name: str
    entry: Entry
    number: str = ""
    card: str = ""
    seat: int | None = None


@dataclass(frozen=True, kw_only=True)
class Present:
    """A pupil who is at school."""

    pk: int
    name: str
    number: str = ""
    card: str = ""
    entry: Entry | None = None
    is_former: bool = False
    """Was at school, and has left."""


class Step(StrEnum):
    """Which way a pupil goes."""

    UP = "up"
    DIVIDED = "divided"
    REPEATS = "repeats"
    SKIPS = "skips"
    RETURNS = "returns"
    NEW = "new"
    GRADUATES = "graduates"
    LEAVES = "leaves"
    UNCLEAR = "unclear"


MOVING = frozenset({Step.DIVIDED, Step.REPEATS, Step.SKIPS})
GOING = frozenset({Step.GRADUATES, Step.LEAVES})


class Unclear(StrEnum):
    """Why nobody can say who is meant."""

    NUMBER_TWICE = "number_twice"
    NUMBER_OF_ANOTHER = "number_of_another"
    NAME_TWICE = "name_twice"
    SEVERAL_OF_NAME = "several_of_name"


@dataclass(frozen=True, kw_only=True)
class YearLine:
    """One pupil: from where to where."""

    step: Step
    listed: Listed | None = None
    present: Present | None = None
    why: Unclear | None = None


def plan_year(
    listed: Sequence[Listed],
    present: Sequence[Present],
    *,
    leaving: Collection[tuple[str, int]],
    unread: Collection[str] = (),
    former: Sequence[Present] = (),
) -> list[YearLine]:
    """Decide about every pupil of the list, in its order, and then about those who are not in it.

    Of the `former` pupils one comes back who is in the list with the number or card and the name; a name
    alone may be somebody else's. `leaving` are the stages and years of entry that have no grade any
    more; `unread` the names, numbers and cards in rows that could not be read.
    """
    finder = _Finder(listed, present, former)
    lines = [_line(one, *finder.find(one)) for one in listed]
    taken = {line.present.pk for line in lines if line.present}
    unsure = {match_key(name) for name in unread}
    unsure |= {match_key(line.listed.name) for line in lines if line.why and line.listed}
    grades = {one.entry.grade for one in listed}
    for one in present:
        named = {match_key(said) for said in (one.name, one.number, one.card) if said}
        if one.pk in taken or unsure & named:
            continue
        if one.entry and one.entry.grade in leaving:
            lines.append(YearLine(step=Step.GRADUATES, present=one))
        elif one.entry is None or one.entry.grade in grades:
            lines.append(YearLine(step=Step.LEAVES, present=one))
    return lines


def not_listed(
    listed: Iterable[Listed],
    present: Iterable[Present],
    *,
    leaving: Collection[tuple[str, int]],
) -> list[tuple[str, int]]:
    """List the grades, by entry, of which the list says nothing: they stay as they are."""
    here = {one.entry.grade for one in present if one.entry}
    return sorted(here - {one.entry.grade for one in listed} - set(leaving))


class _Finder:
    """Finds who a row is about: by number, by card, or by a name that only one can mean."""

    def __init__(
        self, listed: Sequence[Listed], present: Sequence[Present], former: Sequence[Present]
    ) -> None:
        self._former = {
            (code, match_key(one.name)): one
            for one in former
            for code in (one.card, one.number)
            if code
        }
        self._by_number = {one.number: one for one in present if one.number}
        self._by_card = {one.card: one for one in present if one.card}
        self._by_name: dict[str, list[Present]] = defaultdict(list)
        for one in present:
            self._by_name[match_key(one.name)].append(one)
        self._numbers = Counter(one.number for one in listed if one.number)
        self._names = Counter((match_key(one.name), one.entry.grade) for one in listed)
        self._in_class = Counter((match_key(one.name), one.entry) for one in listed)

    def find(self, one: Listed) -> tuple[Present | None, Unclear | None]:
        if self._numbers[one.number] > 1:
            return None, Unclear.NUMBER_TWICE
        found = self._by_number.get(one.number) or self._by_card.get(one.card)
        if found:
            same = match_key(found.name) == match_key(one.name)
            return (found, None) if same else (found, Unclear.NUMBER_OF_ANOTHER)
        for code in (one.number, one.card):
            if gone := self._former.get((code, match_key(one.name))):
                return gone, None
        alike = [
            other
            for other in self._by_name[match_key(one.name)]
            if not (one.number and other.number)
        ]
        together = [
            other for other in alike if other.entry and other.entry.grade == one.entry.grade
        ]
        if len(together) > 1 or (not together and len(alike) > 1):
            return None, Unclear.SEVERAL_OF_NAME
        key = match_key(one.name)
        if alike:
            is_twice = self._names[key, one.entry.grade] > 1
        else:  # two new pupils of a class, or one who is listed twice
            is_twice = not one.number and self._in_class[key, one.entry] > 1
        if is_twice:
            return None, Unclear.NAME_TWICE
        return next(iter(together or alike), None), None


def _line(one: Listed, found: Present | None, why: Unclear | None) -> YearLine:
    if why:
        return YearLine(step=Step.UNCLEAR, listed=one, present=found, why=why)
    return YearLine(step=_step(one, found), listed=one, present=found)


def _step(one: Listed, found: Present | None) -> Step:
    if found is None:
        return Step.NEW
    if found.is_former:
        return Step.RETURNS
    if found.entry is None:
        return Step.DIVIDED
    if found.entry == one.entry:
        return Step.UP
    if found.entry.grade == one.entry.grade or found.entry.stage != one.entry.stage:
        return Step.DIVIDED
    return Step.REPEATS if one.entry.cohort > found.entry.cohort else Step.SKIPS


def new_classes(listed: Iterable[Listed], known: Collection[Entry]) -> list[Entry]:
    """List the classes that the list names and the school has not yet."""
    return sorted({one.entry for one in listed} - set(known))


def packed(listed: Iterable[Listed]) -> list[list[object]]:
    """Write rows so that they can be kept."""
    return [
        [one.place, one.name, list(one.entry), one.number, one.card, one.seat] for one in listed
    ]


def unpacked(kept: Iterable[Sequence[object]]) -> Iterator[Listed]:
    """Read rows that were kept."""
    for place, name, entry, number, card, seat in kept:
        yield Listed(
            place=int(str(place)),
            name=str(name),
            entry=Entry(*entry),  # type: ignore[misc]
            number=str(number),
            card=str(card),
            seat=seat if isinstance(seat, int) else None,
        )
