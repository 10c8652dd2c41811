"""The statements that every scan needs, written by hand: the ORM takes longer to write them than
the database to answer. Their twins in the ORM stand in `tests/twins.py`, which compare them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection

from shuxiang.catalogue.models import Copy, Holding, Shelf, Title
from shuxiang.catalogue.queries import name_with
from shuxiang.circulation.models import Loan
from shuxiang.platform.database.plain import Columns, join, many, one
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass

COPY = Columns(
    Copy, "k", "school", "holding", "accession_number", "barcode", "shelf", "collection",
    "standing", "volume",
)  # fmt: skip
HOLDING = Columns(Holding, "h", "school", "title", "call_number", "changes")
TITLE = Columns(Title, "t", "name", "volume", "author", "clc")
SHELF = Columns(Shelf, "s", "school", "code", "name")
LOAN = Columns(
    Loan, "l", "school", "copy", "reader", "school_class", "grade", "kind", "lent_at", "due_on",
    "due_time", "renewals",
)  # fmt: skip
READER = Columns(
    Reader, "r", "school", "category", "name", "number", "seat", "card", "account", "limit",
    "joined_on", "left_on",
)  # fmt: skip
CLASS = Columns(SchoolClass, "c", "school", "stage", "cohort", "number", "mark")

KNOWN = """
  (SELECT e.id FROM audit_entry e WHERE e.school_id = %s AND e.nonce = %s AND NOT (e.nonce = '')),
  COALESCE((SELECT last.at FROM audit_entry last WHERE last.school_id = %s
    ORDER BY last.id DESC LIMIT 1) > %s,
    FALSE),
  (SELECT y.stamp FROM schools_school y WHERE y.id = %s)
"""

COPY_AT_DESK = f"""
SELECT {COPY.sql}, {HOLDING.sql}, {TITLE.sql}, {SHELF.sql}, {LOAN.sql}, {READER.sql}, {CLASS.sql}
FROM catalogue_copy k
JOIN catalogue_holding h ON h.id = k.holding_id
JOIN catalogue_title t ON t.id = h.title_id
LEFT JOIN catalogue_shelf s ON s.id = k.shelf_id
LEFT JOIN circulation_loan l ON l.copy_id = k.id AND l.returned_at IS NULL
LEFT JOIN readers_reader r ON r.id = l.reader_id
LEFT JOIN readers_schoolclass c ON c.id = l.school_class_id
WHERE k.school_id = %s AND k.barcode = %s AND NOT (k.barcode = '') AND NOT (k.standing = 'withdrawn')
"""  # noqa: S608 - columns and tables only

AT_SHELVES = """
SELECT k.holding_id, k.shelf_id, MAX(CASE WHEN k.standing = 'on_shelf' AND l.id IS NULL THEN 1 ELSE 0 END)
FROM catalogue_copy k LEFT JOIN circulation_loan l ON l.copy_id = k.id AND l.returned_at IS NULL
WHERE +k.school_id = %s AND NOT (k.standing = 'withdrawn') AND k.holding_id IN
"""

COPIES_AT = """
SELECT k.holding_id, k.id, k.volume, k.accession_number, k.standing, l.due_on, s.code, s.name, s.room, c.name
FROM catalogue_copy k LEFT JOIN circulation_loan l ON l.copy_id = k.id AND l.returned_at IS NULL
LEFT JOIN catalogue_shelf s ON s.id = k.shelf_id
LEFT JOIN catalogue_collection c ON c.id = k.collection_id
WHERE +k.school_id = %s AND NOT (k.standing = 'withdrawn') AND k.holding_id IN
"""

READER_AT_DESK = f"""
SELECT {READER.sql},
  EXISTS (SELECT 1 FROM audit_entry e WHERE e.school_id = %s AND e.nonce = %s AND NOT (e.nonce = ''))
