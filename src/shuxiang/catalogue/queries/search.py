"""Find titles as a reader types. One question, printed for the index of either database. Reads only."""

# ruff: noqa: S608 - the statements are joined from the constants of this module; values are always passed

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from shuxiang.catalogue import rules
from shuxiang.catalogue.models import Holding
from shuxiang.catalogue.rules.ranking import Card, ranked
from shuxiang.catalogue.rules.searching import (
    All,
    Term,
    Wanted,
    Way,
    named_so,
    questions,
    within,
)
from shuxiang.formats import search as format_search
from shuxiang.formats.search import LONGEST_QUESTION, is_han
from shuxiang.formats.text import TooLong, scan_code
from shuxiang.platform.database.plain import many
from shuxiang.platform.schools.models import School

MOST = 1_000
"""Titles that are ranked; of more the reader is asked to say more."""

NAMED_SO = 200
"""Of too many titles, those that are called as was typed, and those whose name begins so, that are looked at in any case."""

_BY_EAR = ("sounds", "people_sounds", "spoken")
_ROW = ", ".join(f"c.{name}" for name in ("holding_id", *Card._fields[1:]))
_SEEN_ROW = ", ".join(
    "''" if name in _BY_EAR else f"c.{name}" for name in ("holding_id", *Card._fields[1:])
)
"""What is typed in characters is weighed without the readings, which are long."""
# The index decides which titles, whatever the planner thinks of the table of cards.
_FOUND = {
    "sqlite": """
FROM catalogue_terms CROSS JOIN catalogue_indexcard c ON c.holding_id = catalogue_terms.rowid
WHERE catalogue_terms MATCH %s AND c.school_id = %s""",
    "postgresql": """
FROM catalogue_indexcard c WHERE c.terms @@ %s::tsquery AND c.school_id = %s""",
}
_ALL = f"SELECT {_ROW} FROM catalogue_indexcard c WHERE c.school_id = %s"
_BEARS = """
SELECT holding_id FROM catalogue_copy
WHERE school_id = %s AND barcode{collation} BETWEEN %s AND %s
  AND NOT (barcode = '') AND NOT (standing = 'withdrawn')
UNION SELECT holding_id FROM catalogue_copy
WHERE school_id = %s AND accession_number{collation} BETWEEN %s AND %s AND NOT (standing = 'withdrawn')
LIMIT 200"""
_ON_SHELF = """
AND c.holding_id IN (SELECT holding_id FROM catalogue_copy WHERE shelf_id = %s AND standing <> 'withdrawn')"""
_NEWEST = " ORDER BY c.holding_id DESC"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader has chosen beside the words: a main class, an audience, a shelf."""

    main_class: str = ""
    audience: str = ""
    shelf: int | None = None

    def sql(self) -> tuple[str, list[Any]]:
        kinds = (("main_class", self.main_class), ("audience", self.audience))
        chosen = [(name, value) for name, value in kinds if value]
        conditions = "".join(f" AND c.{name} = %s" for name, _value in chosen)
        values: list[Any] = [value for _name, value in chosen]
        if self.shelf is not None:
            conditions += _ON_SHELF
            values.append(self.shelf)
        return conditions, values


@dataclass(frozen=True, slots=True)
class Hits:
    """The keys of the holdings found, the nearest first, and how many of them each choice would leave.

    `is_broad`: there are more than are listed, and the counts are those of the listed.
    """

    holdings: tuple[int, ...] = ()
    way: Way = Way.TYPED
    is_broad: bool = False
    main_classes: Counter[str] = field(default_factory=Counter)
    audiences: Counter[str] = field(default_factory=Counter)


def search(*, school: School, text: str = "", narrowing: Narrowing | None = None) -> Hits:
    """Find the titles of a school by name, author, series, publisher, pinyin, initials, ISBN, call number, barcode.

    Without words: everything, the newest first. Forgives faults where nothing else is found.
    """
    narrowing = narrowing or Narrowing()
    typed = format_search.read(text)
    asked = text[:LONGEST_QUESTION]
    if not typed.words:
        return Hits() if asked.strip() else _hits(_cards(_ALL, [school.pk], narrowing, _NEWEST))
    numbered = _by_number(school, asked, narrowing)
    by_ear = not all(map(is_han, typed.runs))
    for way, wanted in questions(asked, typed):
        row = _ROW if by_ear or way is Way.SOUND else _SEEN_ROW
        index = _Index(school=school, narrowing=narrowing, row=row)
        cards = index.ask(wanted)
        is_broad = len(cards) > MOST
        if is_broad:
            for more in named_so(typed, way):
                cards += index.ask(more, most=NAMED_SO)
        found = ranked({card.holding: card for card in cards}.values(), typed, way)
        if found or numbered:
            first = {card.holding for card in numbered}
            found = [*numbered, *(card for card in found if card.holding not in first)]
            return _hits(found, way, is_broad=is_broad and way is not Way.NEARLY)
    return _hits(_by_number(school, asked, narrowing, begins=True))


def _hits(cards: Sequence[Card], way: Way = Way.TYPED, *, is_broad: bool = False) -> Hits:
    kept = cards[:MOST]
    return Hits(
        holdings=tuple(card.holding for card in kept),
        way=way,
        is_broad=is_broad or len(cards) > MOST,
        main_classes=Counter(card.main_class for card in kept),
        audiences=Counter(card.audience for card in kept),
    )


@dataclass(frozen=True, kw_only=True)
class _Index:
    """The index of a school, narrowed as a reader has chosen."""

    school: School
    narrowing: Narrowing
    row: str

    def ask(self, wanted: Wanted, *, most: int | None = None) -> list[Card]:
        """Give the cards of titles, the oldest first: one more than `most` tells that there are more."""
        kinds = self.narrowing
        wanted = within(wanted, main_class=kinds.main_class, audience=kinds.audience)
        question = as_match(wanted) if connection.vendor == "sqlite" else as_tsquery(wanted)
        return _cards(
            f"SELECT {self.row} {_FOUND[connection.vendor]}",
            [question, self.school.pk],
            Narrowing(shelf=kinds.shelf),
            most=most,
        )


def _cards(
    statement: str,
    values: list[Any],
    narrowing: Narrowing,
    order: str = "",
    *,
    most: int | None = None,
) -> list[Card]:
    conditions, more = narrowing.sql()
    limit = (MOST if most is None else most) + 1
    rows = many(f"{statement}{conditions}{order} LIMIT {limit}", [*values, *more])
    return list(map(Card._make, rows))


def _by_number(
    school: School, text: str, narrowing: Narrowing, *, begins: bool = False
) -> list[Card]:
    """Find the title with this call number, or whose copy bears this barcode or accession number.

    `begins`: or one that begins so.
    """
    try:
        code = scan_code(text)
    except TooLong:
        return []
    if not any(char.isdigit() for char in code) or not code.isascii():
        return []
    last = f"{code}\U0010ffff" if begins else code
    collation = ' COLLATE "C"' if begins and connection.vendor == "postgresql" else ""
    bears = _BEARS.format(collation=collation)
    ids = {key for (key,) in many(bears, [school.pk, code, last] * 2)}
    if call_number := rules.read_call_number(code):
        there = Holding.objects.filter(school=school, call_number=str(call_number))
        ids |= {*there.values_list("pk", flat=True)}
    if not ids:
        return []
    places = ", ".join(["%s"] * len(ids))
    return _cards(f"{_ALL} AND c.holding_id IN ({places})", [school.pk, *sorted(ids)], narrowing)


def as_match(wanted: Wanted) -> str:
    """Print a question for FTS5. Terms are letters and digits by their making; nothing can be slipped in."""
    if isinstance(wanted, Term):
        return f'"{wanted.text}"{"*" if wanted.begins else ""}'
    joined = (" AND " if isinstance(wanted, All) else " OR ").join(map(as_match, wanted.parts))
    return f"({joined})"


def as_tsquery(wanted: Wanted) -> str:
    """Print a question for PostgreSQL."""
    if isinstance(wanted, Term):
        return f"'{wanted.text}'{':*' if wanted.begins else ''}"
    joined = (" & " if isinstance(wanted, All) else " | ").join(map(as_tsquery, wanted.parts))
    return f"({joined})"


def fetch(school: School, ids: Sequence[int]) -> list[Holding]:
    """Give holdings with their titles, in the order of their keys as listed."""
    there = Holding.objects.filter(school=school).select_related("title").defer("title__raw")
    found = there.in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]
