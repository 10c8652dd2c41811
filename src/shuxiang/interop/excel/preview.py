"""Read a file and show what it would bring: nothing is recorded but the plan of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Max, Q

from shuxiang.interop.excel import book_rows, keeping, plan_file, reader_rows, reading, refused
from shuxiang.interop.excel.books import plan_books
from shuxiang.interop.excel.fields import IGNORED, Kind
from shuxiang.interop.excel.headers import (
    Table,
    cell_of,
    find_tables,
    lists_loans,
    table_by_hand,
    unknown,
)
from shuxiang.interop.excel.plan_file import Plan
from shuxiang.interop.excel.readers import plan_readers
from shuxiang.interop.excel.register import register_of
from shuxiang.interop.excel.sheets import Fault, FileRefused, Workbook
from shuxiang.interop.excel.stock import stock_of
from shuxiang.interop.excel.values import text_of
from shuxiang.interop.excel.verdicts import Verdict
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting

SHOWN_ROWS = 8  # of a sheet whose columns somebody must name
MOST_COLUMNS = 60
TOLD_EVERY = 2_000  # rows

Tell = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a person chose about a file; all of it has a default."""

    kind: Kind
    name: str
    sheet: str | None = None
    mapped: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By sheet: what each column holds, said by hand."""
    further_copies: bool = False
    make_classes: bool = True
    source: str = "opening"
    """Where the books come from, as the register of income says it."""

    def as_params(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Choices:
        return cls(**{**params, "kind": Kind(params["kind"])})


class NoHeader(Exception):
    """No sheet has a header that can be read: somebody must say what the columns hold."""


def mapping_setting(kind: Kind) -> str:
    """Name the setting that remembers what columns hold at this school."""
    return f"import.{kind}.mapping"


def learned(school: School, kind: Kind) -> dict[str, str]:
    """Read what somebody said by hand about columns before, by header."""
    return dict(setting(school, mapping_setting(kind)) or {})


def prepare(
    *,
    school: School,
    file: Path,
    choices: Choices,
    folder: Path,
    today: date,
    tell: Tell | None = None,
) -> dict[str, Any]:
    """Read a file, decide about every row, keep the plan in `folder`, and give the counts.

    `tell` hears now and then how many rows are done, and of how many.

    :raises FileRefused: if the file can't be read
    :raises NoHeader: if nobody can tell what its columns hold; `sheets_in` shows them
    """
    book = reading.read(file, name=choices.name)
    known = learned(school, choices.kind)
    keep_sheets(folder, book, choices=choices, known=known)
    tables = tables_in(book, choices, known)
    if not tables:
        raise NoHeader(choices.name)
    if choices.kind is Kind.BOOKS and all(lists_loans(table) for table in tables):
        raise FileRefused(Fault.LOANS, {"name": choices.name})
    if not any(table.rows for table in tables):
        raise FileRefused(Fault.NO_ROWS, {"name": choices.name})
    plans = _plans(school, tables, choices, today)
    counted = _Counted(tell, total=sum(len(table.rows) for table in tables))
    plan_file.write(folder, counted.watch(_with_cells(plans, tables)))
    report = {**counted.report(), **_described(book, tables), "stamp": stamp(school)}
    refused.write(folder, headers=report["headers"])
    return report


def tables_in(book: Workbook, choices: Choices, known: Mapping[str, str]) -> tuple[Table, ...]:
    """Find the tables of a file, by what was said by hand or else by their headings."""
    if choices.mapped:
        return tuple(
            table
            for sheet in book.sheets
            if sheet.name in choices.mapped
            for table in table_by_hand(sheet, kind=choices.kind, fields=choices.mapped[sheet.name])
        )
    return find_tables(book, kind=choices.kind, learned=known, sheet=choices.sheet)


def _plans(
    school: School, tables: Sequence[Table], choices: Choices, today: date
) -> Iterator[Plan]:
    if choices.kind is Kind.BOOKS:
        rows = (row for table in tables for row in book_rows.read_table(table))
        return plan_books(rows, stock=stock_of(school), further_copies=choices.further_copies)
    return plan_readers(
        reader_rows.read_tables(tables),
        register=register_of(school, today),
        make_classes=choices.make_classes,
    )


def _with_cells(
    plans: Iterator[Plan], tables: Sequence[Table]
) -> Iterator[tuple[Plan, Sequence[str], int]]:
    """Put each plan beside the cells it was made of, in the order of the tables."""
    for number, table in enumerate(tables):
        places = [column.place for column in table.columns]
        for row in table.rows:
            cells = [text_of(cell_of(row, place)) for place in places]
            yield next(plans), cells, number


class _Counted:
    """Counts plans as they go by, and tells how many went by."""

    def __init__(self, tell: Tell | None, *, total: int) -> None:
        self._tell = tell
        self._total = total
        self._verdicts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._copies = 0
        self._classes: set[tuple[str, int, str]] = set()

    def watch(
        self, lines: Iterator[tuple[Plan, Sequence[str], int]]
    ) -> Iterator[tuple[Plan, Sequence[str], int]]:
        for number, (plan, cells, table) in enumerate(lines):
            if self._tell and number % TOLD_EVERY == 0:
                self._tell(number, self._total)
            self._verdicts[plan.verdict] += 1
            if plan.why:
                self._reasons.update({f"{plan.verdict}.{why.reason}" for why in plan.why})
            self._copies += len(getattr(plan, "new_copies", ()))
            if getattr(plan, "makes_class", False):
                self._classes.add(tuple(plan.school_class))  # type: ignore[union-attr,arg-type]
            yield plan, cells, table

    def report(self) -> dict[str, Any]:
        return {
            "rows": sum(self._verdicts.values()),
            "counts": {verdict: self._verdicts[verdict] for verdict in Verdict},
            "reasons": dict(self._reasons.most_common()),
            "copies": self._copies,
            "classes": [list(key) for key in sorted(self._classes)],
        }


def _described(book: Workbook, tables: Sequence[Table]) -> dict[str, Any]:
    return {
        "remarks": [list(remark) for remark in book.remarks],
        "tables": [
            {
                "sheet": table.sheet,
                "rows": len(table.rows),
                "between": [row.number for row in table.between][:50],
                "columns": [
                    {"place": one.place, "header": one.header, "field": one.field}
                    for one in table.columns
                ],
            }
            for table in tables
        ],
        "headers": [
            [column.header or _letter(column.place) for column in table.columns] for table in tables
        ],
    }


def keep_sheets(
    folder: Path, book: Workbook, *, choices: Choices, known: Mapping[str, str]
) -> None:
    """Keep the columns and first rows of a file beside it, for `sheets_in`."""
    sheets = _shown(book, choices=choices, known=known)
    (folder / keeping.SHEETS).write_text(json.dumps(sheets, ensure_ascii=False), encoding="utf-8")


def sheets_in(folder: Path) -> list[dict[str, Any]]:
    """Give the sheets of a file that was read: their columns and first rows."""
    try:
        found: list[dict[str, Any]] = json.loads(
            (folder / keeping.SHEETS).read_text(encoding="utf-8")
        )
    except FileNotFoundError:
        return []
    return found


def _shown(book: Workbook, *, choices: Choices, known: Mapping[str, str]) -> list[dict[str, Any]]:
    """Show each sheet's columns and first rows to whoever says what they hold."""
    shown = []
    for sheet in book.sheets:
        if not sheet.rows:
            continue
        columns = unknown(sheet, kind=choices.kind, learned=known).columns[:MOST_COLUMNS]
        said = choices.mapped.get(sheet.name, [column.field or IGNORED for column in columns])
        shown.append(
            {
                "sheet": sheet.name,
                "is_hidden": sheet.is_hidden,
                "rows": len(sheet.rows),
                "columns": [
                    {
                        "header": column.header or _letter(column.place),
                        "field": said[column.place] if column.place < len(said) else IGNORED,
                    }
                    for column in columns
                ],
                "first": [
                    [text_of(cell_of(row, column.place))[:40] for column in columns]
                    for row in sheet.rows[:SHOWN_ROWS]
                ],
            }
        )
    return shown


def stamp(school: School) -> str:
    """Tell the state of a school's books and readers, to see whether a preview still holds."""
    about = Q(verb__startswith="catalogue.") | Q(verb__startswith="readers.")
    about |= Q(verb="jobs.mark_taken_back", details__has_key="went")
    return str(Entry.objects.filter(about, school=school).aggregate(last=Max("pk"))["last"] or 0)


def _letter(place: int) -> str:
    """Name a column as Excel does."""
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