FROM readers_reader r WHERE r.school_id = %s AND r.id = %s
"""  # noqa: S608

TO_LEND = f"""
SELECT {CLASS.sql}, r.category, r."limit", r.left_on,
  k.standing, k.holding_id, k.collection_id,
  (SELECT COUNT(*) FROM readers_restriction x
    WHERE x.reader_id = r.id AND x.lifted_on IS NULL AND x.from_on <= %s
      AND (x.until_on IS NULL OR x.until_on >= %s)),
  (SELECT COUNT(*) FROM circulation_loan l
    WHERE l.reader_id = r.id AND l.returned_at IS NULL AND l.kind = 'home'),
  (SELECT COUNT(*) FROM circulation_loan l
    WHERE l.reader_id = r.id AND l.returned_at IS NULL AND l.due_on < %s),
  (SELECT COUNT(*) FROM circulation_loan l JOIN catalogue_copy o ON o.id = l.copy_id
    WHERE l.reader_id = r.id AND l.returned_at IS NULL AND o.holding_id = k.holding_id),
  (SELECT COUNT(*) FROM circulation_loan l WHERE l.copy_id = k.id AND l.returned_at IS NULL),
  (SELECT COUNT(*) FROM circulation_hold h
    WHERE h.holding_id = k.holding_id AND h.state IN ('waiting', 'ready')),
  {KNOWN}
FROM readers_reader r
JOIN catalogue_copy k ON k.id = %s AND k.school_id = r.school_id
LEFT JOIN readers_membership m ON m.reader_id = r.id
  AND m.from_on <= %s AND (m.until_on IS NULL OR m.until_on >= %s)
LEFT JOIN readers_schoolclass c ON c.id = m.school_class_id
WHERE r.school_id = %s AND r.id = %s
"""  # noqa: S608

TO_TAKE_BACK = f"""
SELECT {LOAN.sql}, {READER.sql}, {CLASS.sql}, k.standing, k.holding_id,
  (SELECT COUNT(*) FROM circulation_hold h
    WHERE h.holding_id = k.holding_id AND h.state IN ('waiting', 'ready')),
  {KNOWN}
FROM catalogue_copy k
LEFT JOIN circulation_loan l ON l.copy_id = k.id AND l.returned_at IS NULL
LEFT JOIN readers_reader r ON r.id = l.reader_id
LEFT JOIN readers_schoolclass c ON c.id = l.school_class_id
WHERE k.school_id = %s AND k.id = %s
"""  # noqa: S608

OF_READER = f"""
SELECT {CLASS.sql},
  (SELECT y.stamp FROM schools_school y WHERE y.id = r.school_id),
  (SELECT COUNT(*) FROM readers_restriction x
    WHERE x.reader_id = r.id AND x.lifted_on IS NULL AND x.from_on <= %s
      AND (x.until_on IS NULL OR x.until_on >= %s)),
  (SELECT COUNT(*) FROM circulation_hold h
    WHERE h.reader_id = r.id AND h.state IN ('waiting', 'ready')),
  (SELECT COUNT(*) FROM circulation_loan l
    WHERE l.reader_id = r.id AND l.undone_at IS NULL AND l.lent_on >= %s),
  (SELECT p.digest FROM readers_photo p WHERE p.reader_id = r.id AND r.left_on IS NULL),
  l.kind, l.due_on, l.due_time, h.changes, t.name, t.volume, k.volume
FROM readers_reader r
LEFT JOIN readers_membership m ON m.reader_id = r.id
  AND m.from_on <= %s AND (m.until_on IS NULL OR m.until_on >= %s)
