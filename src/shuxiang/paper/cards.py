"""Reader cards (借书证): a name, a class, a barcode, and nothing else about the child."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shuxiang.paper import barcodes, rules
from shuxiang.paper.press import Paper
from shuxiang.paper.rules import CARDS, POINT, Sheet

NAME_SIZES = (22.0, 18.0, 14.0, 11.0)
SCHOOL_ROOM = 16.0  # ems, beside the word that says what the card is


@dataclass(frozen=True, slots=True)
class ReaderCard:
    """What the card of one reader says; `belongs_to` is a class, or what a grown-up is."""

    code: str
    name: str
    belongs_to: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that stand on every card."""

    school: str
    heading: str
    found: str


def reader_cards(
    cards: Iterable[ReaderCard], wording: Wording, *, title: str, start: int = 1
) -> Paper:
    """Lay out cards, ten on a sheet, with marks to cut by."""
    school = rules.cut(wording.school, SCHOOL_ROOM)
    places = rules.places(CARDS, start=start)
    return Paper(
        layout="cards",
        title=title,
        values={"heading": wording.heading, "found": wording.found, **grid(CARDS)},
        pages=[
            [{"x": place.x, "y": place.y, "school": school, **_face(card)} for place, card in page]
            for page in rules.pages_of(list(cards), places)
        ],
    )


def grid(sheet: Sheet) -> dict[str, float]:
    """Give a layout the measures of its sheet."""
    names = ("columns", "rows", "width", "height", "left", "top", "padding")
    return {name: getattr(sheet, name) for name in names}


def _face(card: ReaderCard) -> dict[str, Any]:
    drawing = barcodes.draw(card.code) if barcodes.can_be_drawn(card.code) else None
    modules = drawing.modules if drawing else 0
    size = name_size(card.name)
    return {
        "name": rules.cut(card.name, room(size)),
        "size": size,
        "class": rules.cut(card.belongs_to, room(11)),
        "svg": drawing.svg if drawing else None,
        "width": round(modules * rules.module_width(modules, CARDS), 3),
        "code": card.code,
    }


def name_size(name: str) -> float:
    """Choose the largest type in which a name fits, the smallest for one that fits in none."""
    fitting = (size for size in NAME_SIZES if rules.ems(name) <= room(size))
    return next(fitting, NAME_SIZES[-1])


def room(size: float) -> float:
    """Tell how many ems of a size fit across a card."""
    return CARDS.inner_width / (size * POINT)
