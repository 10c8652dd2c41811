"""Find the tables in a workbook: where the header is, what each column holds, where the rows end. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shuxiang.formats.text import fold
from shuxiang.interop.excel.fields import IGNORED, LOAN_WORDS, NEEDED, Kind, field_of, header_key
from shuxiang.interop.excel.sheets import Cell, Row, Sheet, Workbook, is_blank

EXAMPLE = "示例"
_NOT_LISTS = frozenset({EXAMPLE, "说明", "填写说明", "填表说明", "样例", "示范"})
_LONGEST_REMARK = 60
LOOKED_AT = 40  # rows in which a header is looked for
_ENOUGH = 2  # recognised headers that make a row a header
_TOTALS = re.compile(r"(?:总|共|合|小|累|本页合|本页小|本页总|总合)计[::]?.*")
_FOOTNOTES = re.compile(
    r"(?:制表|填表|审核|经办|负责|验收|登记|填报|报送|盖章|校长|说明|注)[人日者签单]?\w{0,6}\s*[::].*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: where (from 0), what stands above it, and what it holds."""

    place: int
    header: str
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows with one meaning: a sheet may hold several, side by side."""

    sheet: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    between: tuple[Row, ...] = ()
    """Lines that are no rows: totals, captions, repeated headers, signatures."""
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """How many rows share one value, by row number and column (from 0): merged cells."""

    @property
    def fields(self) -> dict[str, int]:
        return {column.field: column.place for column in self.columns if column.field}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A sheet without a header that can be read: somebody must say what its columns are."""

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


Mapped = Mapping[str, Sequence[str]]
"""By sheet: the field of each column, said by hand; an empty text is a column not wanted."""


def find_tables(
    book: Workbook, *, kind: Kind, learned: Mapping[str, str], sheet: str | None = None
) -> tuple[Table, ...]:
    """Find the tables of a kind in the sheets that fit best, or in the one that is named.

    Sheets with the same columns are one list (a class a sheet). A hidden sheet, and one with an
    example, count only if named.
    """
    looked_at = [
        one
        for one in book.sheets
        if one.name == sheet or (sheet is None and not one.is_hidden and one.name not in _NOT_LISTS)
    ]
    found = [table for one in looked_at for table in tables_of(one, kind=kind, learned=learned)]
    if not found or sheet is not None:
        return tuple(found)
    best = max(found, key=lambda table: len(table.fields))
    return tuple(table for table in found if table.fields.keys() == best.fields.keys())


def tables_of(sheet: Sheet, *, kind: Kind, learned: Mapping[str, str]) -> list[Table]:
    """Find the tables of one sheet by their headers: none, one, or several side by side."""
    header = _header_row(sheet, kind=kind, learned=learned)
    if header is None:
        return []
    place = sheet.rows.index(header)
    caption = _caption(sheet.rows[:place])
    groups = _groups(_columns(header, kind=kind, learned=learned))
    return [
        _table(sheet, caption=caption, columns=group, body=sheet.rows[place + 1 :], kind=kind)
        for group in groups
        if any(column.field == NEEDED[kind] for column in group)
    ]


def lists_loans(table: Table) -> bool:
    """Tell a list of loans: it names books as well, and would bring each as often as it was lent."""
    return sum(header_key(one.header) in LOAN_WORDS for one in table.columns) >= _ENOUGH


def table_by_hand(sheet: Sheet, *, kind: Kind, fields: Sequence[str]) -> list[Table]:
    """Make the tables of a sheet whose columns were named by hand; a header row is found and left out."""
    header = _header_row(sheet, kind=kind, learned={})
    titles = header.cells if header else ()
    columns = [
        Column(
            place=place,
            header=as_header(titles[place]) if place < len(titles) else "",
            field=said,
        )
        for place, said in enumerate(fields)
    ]
    body = sheet.rows[sheet.rows.index(header) + 1 :] if header else sheet.rows
    caption = _caption(sheet.rows[: sheet.rows.index(header)]) if header else ""
    return [
        _table(sheet, caption=caption, columns=group, body=body, kind=kind)
        for group in _groups(columns)
        if any(column.field == NEEDED[kind] for column in group)
    ]


def unknown(sheet: Sheet, *, kind: Kind, learned: Mapping[str, str]) -> Unknown:
    """Show a sheet's first rows and columns to whoever will say what they are."""
    wide = max((len(row.cells) for row in sheet.rows), default=0)
    header = _header_row(sheet, kind=kind, learned=learned) or _looks_like_header(sheet)
    titles = [as_header(cell) for cell in header.cells] if header else []
    titles += [""] * (wide - len(titles))
    return Unknown(
        sheet=sheet.name,
        columns=tuple(
            Column(place=place, header=title, field=field_of(kind, title, learned=learned))
            for place, title in enumerate(titles)
        ),
        rows=sheet.rows,
    )


def as_header(cell: Cell) -> str:
    """Give a cell as a header shows it; a number is none."""
    return fold(cell) if isinstance(cell, str) else ""