LEFT JOIN readers_schoolclass c ON c.id = m.school_class_id
LEFT JOIN circulation_loan l ON l.reader_id = r.id AND l.returned_at IS NULL
LEFT JOIN catalogue_copy k ON k.id = l.copy_id
LEFT JOIN catalogue_holding h ON h.id = k.holding_id
LEFT JOIN catalogue_title t ON t.id = h.title_id
WHERE r.school_id = %s AND r.id = %s
ORDER BY l.due_on, l.id
"""  # noqa: S608

LOCK = """
SELECT r.id FROM readers_reader r JOIN catalogue_copy k ON k.id = %s
WHERE r.id = %s FOR UPDATE OF r, k
"""
LOCK_COPY = "SELECT k.id FROM catalogue_copy k WHERE k.id = %s FOR UPDATE"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What every act must know before it is written."""

    entry: int | None
    """The entry of the same act, if it happened before."""
    is_behind: bool
    """Whether the last entry was written later than the clock now says."""
    stamp: int
    """Which state of the school's rules holds."""


@dataclass(frozen=True, kw_only=True)
class ToLend:
    """What a loan must know of its reader and copy on a day."""

    school_class: SchoolClass | None
    category: str
    limit: int | None
    left_on: date | None
    standing: str
    holding: int
    collection: int | None
    restrictions: int
    at_home: int
    overdue: int
    same_title: int
    copy_out: int
    holds: int
    """Open holds on the title, of whomever."""
    known: Known


@dataclass(frozen=True, kw_only=True)
class ToTakeBack:
    """What a return must know of its copy."""

    loan: Loan | None
    standing: str
    holding: int
    holds: int
    known: Known


@dataclass(frozen=True, kw_only=True)
class LineOfReader:
    """One book that a reader has out."""

    kind: str
    due_on: date
    due_time: time | None
    title: str


@dataclass(frozen=True, kw_only=True)
class OfReader:
    """What the desk shows of a reader."""

    school_class: SchoolClass | None
    stamp: int
    restrictions: int
    holds: int
    lent: int
    """Loans since a day, those undone left out."""
    photo: str
    """The digest of the portrait, if there is one."""
    lines: tuple[LineOfReader, ...]


def copy_at_desk(school: School, code: str) -> tuple[Copy, Loan | None] | None:
    """Find the living copy that wears a barcode, with all that a row shows of it, and its loan."""
    row = one(COPY_AT_DESK, [school.pk, code])
    if row is None:
        return None
    copy, holding, title = COPY.take(row), HOLDING.take(row), TITLE.take(row)
    if not (copy and holding and title):
        return None
    join(copy, school=school, holding=holding, shelf=SHELF.take(row))
    join(holding, title=title)
    return copy, _loan(row, school, copy)


def reader_at_desk(school: School, key: int, *, nonce: str = "") -> tuple[Reader, bool] | None:
    """Find a reader of the school by key; tell whether the act of a nonce has happened."""
    row = one(READER_AT_DESK, [school.pk, nonce, school.pk, key])
    reader = READER.take(row) if row else None
    if row is None or reader is None:
        return None
    join(reader, school=school)
    return reader, bool(next(row))


def lock(*, reader: int, copy: int) -> None:
    """Let no other desk lend to the reader, or the copy, until this transaction ends."""
    if connection.features.has_select_for_update:
        one(LOCK, [copy, reader])


def lock_copy(copy: int) -> None:
    """Let no other desk lend or take back the copy until this transaction ends."""
    if connection.features.has_select_for_update:
        one(LOCK_COPY, [copy])


def to_lend(
    school: School, *, reader: int, copy: int, day: date, nonce: str, latest: datetime
) -> ToLend:
    """Ask what speaks for and against a loan.

    :raises Reader.DoesNotExist: if the reader and the copy are not both the school's
    """
    on = connection.ops.adapt_datefield_value(day)
    known = _ask_known(school.pk, nonce, latest)
    row = one(TO_LEND, [on, on, on, *known, copy, on, on, school.pk, reader])
    if row is None:
        raise Reader.DoesNotExist
    school_class = _class(row, school)
    names = (
        "category", "limit", "left_on", "standing", "holding", "collection", "restrictions",
        "at_home", "overdue", "same_title", "copy_out", "holds",
    )  # fmt: skip
    values: dict[str, Any] = {name: next(row) for name in names}
    return ToLend(school_class=school_class, known=_known(row), **values)


