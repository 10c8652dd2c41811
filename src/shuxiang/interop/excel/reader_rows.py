"""Read a row about a reader: what its cells say, and what is wrong or doubtful about them. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from shuxiang.formats import classname
from shuxiang.formats.classname import ClassName
from shuxiang.formats.text import TooLong, fold
from shuxiang.interop.excel import values
from shuxiang.interop.excel.fields import ReaderField
from shuxiang.interop.excel.headers import Table, cell_of
from shuxiang.interop.excel.sheets import Cell
from shuxiang.interop.excel.values import text_of, tidy
from shuxiang.interop.excel.verdicts import Reason, Where, Why

LONGEST_NAME = 60
LONGEST_NUMBER = 40
MOST_AT_A_TIME = 200

_OPEN = re.compile(
    r"开通|正常|有效|可借|启用|允许|是|在册|在读|在校|激活|open|active|yes", re.IGNORECASE
)
_PAUSED = re.compile(
    r"暂停|停借|停用|禁用|挂失|冻结|不可借|无效|限制|禁止|否|过期|paused|closed|no", re.IGNORECASE
)
_CLASS_INSIDE = re.compile(
    r"[0-9一二三四五六七八九十高初][0-9一二三四五六七八九十年级()（）.-]{0,8}班?|(?:\d\d)?\d\d级.{1,6}班"
)
_PUPILS = re.compile(r"学生|少儿|pupil|student")
_TEACHERS = re.compile(r"教师|老师|教工|teacher")
_STAFF = re.compile(r"职工|职员|员工|工人|后勤|staff")


class ReaderRow(NamedTuple):
    """What one row says; `faults` refuse it, `doubts` mark it."""

    where: Where
    name: str
    category: str = "pupil"
    number: str = ""
    card: str = ""
    class_text: str = ""
    class_name: ClassName | None = None
    seat: int | None = None
    limit: int | None = None
    is_paused: bool = False
    pause_text: str = ""
    faults: tuple[Why, ...] = ()
    doubts: tuple[Why, ...] = ()


def read_tables(tables: Sequence[Table]) -> Iterator[ReaderRow]:
    """Read every row of some tables; a list without a class column may name its class above, or by its sheet."""
    rows = [row for table in tables for row in _read_table(table)]
    lengths = {field: _length_with_zeros(rows, field) for field in ("number", "card")}
    for row, lost in rows:
        for field, length in lengths.items():
            row = _with_zeros(row, field, length) if field in lost else row  # noqa: PLW2901
        yield row


def _read_table(table: Table) -> Iterator[tuple[ReaderRow, frozenset[str]]]:
    places = table.fields
    has_class = ReaderField.CLASS in places or ReaderField.GRADE in places
    above = "" if has_class else _class_above(table)
    for row in table.rows:
        cells = {field: cell_of(row, place) for field, place in places.items()}
        where = Where(table.sheet, row.number, table.columns[0].place)
        yield _read(cells, where, above), _numbers_only(cells)


def _numbers_only(cells: Mapping[str, Cell]) -> frozenset[str]:
    """Tell which codes came as numbers, so that zeros before them are lost."""
    return frozenset(
        field
        for field in (ReaderField.NUMBER, ReaderField.CARD)
        if isinstance(cells.get(field), float | int)
    )


def _class_above(table: Table) -> str:
    """Find the class of a list in its sheet's name or in the line above its header."""
    for text in (table.sheet, table.caption):
        candidates: list[str] = [text, *_CLASS_INSIDE.findall(fold(text))]
        for found in candidates:
            if classname.read(found):
                return found
    return ""


