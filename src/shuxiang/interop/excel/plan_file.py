"""The plan of an import, a line a row: what was shown is what is done, also after a crash.

A line holds the verdict, so that others can be passed over unread, and behind it the plan as it is: its fields in
their order. It is read by the version that wrote it; another one gives the file another name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from shuxiang.catalogue.rules import NewNumber
from shuxiang.formats.classname import ClassName
from shuxiang.interop.excel.book_rows import BookRow
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
    is_book = kind == Kind.BOOKS
    said[0] = _made(BookRow if is_book else ReaderRow, said[0])
    return Line(place, _made(BookPlan if is_book else ReaderPlan, said), tuple(cells), table)


def _made(kind: type[Any], said: list[Any]) -> Any:
    """Make a row or a plan again of what was kept of it, which this changes."""
    for place, make in _MAKERS[kind]:
        said[place] = make(said[place])
    return kind._make(said)


def _whys(said: Iterable[Sequence[str]]) -> tuple[Why, ...]:
    return tuple([Why(Reason(reason), value) for reason, value in said])


def _tuples(said: Iterable[Iterable[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(map(tuple, said))


def _numbers(said: Iterable[Iterable[Any]]) -> tuple[NewNumber, ...]:
    return tuple(map(NewNumber._make, said))


def _class_name(said: Iterable[Any] | None) -> ClassName | None:
    return ClassName._make(said) if said else None


def _class_key(said: Iterable[Any] | None) -> ClassKey | None:
    return ClassKey._make(said) if said else None


def _makers(kind: type[Any], **makers: Callable[[Any], Any]) -> list[tuple[int, Any]]:
    return [(kind._fields.index(name), make) for name, make in makers.items()]


_ROW = {"where": Where._make, "faults": _whys, "doubts": _whys}
_PLAN = {"verdict": Verdict, "why": _whys}
_MAKERS = {
    BookRow: _makers(BookRow, **_ROW, numbers=_numbers, barcodes=tuple, accession_numbers=tuple),
    BookPlan: _makers(BookPlan, **_PLAN, new_copies=_tuples, changes=_tuples),
    ReaderRow: _makers(ReaderRow, **_ROW, class_name=_class_name),
    ReaderPlan: _makers(ReaderPlan, **_PLAN, school_class=_class_key),
}
"""By place in the tuple: what makes of a value of JSON what it was."""