def to_take_back(school: School, *, copy: int, nonce: str, latest: datetime) -> ToTakeBack:
    """Ask what a return must know.

    :raises Copy.DoesNotExist: if the copy is not the school's
    """
    row = one(TO_TAKE_BACK, [*_ask_known(school.pk, nonce, latest), school.pk, copy])
    if row is None:
        raise Copy.DoesNotExist
    return ToTakeBack(
        loan=_loan(row, school),
        standing=next(row),
        holding=next(row),
        holds=next(row),
        known=_known(row),
    )


def of_reader(reader: Reader, *, day: date, since: date) -> OfReader:
    """Ask what a reader has out on a day, and how many books they took since another.

    :raises Reader.DoesNotExist: if the reader is not the school's
    """
    on, start = (connection.ops.adapt_datefield_value(each) for each in (day, since))
    rows = many(OF_READER, [on, on, start, on, on, reader.school_id, reader.pk])
    if not rows:
        raise Reader.DoesNotExist
    row = iter(rows[0])
    return OfReader(
        school_class=_class(row, reader.school),
        stamp=next(row),
        restrictions=next(row),
        holds=next(row),
        lent=next(row),
        photo=next(row) or "",
        lines=tuple(_line(each[-7:]) for each in rows if each[-7] is not None),
    )


def known(school: School, *, nonce: str, latest: datetime) -> Known:
    """Ask only what every act must know."""
    row = one(f"SELECT {KNOWN}", _ask_known(school.pk, nonce, latest))
    if row is None:
        raise School.DoesNotExist
    return _known(row)


def _line(values: tuple[Any, ...]) -> LineOfReader:
    kind, due_on, due_time, changes, name, volume, of_copy = values
    changed = {} if changes == "{}" else json.loads(changes)
    title = name_with(changed, name=name, volume=volume, of_copy=of_copy)
    return LineOfReader(kind=kind, due_on=due_on, due_time=due_time, title=title)


def _loan(row: Iterator[Any], school: School, copy: Copy | None = None) -> Loan | None:
    loan, reader, own_class = LOAN.take(row), READER.take(row), _class(row, school)
    if loan is None:
        return None
    join(loan, school=school, school_class=own_class, reader=reader)
    if reader:
        join(reader, school=school)
    if copy:
        join(loan, copy=copy)
    return loan


def _class(row: Iterator[Any], school: School) -> SchoolClass | None:
    school_class = CLASS.take(row)
    if school_class:
        join(school_class, school=school)
    return school_class


def _ask_known(school: int, nonce: str, latest: datetime) -> list[Any]:
    moment = connection.ops.adapt_datetimefield_value(latest)
    return [school, nonce, school, moment, school]


def _known(row: Iterator[Any]) -> Known:
    return Known(entry=next(row), is_behind=bool(next(row)), stamp=next(row))


def at_shelves(school: School, holdings: Sequence[int]) -> list[tuple[int, int | None, bool]]:
    """List at which shelves titles stand, and whether a copy of each stands there now."""
    if not holdings:
        return []
    places = ", ".join(["%s"] * len(holdings))
    rows = many(
        f"{AT_SHELVES} ({places}) GROUP BY k.holding_id, k.shelf_id", [school.pk, *holdings]
    )
    return [(holding, shelf, bool(is_here)) for holding, shelf, is_here in rows]


def copies_at(school: School, holdings: Sequence[int]) -> list[tuple[Any, ...]]:
    """List the copies of titles with where each is: its holding, key, volume, number, standing, day due, shelf, collection."""
    if not holdings:
        return []
    places = ", ".join(["%s"] * len(holdings))
    return many(f"{COPIES_AT} ({places}) ORDER BY k.volume, k.id", [school.pk, *holdings])
