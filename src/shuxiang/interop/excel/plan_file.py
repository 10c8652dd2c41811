"""The plan of an import, a line a row: what was shown is what is done, also after a crash."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

from shuxiang.formats.classname import ClassName
from shuxiang.interop.excel.book_rows import BookRow, Number
from shuxiang.interop.excel.books import BookPlan
from shuxiang.interop.excel.reader_rows import ReaderRow
from shuxiang.interop.excel.readers import ClassKey, ReaderPlan
from shuxiang.interop.excel.verdicts import Reason, Verdict, Where, Why

PLAN = "plan.jsonl"
Plan = BookPlan | ReaderPlan


@dataclass(frozen=True, slots=True)
class Line:
    """One row's plan, its place in the file of plans (from 0), and its cells as they were read."""

    place: int
    plan: Plan
    cells: tuple[str, ...]
    table: int


def write(folder: Path, lines: Iterable[tuple[Plan, Sequence[str], int]]) -> None:
    """Write the plan of a file: each plan with its cells and the number of its table."""
    with (folder / PLAN).open("w", encoding="utf-8") as file:
        for plan, cells, table in lines:
            known = {"row": _said(plan.row), **_said(plan, without="row")}
            packed = {"plan": known, "cells": cells, "table": table}
            file.write(f"{plan.verdict}\t{json.dumps(packed, ensure_ascii=False)}\n")


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
    packed = json.loads(line.partition("\t")[2])
    said = packed["plan"]
    plan = _book_plan(said) if "class_text" not in said["row"] else _reader_plan(said)
    return Line(place, plan, tuple(packed["cells"]), packed["table"])


def _said(one: Any, *, without: str = "") -> dict[str, Any]:
    """Give the fields of a value that are not as by default; class_text tells readers from books."""
    said = {}
    for column in fields(one):
        value = getattr(one, column.name)
        is_default = value == column.default and column.name != "class_text"
        is_empty = column.default_factory is not MISSING and not value
        if column.name != without and not is_default and not is_empty:
            said[column.name] = _plain(value)
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], Number):
        return [[one.kind, one.value, one.written, one.qualifier] for one in value]
    return value


def _book_plan(said: dict[str, Any]) -> BookPlan:
    row = said.pop("row")
    row["numbers"] = tuple(Number(*one) for one in row.get("numbers", ()))
    for name in ("barcodes", "accession_numbers"):
        row[name] = tuple(row.get(name, ()))
    return BookPlan(
        row=BookRow(**_read_row(row)),
        verdict=Verdict(said["verdict"]),
        why=_whys(said.get("why", ())),
        title=said.get("title"),
        new_copies=tuple((pair[0], pair[1]) for pair in said.get("new_copies", ())),
        changes=tuple((change[0], change[1]) for change in said.get("changes", ())),
    )


def _reader_plan(said: dict[str, Any]) -> ReaderPlan:
    row = said.pop("row")
    if row.get("class_name"):
        row["class_name"] = ClassName(*row["class_name"])
    key = said.get("school_class")
    return ReaderPlan(
        row=ReaderRow(**_read_row(row)),
        verdict=Verdict(said["verdict"]),
        why=_whys(said.get("why", ())),
        reader=said.get("reader"),
        school_class=ClassKey(*key) if key else None,
        makes_class=said.get("makes_class", False),
        limit=said.get("limit"),
        changes=said.get("changes", {}),
    )


def _read_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "where": Where(*row["where"]),
        "faults": _whys(row.get("faults", ())),
        "doubts": _whys(row.get("doubts", ())),
    }


def _whys(said: Iterable[Sequence[str]]) -> tuple[Why, ...]:
    return tuple(Why(Reason(reason), value) for reason, value in said)
