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
from shuxiang.catalogue.rules.searching import (
    All,
    Card,
    Term,
    Wanted,
    Way,
    distance,
    fits,
    missing,
    nearness,
    questions,
)
from shuxiang.formats import search as format_search
from shuxiang.formats.search import LONGEST_QUESTION, Typed
from shuxiang.formats.text import TooLong, scan_code
from shuxiang.platform.database.plain import many
from shuxiang.platform.schools.models import School

MOST = 1_000
"""Titles that are ranked; of more the reader is asked to say more."""

LOOSE, WEIGHED = 2_000, 200
"""Titles that are looked at, and titles whose faults are counted when what was typed is wrong somewhere; those that hold the most of it."""

_CARD = ", ".join(f"c.{name}" for name in ("holding_id", *Card._fields[1:]))
_ROW = f"{_CARD}, c.main_class, c.audience"
_OF_SQLITE = f"""
SELECT {_ROW} FROM catalogue_terms JOIN catalogue_indexcard c ON c.holding_id = catalogue_terms.rowid
WHERE catalogue_terms MATCH %s AND c.school_id = %s"""
_OF_POSTGRESQL = f"""
SELECT {_ROW} FROM catalogue_indexcard c WHERE c.terms @@ %s::tsquery AND c.school_id = %s"""
_BY_NAME = f"""
SELECT {_ROW} FROM catalogue_indexcard c WHERE c.name >= %s AND c.name < %s AND c.school_id = %s"""
_ALL = f"SELECT {_ROW} FROM catalogue_indexcard c WHERE c.school_id = %s"
_BEARS = """
SELECT holding_id FROM catalogue_copy
WHERE school_id = %s AND barcode{collation} BETWEEN %s AND %s
  AND NOT (barcode = '') AND NOT (standing = 'withdrawn')
UNION SELECT holding_id FROM catalogue_copy
WHERE school_id = %s AND accession_number{collation} BETWEEN %s AND %s AND NOT (standing = 'withdrawn')
LIMIT 200"""
_NEWEST = " ORDER BY c.holding_id DESC"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader has chosen beside the words: a main class, an audience, a shelf."""

    main_class: str = ""
    audience: str = ""
    shelf: int | None = None

    def sql(self) -> tuple[str, list[Any]]:
        conditions = ""
        values: list[Any] = []
        if self.main_class:
            conditions += " AND c.main_class = %s"
            values.append(self.main_class)
        if self.audience:
            conditions += " AND c.audience = %s"
            values.append(self.audience)
        if self.shelf is not None:
            conditions += (
                " AND EXISTS (SELECT 1 FROM catalogue_copy k WHERE k.holding_id = c.holding_id"
                " AND k.shelf_id = %s AND k.standing <> 'withdrawn')"
            )
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
        if asked.strip():
            return Hits()
        rows = _rows(_ALL, [school.pk], narrowing, _NEWEST)
        return _hits(rows, Way.TYPED)
    numbered = _by_number(school, asked, narrowing)
    for way, wanted in questions(asked, typed):
        rows = _asked(school, wanted, narrowing, most=LOOSE if way is Way.NEARLY else MOST)
        listed = [(row, Card(*row[:8])) for row in rows]
        if way is Way.NEARLY:
            listed.sort(key=lambda pair: (missing(pair[1], typed), len(pair[1].name)))
            del listed[WEIGHED:]
        found = [(row, card) for row, card in listed if fits(card, typed, way)]
        if len(rows) > MOST:
            there = {row[0] for row in rows}
            named = [row for row in _by_name(school, typed, narrowing) if row[0] not in there]
            found += [(row, Card(*row[:8])) for row in named]
        if found or numbered:
            found.sort(key=lambda pair: nearness(pair[1], typed))
            if way is Way.NEARLY:
                found.sort(key=lambda pair: distance(pair[1], typed))
            first = {row[0] for row in numbered}
            ranked = [*numbered, *(row for row, _card in found if row[0] not in first)]
            is_broad = len(rows) > MOST and way is not Way.NEARLY
            return _hits(ranked, way, is_broad=is_broad)
    return _hits(_by_number(school, asked, narrowing, begins=True), Way.TYPED)


def _hits(rows: Sequence[tuple[Any, ...]], way: Way, *, is_broad: bool | None = None) -> Hits:
    kept = rows[:MOST]
    return Hits(
        holdings=tuple(row[0] for row in kept),
        way=way,
        is_broad=len(rows) > MOST if is_broad is None else is_broad,
        main_classes=Counter(row[8] for row in kept),
        audiences=Counter(row[9] for row in kept),
    )


def _asked(
    school: School, wanted: Wanted, narrowing: Narrowing, *, most: int
) -> list[tuple[Any, ...]]:
    if connection.vendor == "sqlite":
        return _rows(_OF_SQLITE, [as_match(wanted), school.pk], narrowing, most=most)
    return _rows(_OF_POSTGRESQL, [as_tsquery(wanted), school.pk], narrowing, most=most)


def _rows(
    statement: str, values: list[Any], narrowing: Narrowing, order: str = "", *, most: int = 0
) -> list[tuple[Any, ...]]:
    conditions, more = narrowing.sql()
    return many(f"{statement}{conditions}{order} LIMIT {(most or MOST) + 1}", [*values, *more])


def _by_name(school: School, typed: Typed, narrowing: Narrowing) -> list[tuple[Any, ...]]:
    """Find those whose name begins so: of too many titles they come first."""
    return _rows(
        _BY_NAME, [typed.key, f"{typed.key}\U0010ffff", school.pk], narrowing, " ORDER BY c.name"
    )


def _by_number(
    school: School, text: str, narrowing: Narrowing, *, begins: bool = False
) -> list[tuple[Any, ...]]:
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
    return _rows(f"{_ALL} AND c.holding_id IN ({places})", [school.pk, *sorted(ids)], narrowing)


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
