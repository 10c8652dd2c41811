"""Cells as people fill them, made into names, codes, counts and years. Pure."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from shuxiang.formats import numerals
from shuxiang.formats.text import fold, scan_code
from shuxiang.interop.excel.sheets import Cell

NOTHING = frozenset({"nan", "none", "null", "#n/a", "n/a", "-", "--", "—", "/", "无", "\\n"})
_LONGEST_NOTHING = 8
MOST_CODES = 500
KEPT = 1_024  # years and counts that are remembered
_EXACT_FLOAT = 2**53
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_WIDE |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}
_INVISIBLE_SIGNS = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
)
_INVISIBLE = re.compile(f"[{_INVISIBLE_SIGNS}]")
_UNTIDY = re.compile(rf"[&\s０-９Ａ-Ｚａ-ｚ{_INVISIBLE_SIGNS}]")
_COUNT = re.compile(r"(?:共|约)?\s*(.{1,6}?)\s*[册本套部件卷]?")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?=(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?(?!\d))")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_PARTING = re.compile(r"[;；,，、\s]+")
_RANGE = re.compile(r"([A-Z]*)(\d{1,18})[-~—–至到]+([A-Z]*)(\d{1,18})", re.IGNORECASE)
_SPACED_DASH = re.compile(r"\s*([-~—–至到])\s*")
_FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
_SERIAL_DAYS = range(3_000, 80_000)  # a date whose format was lost: 1908 to 2119


class LostDigits(ValueError):
    """A spreadsheet kept only the first digits of a long number."""


def text_of(cell: Cell) -> str:
    """Give a cell as a person reads it: no `.0`, dates as 2011-03-01, nothing for nan and its like."""
    if isinstance(cell, str):
        return "" if len(cell) <= _LONGEST_NOTHING and cell.strip().lower() in NOTHING else cell
    if cell is None or isinstance(cell, bool | timedelta):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT_FLOAT else f"{cell:.12g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute) else str(cell)
    return str(cell)


def tidy(cell: Cell) -> str:
    """Give words as they are to be shown: Chinese punctuation stays, `&#183;` and ＡＢＣ１２３ are made plain."""
    text = text_of(cell)
    if not _UNTIDY.search(text):
        return text
    text = html.unescape(text).translate(_WIDE)
    return " ".join(_INVISIBLE.sub("", text).split())


def code_of(cell: Cell) -> str:
    """Give a number that somebody scans or types, as a scanner sends it.

    :raises LostDigits: `1.00012E+15`, or a number too long for a spreadsheet's cell
    :raises TooLong: over 64 characters
    """
    if isinstance(cell, float) and (not cell.is_integer() or abs(cell) >= _EXACT_FLOAT):
        raise LostDigits(str(cell))
    text = text_of(cell)
    if not text.isdigit() and _SCIENTIFIC.fullmatch(fold(text)):
        raise LostDigits(text)
    return scan_code(text)


def codes_of(cell: Cell, *, wanted: int | None) -> tuple[str, ...]:
    """Give all codes of a cell: one, several parted by `;`, or `00121-00125` if so many are wanted.

    :raises LostDigits: as `code_of`
    :raises TooLong: as `code_of`
    """
    if cell is None:
        return ()
    if isinstance(cell, str) and cell.isascii() and cell.isalnum():
        return _one_code(cell)
    text = _SPACED_DASH.sub(r"\1", fold(text_of(cell)))
    pieces = [piece for piece in _PARTING.split(text) if piece]
    if len(pieces) > 1:
        return tuple(code_of(piece) for piece in pieces[: MOST_CODES + 1])
    if shape := _RANGE.fullmatch(text):
        head, first, other_head, last = shape.groups()
        count = int(last) - int(first) + 1
        alike = other_head in ("", head) and len(first) == len(last)
        if alike and 1 < count <= MOST_CODES and wanted in (None, count):
            return tuple(f"{head.upper()}{int(first) + n:0{len(first)}d}" for n in range(count))
    return _one_code(cell)


def _one_code(cell: Cell) -> tuple[str, ...]:
    code = code_of(cell)
    return (code,) if code else ()


@lru_cache(maxsize=KEPT, typed=True)
def count_of(cell: Cell) -> int | None:
    """Read a count: 5, 5.0, 5册, 五本; None when it is no whole number."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else None
    text = fold(text_of(cell))
    shape = _COUNT.fullmatch(text)
    if shape is None:
        return None
    whole = shape[1].removesuffix(".0").removesuffix(".00")
    if whole.isascii() and whole.lstrip("-").isdigit():
        return int(whole)
    return numerals.read(whole)


@lru_cache(maxsize=KEPT, typed=True)
def year_of(cell: Cell) -> int | None:
    """Read the year out of a date of publication: 1999重印, 2011-03-01 00:00:00, 2008.8."""
    if isinstance(cell, date):
        return cell.year
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _SERIAL_DAYS:
        return (_FIRST_DAY_OF_EXCEL + timedelta(days=int(cell))).year
    found = _YEAR.search(fold(text_of(cell)))
    return int(found[1]) if found else None