def _header_row(sheet: Sheet, *, kind: Kind, learned: Mapping[str, str]) -> Row | None:
    """Choose the row with the most known headers, the needed one among them."""
    best, most = None, 0
    for row in sheet.rows[:LOOKED_AT]:
        named = [field_of(kind, as_header(cell), learned=learned) for cell in row.cells]
        known = sum(one is not None for one in set(named))
        filled = sum(not is_blank(cell) for cell in row.cells)
        alone = filled == 1 and known == 1
        if NEEDED[kind] in named and (known >= _ENOUGH or alone) and known > most:
            best, most = row, known
    return best


def _looks_like_header(sheet: Sheet) -> Row | None:
    """Take the first row of several short texts, if the row below is not like it."""
    for row in sheet.rows[:LOOKED_AT]:
        texts = [cell for cell in row.cells if not is_blank(cell)]
        if len(texts) > 1:
            short = all(isinstance(cell, str) and len(cell) <= 12 for cell in texts)  # noqa: PLR2004
            return row if short and len(set(texts)) == len(texts) else None
    return None


def _columns(header: Row, *, kind: Kind, learned: Mapping[str, str]) -> list[Column]:
    titles = [as_header(cell) for cell in header.cells]
    return [
        Column(place=place, header=title, field=field_of(kind, title, learned=learned))
        for place, title in enumerate(titles)
    ]


def _groups(columns: Sequence[Column]) -> list[list[Column]]:
    """Part the columns where a field comes again: two tables side by side."""
    needed = [column.place for column in columns if column.field in NEEDED.values()]
    if len(needed) < 2:  # noqa: PLR2004 - one table
        return [_each_field_once(columns)]
    groups: list[list[Column]] = [[]]
    for column in columns:
        if column.field and any(other.field == column.field for other in groups[-1]):
            groups.append([])
        groups[-1].append(column)
    return groups


def _each_field_once(columns: Sequence[Column]) -> list[Column]:
    seen: set[str] = set()
    once = []
    for column in columns:
        again = column.field in seen
        once.append(
            Column(place=column.place, header=column.header, field=IGNORED) if again else column
        )
        if column.field:
            seen.add(column.field)
    return once


def _table(
    sheet: Sheet, *, caption: str, columns: Sequence[Column], body: Sequence[Row], kind: Kind
) -> Table:
    rows: list[Row] = []
    between: list[Row] = []
    named = {column.place: column.header for column in columns if column.field and column.header}
    headers = frozenset(named.values())
    needed = next((column.place for column in columns if column.field == NEEDED[kind]), 0)
    for row in body:
        if _is_empty_here(row, columns):
            continue
        is_between = (
            _is_remark(row)
            or (not headers.isdisjoint(row.cells) and _is_header(row, named))
            or (is_blank(cell_of(row, needed)) and _is_caption(row, columns))
        )
        (between if is_between else rows).append(row)
    return Table(
        sheet=sheet.name,
        caption=caption,
        columns=tuple(columns),
        rows=tuple(rows),
        between=tuple(between),
        merged=_shared(sheet),
    )


def _is_empty_here(row: Row, columns: Sequence[Column]) -> bool:
    """Tell a line that has nothing in this table's columns, or only its running number."""
    return all(
        is_blank(cell_of(row, column.place)) for column in columns if column.field != IGNORED
    )


def _is_remark(row: Row) -> bool:
    """Tell a line that is no row by how it begins: a total, a signature."""
    first = next((cell for cell in row.cells if not is_blank(cell)), None)
    if not isinstance(first, str) or len(first) > _LONGEST_REMARK:
        return False
    text = fold(first)
    return bool(_TOTALS.fullmatch(text) or _FOOTNOTES.fullmatch(text))


def _is_header(row: Row, named: Mapping[int, str]) -> bool:
    """Tell the header again, by where it stands above what."""
    repeated = sum(cell_of(row, place) == header for place, header in named.items())
    return repeated >= min(_ENOUGH, len(named))


def _is_caption(row: Row, columns: Sequence[Column]) -> bool:
    here = [cell for column in columns if not is_blank(cell := cell_of(row, column.place))]
    return len(here) == 1 and isinstance(here[0], str)


def _shared(sheet: Sheet) -> dict[tuple[int, int], int]:
    """Count, for each merged cell, the rows that it stands for and that hold anything else."""
    shared: dict[tuple[int, int], int] = {}
    numbers = [row.number for row in sheet.rows]
    for merge in sheet.merges:
        inside = numbers[bisect_right(numbers, merge.top) : bisect_right(numbers, merge.bottom + 1)]
        if len(inside) > 1:
            shared |= {(number, merge.left): len(inside) for number in inside}
    return shared


def _caption(above: Sequence[Row]) -> str:
    """Join what stands above the header: the name of the list, perhaps of the class."""
    texts = [as_header(cell) for row in above for cell in row.cells if as_header(cell)]
    return " ".join(dict.fromkeys(texts))[:200]


def cell_of(row: Row, place: int) -> Cell:
    """Give a row's cell; rows may be shorter than the header."""
    return row.cells[place] if place < len(row.cells) else None
