"""The plan of an import, a line a row: what was shown is what is done, also after a crash.

A line holds the verdict, so that others can be passed over unread, and behind it the plan as it is: its fields in
their order. It is read by the version that wrote it; another one gives the file another name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from shuxiang.formats.classname import ClassName
from shuxiang.interop.excel.book_rows import BookRow, Number
from shuxiang.interop.excel.books import BookPlan
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.reader_rows import ReaderRow
from shuxiang.interop.excel.readers import ClassKey, ReaderPlan
from shuxiang.interop.excel.verdicts import Reason, Verdict, Where, Why

PLAN = "plan-2.jsonl"
Plan = BookPlan | ReaderPlan

_encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


class Line(NamedTuple):
    """One row's plan, its place in the file of plans (from 0), and its cells as they were read."""

    place: int
    plan: Plan
    cells: tuple[str, ...]
    table: int


def write(folder: Path, lines: Iterable[tuple[Plan, Sequence[str], int]]) -> None:
    """Write the plan of a file: each plan with its cells and the number of its table."""
    with (folder / PLAN).open("w", encoding="utf-8") as file:
        for plan, cells, table in lines:
            kind = Kind.BOOKS if isinstance(plan, BookPlan) else Kind.READERS
            file.write(f"{plan.verdict}\t{_encoded((kind, plan, cells, table))}\n")


def read(
    folder: Path,
    *,
    verdicts: frozenset[Verdict] = frozenset(),
    start: int = 0,
    count: int | None = None,
) -> Iterator[Line]:
    """Read lines of the plan in order: of some verdicts or all, from the `start`-th of these on."""
    with (folder / PLAN).open(encoding="utf-8") as file:
        wanted = (
            (place, line)
            for place, line in enumerate(file)
            if not verdicts or line.partition("\t")[0] in verdicts
        )
        stop = None if count is None else start + count
        for place, line in islice(wanted, start, stop):
            yield _line(place, line)


def _line(place: int, line: str) -> Line:
    kind, said, cells, table = json.loads(line.partition("\t")[2])
    plan = _book_plan(said) if kind == Kind.BOOKS else _reader_plan(said)
    return Line(place, plan, tuple(cells), table)


def _book_plan(said: list[Any]) -> BookPlan:
    plan = BookPlan._make(said)
    row = BookRow._make(plan.row)
    return plan._replace(
        row=row._replace(
            where=Where(*row.where),
            numbers=tuple(Number(*one) for one in row.numbers),
            barcodes=tuple(row.barcodes),
            accession_numbers=tuple(row.accession_numbers),
            faults=_whys(row.faults),
            doubts=_whys(row.doubts),
        ),
        verdict=Verdict(plan.verdict),
        why=_whys(plan.why),
        new_copies=tuple((barcode, number) for barcode, number in plan.new_copies),
        changes=tuple((copy, values) for copy, values in plan.changes),
    )


def _reader_plan(said: list[Any]) -> ReaderPlan:
    plan = ReaderPlan._make(said)
    row = ReaderRow._make(plan.row)
    return plan._replace(
        row=row._replace(
            where=Where(*row.where),
            class_name=ClassName(*row.class_name) if row.class_name else None,
            faults=_whys(row.faults),
            doubts=_whys(row.doubts),
        ),
        verdict=Verdict(plan.verdict),
        why=_whys(plan.why),
        school_class=ClassKey(*plan.school_class) if plan.school_class else None,
    )


def _whys(said: Iterable[Sequence[str]]) -> tuple[Why, ...]:
    return tuple(Why(Reason(reason), value) for reason, value in said)
