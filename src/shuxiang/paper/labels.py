"""Labels for copies: a barcode to scan and a spine label (书标) to shelve by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shuxiang.paper import barcodes, rules
from shuxiang.paper.press import Paper
from shuxiang.paper.rules import POINT, Sheet

SMALL, DIGITS, AIR = 5.6, 7.4, 0.7  # points, points and millimetres on the smallest label
LEAST_HEIGHT = 21.2
LARGEST = 1.6
TALLEST_BARS = 13.0


@dataclass(frozen=True, slots=True)
class CopyLabel:
    """What the labels of one copy say."""

    code: str
    name: str
    call_number: str = ""
    volume: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """How labels are wanted: on which sheet, from which label on, how many barcodes a copy."""

    sheet: Sheet
    school: str
    start: int = 1
    barcodes: int = 1
    spines: bool = True
    outlines: bool = False
    shift: tuple[float, float] = (0.0, 0.0)


def copy_labels(labels: Iterable[CopyLabel], wish: Wish, *, title: str) -> Paper:
    """Lay out the labels of copies, those of one copy side by side."""
    sizes = _sizes(wish.sheet)
    stickers = [sticker for label in labels for sticker in _stickers(label, wish, sizes)]
    places = rules.places(wish.sheet, start=wish.start, shift=wish.shift)
    return Paper(
        layout="labels",
        title=title,
        values={
            **sizes,
            "width": wish.sheet.width,
            "height": wish.sheet.height,
            "outlines": wish.outlines,
        },
        pages=[
            [{"x": place.x, "y": place.y, **sticker} for place, sticker in page]
            for page in rules.pages_of(stickers, places)
        ],
    )


def has_spine(label: CopyLabel) -> bool:
    """Tell whether a copy has a call number for a spine label."""
    return bool(rules.spine_lines(label.call_number, label.volume))


def unreadable(labels: Iterable[CopyLabel], sheet: Sheet) -> list[str]:
    """List the numbers that no scanner would read from a label of this size."""
    return [label.code for label in labels if label.code and not _is_readable(label.code, sheet)]


def count(labels: Sequence[CopyLabel], wish: Wish) -> int:
    """Count the labels of a run."""
    with_code = sum(bool(label.code) for label in labels)
    return with_code * wish.barcodes + sum(map(has_spine, labels)) * wish.spines


def _stickers(
    label: CopyLabel, wish: Wish, sizes: Mapping[str, float]
) -> Iterator[Mapping[str, Any]]:
    if label.code and wish.barcodes:
        yield from [_bars(label, wish, sizes)] * wish.barcodes
    lines = rules.spine_lines(label.call_number, label.volume) if wish.spines else ()
    if lines:
        yield {"kind": "spine", "lines": lines, "size": rules.spine_size(lines, wish.sheet)}


def _bars(label: CopyLabel, wish: Wish, sizes: Mapping[str, float]) -> Mapping[str, Any]:
    drawing = barcodes.draw(label.code) if barcodes.can_be_drawn(label.code) else None
    modules = drawing.modules if drawing else 0
    room = wish.sheet.inner_width / (sizes["small"] * POINT)
    return {
        "kind": "bars",
        "school": rules.cut(wish.school, room),
        "svg": drawing.svg if drawing else None,
        "width": round(modules * rules.module_width(modules, wish.sheet), 3),
        "code": label.code,
        "name": rules.cut(label.name, room),
    }


def _is_readable(code: str, sheet: Sheet) -> bool:
    return barcodes.can_be_drawn(code) and rules.can_be_read(barcodes.modules(code), sheet)


def _sizes(sheet: Sheet) -> dict[str, float]:
    """Choose type and bars for a label: the larger it is, the larger, within reason."""
    scale = min(sheet.height / LEAST_HEIGHT, sheet.width / 38.1, LARGEST)
    type_height = (2 * SMALL + DIGITS) * scale * 1.22 * POINT
    bars = sheet.height - 2 * min(sheet.padding, 2.5) - type_height - 1.7 * AIR * scale
    return {
        "small": round(SMALL * scale, 2),
        "digits": round(DIGITS * scale, 2),
        "air": round(AIR * scale, 2),
        "bars": round(min(bars, TALLEST_BARS), 2),
    }
