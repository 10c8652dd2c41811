"""Read the school's own list of a new school year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shuxiang.interop.excel import preview, reader_rows, reading, wording
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.headers import find_tables
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
class YearList:
    """The pupils of a list, and the rows that could not be read: place, name, what is wrong."""

    listed: tuple[Listed, ...]
    unread: tuple[tuple[int, str, str], ...]
    others: int
    """Rows about teachers and staff, whom a new school year does not move."""


def read_year(*, school: School, file: Path, name: str, first_year: int) -> YearList:
    """
    Read a list whose classes are named as they will be called in the new school year.

    :raises FileRefused: if the file can't be read, or holds no list of pupils with their classes
    """
    book = reading.read(file, name=name)
    tables = find_tables(book, kind=Kind.READERS, learned=preview.learned(school, Kind.READERS))
    rows = list(reader_rows.read_tables(tables))
    register = register_of(school, date(first_year, FIRST_MONTH_OF_YEAR, 1))
    pupils = [row for row in rows if row.category == "pupil"]
    if not any(row.class_name for row in pupils):
        raise FileRefused(Fault.NO_ROWS, {"name": name})
    listed, unread = [], []
    for row in pupils:
        entry = _entry(row, register)
        if entry and not row.faults:
            listed.append(_listed(row, entry))
        else:
            whys = row.faults or (Why(Reason.NO_CLASS_OF_THIS_GRADE, row.class_text),)
            unread.append((row.where.row, row.name, wording.sentences(whys)))
    return YearList(listed=tuple(listed), unread=tuple(unread), others=len(rows) - len(pupils))


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
