"""Where things go on a sheet, and what fits. Millimetres throughout, from the left and upper edge."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shuxiang.formats import callnumber

T = TypeVar("T")

A4 = (210.0, 297.0)
MOST_COPIES = 1_000  # in one run: up to three labels a copy, about two seconds of work
MOST_CARDS = 1_000
FARTHEST_SHIFT = 5.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """An A4 sheet of equal fields; `padding` keeps the print off their edges."""

    code: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    gap: float = 0.0
    padding: float = 2.0

    @property
    def fields(self) -> int:
        return self.columns * self.rows

    @property
    def inner_width(self) -> float:
        return self.width - 2 * self.padding

    def corner(self, field: int) -> tuple[float, float]:
        """Tell where a field begins; they are counted from 0, row after row."""
        row, column = divmod(field, self.columns)
        return (
            round(self.left + column * (self.width + self.gap), 3),
            round(self.top + row * self.height, 3),
        )


SHEETS = {
    sheet.code: sheet
    for sheet in (
        Sheet("24", 3, 8, 70, 37, left=0, top=0.5, padding=5),
        Sheet("21", 3, 7, 63.5, 38.1, left=7.25, top=15.15, gap=2.5, padding=3.5),
        Sheet("40", 4, 10, 48.5, 25.4, left=8, top=21.5, padding=2.2),
        Sheet("65", 5, 13, 38.1, 21.2, left=4.75, top=10.7, gap=2.5, padding=1.8),
    )
}
"""Sheets of sticky labels that every shop for office goods has, by the labels on one."""

CARDS = Sheet("cards", 2, 5, 85.6, 54, left=19.4, top=13.5, padding=5)
"""Cards of the size of a bank card (ISO/IEC 7810 ID-1, 85.60 × 53.98), to be cut out."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a page and where it begins."""

    page: int
    x: float
    y: float


def places(sheet: Sheet, *, start: int = 1, shift: tuple[float, float] = (0, 0)) -> Iterator[Place]:
    """Go from field to field, from number `start` of the first page on; there is always another."""
    field = min(max(start, 1), sheet.fields) - 1
    while True:
        page, on_page = divmod(field, sheet.fields)
        x, y = sheet.corner(on_page)
        yield Place(page, round(x + shift[0], 3), round(y + shift[1], 3))
        field += 1


def pages_of(things: Sequence[T], places: Iterator[Place]) -> list[list[tuple[Place, T]]]:
    """Part things into pages, each with its place; no things make no page."""
    pages: list[list[tuple[Place, T]]] = []
    for thing, place in zip(things, places, strict=False):
        if place.page == len(pages):
            pages.append([])
        pages[place.page].append((place, thing))
    return pages


def pages_needed(count: int, sheet: Sheet, *, start: int = 1) -> int:
    """Count the pages of a run."""
    return -(-(count + start - 1) // sheet.fields) if count else 0


# What fits

QUIET = 10  # modules of white that a scanner wants on both sides (ISO/IEC 15417)
LEAST_MODULE = 0.2  # narrower ones are lost between the dots of an old printer (300 to the inch)
WIDEST_MODULE = 0.43
DOT = 25.4 / 600  # of an office printer: bars of whole dots have sharp edges
EDGE = 1.5


def module_width(modules: int, sheet: Sheet) -> float:
    """Tell how wide the narrowest bar can be when the whole barcode fits, its quiet zones too."""
    room = min((sheet.width - 2 * EDGE) / (modules + 2 * QUIET), WIDEST_MODULE)
    return max(int(room / DOT), 1) * DOT


def can_be_read(modules: int, sheet: Sheet) -> bool:
    """Tell whether a barcode of so many modules can still be read on this label."""
    return module_width(modules, sheet) >= LEAST_MODULE


def ems(text: str) -> float:
    """Estimate how wide a text is, in ems: Chinese characters are square, others about half."""
    return sum(_em(char) for char in text)


def _em(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return 0.68 if char.isupper() or char in "mw@%&" else 0.56


def cut(text: str, room: float) -> str:
    """Cut a text to so many ems, with three dots for what is lost; blanks and breaks become one blank."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if ems(plain) <= room:
        return plain
    kept, width = "", 1.0
    for char in plain:
        width += _em(char)
        if width > room:
            break
        kept += char
    return kept.rstrip() + "…"


def spine_lines(call_number: str, volume: str = "") -> tuple[str, ...]:
    """Write a call number one part below the other, as a spine label (书标) bears it."""
    read = callnumber.read(call_number) if call_number else None
    if read is None:
        return ()
    edition = f"={read.edition}" if read.edition else ""
    parts = (read.class_number, f"{read.book_number}{edition}", read.volume or volume.strip())
    return tuple(part for part in parts if part)


POINT = 25.4 / 72
SPINE_WIDTH = 32.0  # a spine is no wider, whatever the label
LARGEST_SPINE = 16.0


def spine_size(lines: Sequence[str], sheet: Sheet) -> float:
    """Choose the size of type, in points, in which the lines of a spine label fit."""
    width = min(sheet.inner_width, SPINE_WIDTH) / max(*map(ems, lines), 1.0) / 1.08
    height = (sheet.height - 2 * min(sheet.padding, 3)) / (1.42 * len(lines))
    return round(min(width / POINT, height / POINT, LARGEST_SPINE), 1)