def _read(cells: Mapping[str, Cell], where: Where, above: str) -> ReaderRow:
    faults: list[Why] = []
    doubts: list[Why] = []
    name = tidy(cells.get(ReaderField.NAME))
    if not name:
        faults.append(Why(Reason.NO_READER_NAME))
    if len(name) > LONGEST_NAME:
        faults.append(Why(Reason.NAME_TOO_LONG, name[:LONGEST_NAME]))
    class_text = _class_text(cells) or above
    category = _category(cells, class_text)
    class_name = None
    if category == "pupil":
        class_name = _class(class_text, faults, doubts)
    limit = _limit(cells.get(ReaderField.LIMIT), faults)
    is_paused, pause_text = _pause(cells.get(ReaderField.PERMISSION), doubts)
    return ReaderRow(
        where=where,
        name=name,
        category=category,
        number=_code(cells.get(ReaderField.NUMBER), faults, upper=False),
        card=_code(cells.get(ReaderField.CARD), faults, upper=True),
        class_text=class_text,
        class_name=class_name,
        seat=values.count_of(cells.get(ReaderField.SEAT)),
        limit=limit,
        is_paused=is_paused,
        pause_text=pause_text,
        faults=tuple(faults),
        doubts=tuple(doubts),
    )


def _class_text(cells: Mapping[str, Cell]) -> str:
    """Join grade and class where a list has them in two columns."""
    said, grade = tidy(cells.get(ReaderField.CLASS)), tidy(cells.get(ReaderField.GRADE))
    if not grade or classname.read(said):
        return said or grade
    mark = said.removesuffix("班").strip("()（） ")
    if grade.isdigit():
        grade = f"{grade}年级" if int(grade) <= classname.HIGHEST_GRADE else f"{grade}级"
    return f"{grade}{mark}班" if mark else grade


def _category(cells: Mapping[str, Cell], class_text: str) -> str:
    for text in (tidy(cells.get(ReaderField.CATEGORY)), class_text):
        if _PUPILS.search(text):
            return "pupil"
        if _STAFF.search(text):
            return "staff"
        if _TEACHERS.search(text) or (text and classname.is_staff_word(text)):
            return "teacher"
    return "pupil"


def _class(text: str, faults: list[Why], doubts: list[Why]) -> ClassName | None:
    if not text:
        doubts.append(Why(Reason.NO_CLASS_SAID))
        return None
    found = classname.read(text)
    if found is None:
        faults.append(Why(Reason.CLASS_UNREADABLE_REFUSED, text))
    return found


def _limit(cell: Cell, faults: list[Why]) -> int | None:
    text = text_of(cell).strip()
    if not text:
        return None
    count = values.count_of(cell)
    if count is None or not 0 <= count <= MOST_AT_A_TIME:
        faults.append(Why(Reason.LIMIT_UNREADABLE, text))
        return None
    return count


def _pause(cell: Cell, doubts: list[Why]) -> tuple[bool, str]:
    text = tidy(cell)
    if _PAUSED.search(text):
        return True, text[:40]
    if text and not _OPEN.search(text):
        doubts.append(Why(Reason.PERMISSION_UNKNOWN, text[:40]))
    return False, ""


def _code(cell: Cell, faults: list[Why], *, upper: bool) -> str:
    try:
        code = values.code_of(cell)
    except values.LostDigits:
        faults.append(Why(Reason.NUMBER_LOST_DIGITS, text_of(cell)))
        return ""
    except TooLong:
        faults.append(Why(Reason.CODE_TOO_LONG, text_of(cell)[:80]))
        return ""
    if upper:
        return code
    if len(code) > LONGEST_NUMBER:
        faults.append(Why(Reason.CODE_TOO_LONG, code))
    return fold(text_of(cell))[:LONGEST_NUMBER]


def _length_with_zeros(rows: Sequence[tuple[ReaderRow, frozenset[str]]], field: str) -> int | None:
    """Tell the length of a list's numbers, if those kept as text are all of one length and some begin with 0."""
    texts: list[str] = [
        code
        for row, numbers_only in rows
        if field not in numbers_only and (code := getattr(row, field))
    ]
    lengths = Counter(len(code) for code in texts)
    has_zeros = any(code.startswith("0") for code in texts)
    return next(iter(lengths)) if has_zeros and len(lengths) == 1 else None


def _with_zeros(row: ReaderRow, field: str, length: int | None) -> ReaderRow:
    code: str = getattr(row, field)
    if not code or length is None or len(code) >= length:
        return row
    padded = code.rjust(length, "0")
    doubts = (*row.doubts, Why(Reason.ZEROS_ADDED, f"{code} → {padded}"))
    if field == "card":
        return row._replace(card=padded, doubts=doubts)
    return row._replace(number=padded, doubts=doubts)
