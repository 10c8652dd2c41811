"""The rows of a preview as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

from django.utils.translation import gettext as _

from shuxiang.interop.excel import plan_file, wording
from shuxiang.interop.excel.book_rows import BookRow, yuan
from shuxiang.interop.excel.books import BookPlan
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.plan_file import Line
from shuxiang.interop.excel.reader_rows import ReaderRow
from shuxiang.interop.excel.verdicts import Verdict

BADGES: Mapping[Verdict, str] = {
    Verdict.NEW: "good",
    Verdict.SAME: "none",
    Verdict.CHANGED: "info",
    Verdict.DOUBTFUL: "wait",
    Verdict.REFUSED: "bad",
}


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """One row of a file: where it stands, what is said of it, and what it holds."""

    number: int
    sheet: str
    badge: str
    verdict: str
    name: str
    cells: tuple[tuple[str, str], ...]
    """Heading and text of each further column."""
    why: str


class ShownRows(Sequence[ShownRow]):
    """The rows of one verdict, or all; only those of a page are read."""

    def __init__(self, folder: Path, *, verdict: Verdict | None, length: int) -> None:
        self._folder = folder
        self._verdicts = frozenset({verdict}) if verdict else frozenset()
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> ShownRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ShownRow]: ...
    def __getitem__(self, place: int | slice) -> ShownRow | Sequence[ShownRow]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(self._length)
        lines = plan_file.read(
            self._folder, verdicts=self._verdicts, start=start, count=stop - start
        )
        return [_shown(line) for line in lines]


def _shown(line: Line) -> ShownRow:
    plan = line.plan
    kind = Kind.BOOKS if isinstance(plan, BookPlan) else Kind.READERS
    texts = _book(plan.row, plan) if isinstance(plan, BookPlan) else _reader(plan.row)
    return ShownRow(
        number=plan.row.where.row,
        sheet=plan.row.where.sheet,
        badge=BADGES[plan.verdict],
        verdict=str(wording.VERDICTS[plan.verdict]),
        name=" ".join(filter(None, [plan.row.name, getattr(plan.row, "volume", "")])),
        cells=tuple(zip(headings(kind), texts, strict=True)),
        why=wording.sentences(plan.why),
    )


def _book(row: BookRow, plan: BookPlan) -> tuple[str, ...]:
    published = " ".join(filter(None, [row.publisher, str(row.year or "")]))
    numbers = "、".join(number.value for number in row.numbers)
    copies = str(len(plan.new_copies)) if plan.new_copies else ""
    return row.author, published, numbers, yuan(row.price_fen), row.shelf, copies


def _reader(row: ReaderRow) -> tuple[str, ...]:
    return row.class_text, row.number, row.card, "" if row.limit is None else str(row.limit)


def headings(kind: Kind) -> tuple[str, ...]:
    """Name the columns of the cells that a row shows."""
    if kind is Kind.BOOKS:
        return _("Author"), _("Published"), "ISBN", _("Price"), _("Shelf"), _("Copies to come in")
    return _("Class"), _("Student or staff number"), _("Card"), _("How many books")


def filters(counts: Mapping[str, int], chosen: Verdict | None) -> list[dict[str, Any]]:
    """Give each verdict with its count, to be chosen as a filter."""
    return [
        {
            "code": verdict.value,
            "label": wording.VERDICTS[verdict],
            "badge": BADGES[verdict],
            "count": counts[verdict],
            "is_chosen": verdict is chosen,
        }
        for verdict in Verdict
        if counts[verdict]
    ]
