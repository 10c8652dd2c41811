"""Read the school's own list of a new school year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shuxiang.interop.excel import asking, keeping, preview, reader_rows, reading, wording
from shuxiang.interop.excel.fields import Kind, ReaderField, header_key
from shuxiang.interop.excel.preview import Choices, NoHeader
from shuxiang.interop.excel.reader_rows import ReaderRow
from shuxiang.interop.excel.readers import Register, class_key
from shuxiang.interop.excel.register import register_of
from shuxiang.interop.excel.sheets import Fault, FileRefused
from shuxiang.interop.excel.verdicts import Reason, Why
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import FIRST_MONTH_OF_YEAR
from shuxiang.readers.rules import LONGEST_MARK
from shuxiang.readers.rules.new_year import Entry, Listed


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A list that was brought: where it waits, what it is called, which school year it is about."""

    folder: str
    name: str
    first_year: int
    is_asked: bool
    """Somebody wants to say what its columns hold."""


@dataclass(frozen=True, kw_only=True)
class YearList:
    """The pupils of a list, and the rows that could not be read: place, name, what is wrong, number or card."""

    listed: tuple[Listed, ...]
    unread: tuple[tuple[int, str, str, str], ...]
    others: int
    """Rows about teachers and staff, whom a new school year does not move."""


def keep_list(
    *,
    school: School,
    name: str,
    chunks: Iterable[bytes],
    first_year: int,
    is_asked: bool,
    now: datetime,
) -> Brought:
    """Keep a list until it is read."""
    asking.sweep(school=school, now=now)
    folder = keeping.new_folder(school)
    keeping.keep(folder, chunks)
    return Brought(folder=folder, name=name, first_year=first_year, is_asked=is_asked)


def read_year(
    *,
    school: School,
    brought: Brought,
    mapped: Mapping[str, Sequence[str]] | None = None,
) -> YearList:
    """
    Read a list whose classes are named as they will be called in the new school year.

    `mapped` is what the columns hold by sheet, if somebody said it by hand.

    :raises FileRefused: if the file can't be read, or holds no list of pupils
    :raises NoHeader: if somebody must or wants to name the columns; `preview.sheets_in` shows them
    """
    choices = Choices(kind=Kind.READERS, name=brought.name, mapped=mapped or {})
    book = reading.read(keeping.source_of(brought.folder), name=brought.name)
    known = preview.learned(school, Kind.READERS)
    preview.keep_sheets(keeping.folder_of(brought.folder), book, choices=choices, known=known)
    if not any(sheet.rows for sheet in book.sheets):
        raise FileRefused(Fault.NO_ROWS, {"name": brought.name})
    tables = () if brought.is_asked and not mapped else preview.tables_in(book, choices, known)
    rows = [
        row for row in reader_rows.read_tables(tables) if not (mapped and _is_heading(row, known))
    ]
    pupils = [row for row in rows if row.category == "pupil"]
    if tables and not pupils:
        raise FileRefused(Fault.NO_ROWS, {"name": brought.name})
    if not any(row.class_name for row in pupils):
        raise NoHeader(brought.name)
    register = register_of(school, date(brought.first_year, FIRST_MONTH_OF_YEAR, 1))
    listed, unread = [], []
    for row in pupils:
        entry = _entry(row, register)
        if entry and not row.faults:
            listed.append(_listed(row, entry))
        else:
            code = row.number or row.card
            unread.append((row.where.row, row.name, wording.sentences(_whys(row)), code))
    return YearList(listed=tuple(listed), unread=tuple(unread), others=len(rows) - len(pupils))


def _whys(row: ReaderRow) -> tuple[Why, ...]:
    """Tell what keeps a row from being read."""
    if row.faults:
        return row.faults
    if not row.class_text:
        return (Why(Reason.NO_CLASS),)
    return (Why(Reason.NO_CLASS_OF_THIS_GRADE, row.class_text),)


def _is_heading(row: ReaderRow, known: Mapping[str, str]) -> bool:
    """Tell the line of headings that were named by hand: its name is one, its number has no digit."""
    code = row.number or row.card
    is_named = known.get(header_key(row.name)) == ReaderField.NAME
    return is_named and bool(code) and not any(sign.isdigit() for sign in code)


def _entry(row: ReaderRow, register: Register) -> Entry | None:
    key = class_key(row.class_name, register=register) if row.class_name else None
    return Entry(key.stage, key.cohort, key.mark[:LONGEST_MARK]) if key else None


def _listed(row: ReaderRow, entry: Entry) -> Listed:
    return Listed(
        place=row.where.row,
        name=row.name,
        entry=entry,
        number=row.number,
        card=row.card,
        seat=row.seat,
    )
