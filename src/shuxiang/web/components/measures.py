"""What is drawn to scale: shares of a whole, and a shelf of borrowed books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SPINES_SHOWN = 12
SPINES_WIDE = 5


def percent(value: float, whole: float) -> str:
    """Return a share as CSS and SVG write it, never beyond the whole."""
    share = 0.0 if whole <= 0 else min(max(value / whole, 0.0), 1.0)
    return f"{share * 100:.1f}%"


@dataclass(frozen=True)
class Segment:
    """One part of a bar: where it begins, how wide it is, and the state it stands for."""

    kind: str
    x: str
    width: str


def segments(parts: Sequence[tuple[str, int]]) -> list[Segment]:
    """Lay the parts of a bar side by side in the order given."""
    whole = sum(count for _, count in parts)
    laid: list[Segment] = []
    before = 0
    for kind, count in parts:
        if count:
            laid.append(Segment(kind, percent(before, whole), percent(count, whole)))
        before += count
    return laid


@dataclass(frozen=True)
class Spine:
    """One place on the shelf of a reader: a book, a late book, or a place still free."""

    kind: str
    hue: int


def spines(*, borrowed: int, late: int, limit: int) -> list[Spine]:
    """Return the places of a reader's shelf; a long shelf is cut where it would not fit."""
    on_time = max(borrowed - late, 0)
    books = [Spine("", number % 6 + 1) for number in range(3, 3 + on_time)]
    shelf = books + [Spine("late", 0)] * late + [Spine("free", 0)] * max(limit - borrowed, 0)
    return shelf[:SPINES_SHOWN]
