"""What a table file holds, whatever its format. Pure: a child process without Django reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class Fault(StrEnum):
    """Why a file is not read at all."""

    GONE = "gone"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    UNPACKS_TOO_BIG = "unpacks_too_big"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_HEAVY = "too_heavy"
    PASSWORD = "password"  # noqa: S105 - the name of a fault
    NOT_A_TABLE = "not_a_table"
    SAVE_AS_XLSX = "save_as_xlsx"
    BROKEN = "broken"
    UNKNOWN_ENCODING = "unknown_encoding"
    NO_ROWS = "no_rows"
    LOANS = "loans"


class FileRefused(Exception):
    """The file was not read; `places` fill the named places of the words for `fault`."""

    def __init__(self, fault: Fault, places: Mapping[str, object] | None = None) -> None:
        super().__init__(fault, dict(places or {}))
        self.fault = fault
        self.places = dict(places or {})


class Oddity(StrEnum):
    """What was odd about a file that was read all the same."""

    HTML = "html"
    TEXT_NAMED_XLS = "text_named_xls"
    HIDDEN_SHEETS = "hidden_sheets"
    HIDDEN_ROWS = "hidden_rows"
    FORMULAS_WITHOUT_VALUES = "formulas_without_values"
    FAR_CELLS = "far_cells"
    BAD_CHARACTERS = "bad_characters"


class Remark(NamedTuple):
    """An oddity, in which sheet, how many times, or which."""

    oddity: Oddity
    sheet: str = ""
    times: int = 0
    names: tuple[str, ...] = ()


class Row(NamedTuple):
    """A row that is not empty; `number` is the one that Excel shows."""

    number: int
    cells: tuple[Cell, ...]
    is_hidden: bool = False


class Merge(NamedTuple):
    """Merged cells; all counted from 0, both ends in it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table of a file, its merged cells filled downwards."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """All tables of a file, and what was odd about it."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[Remark, ...] = field(default=())


def filled(
    *,
    name: str,
    grid: list[list[Cell]],
    merges: tuple[Merge, ...] = (),
    hidden_rows: frozenset[int] = frozenset(),
    is_hidden: bool = False,
) -> Sheet:
    """Make a sheet of a grid that begins at A1: merged cells filled downwards, empty rows left out."""
    for merge in merges:
        _fill_down(grid, merge)
    rows = tuple(
        Row(number, tuple(cells), number in hidden_rows)
        for number, cells in enumerate(grid, start=1)
        if any(not is_blank(cell) for cell in cells)
    )
    return Sheet(name=name, rows=rows, is_hidden=is_hidden, merges=merges)


def _fill_down(grid: list[list[Cell]], merge: Merge) -> None:
    """Repeat the value in the rows below that hold anything else: a merge adds no rows."""
    if merge.top >= len(grid) or merge.left >= len(grid[merge.top]):
        return
    value = grid[merge.top][merge.left]
    for cells in grid[merge.top + 1 : merge.bottom + 1]:
        if merge.left < len(cells) and any(not is_blank(cell) for cell in cells):
            cells[merge.left] = value


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
