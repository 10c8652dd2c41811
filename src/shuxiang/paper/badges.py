"""What a helper wears on the chest (胸牌), and what the best are given at the end of a term (奖状)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shuxiang.paper import barcodes, rules
from shuxiang.paper.cards import grid, name_size, room
from shuxiang.paper.press import Paper
from shuxiang.paper.rules import CARDS

LONGEST_TITLE = 22.0  # ems


@dataclass(frozen=True, slots=True)
class Badge:
    """What the badge of one helper says; the code is the reader card's."""

    name: str
    belongs_to: str
    work: str
    term: str
    code: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate of one helper says."""

    name: str
    text: str
    award: str
    signed: str
    day: str


def sheets(badges: Iterable[Badge], *, school: str, title: str) -> Paper:
    """Lay out badges, ten on a sheet, with marks to cut by."""
    places = rules.places(CARDS)
    return Paper(
        layout="badges",
        title=title,
        values={"school": rules.cut(school, LONGEST_TITLE), **grid(CARDS)},
        pages=[
            [{"x": place.x, "y": place.y, **_face(badge)} for place, badge in page]
            for page in rules.pages_of(list(badges), places)
        ],
    )


def _face(badge: Badge) -> dict[str, object]:
    drawing = barcodes.draw(badge.code) if barcodes.can_be_drawn(badge.code) else None
    modules = drawing.modules if drawing else 0
    size = name_size(badge.name)
    return {
        "name": rules.cut(badge.name, room(size)),
        "size": size,
        "class": rules.cut(badge.belongs_to, room(11)),
        "work": badge.work,
        "term": badge.term,
        "svg": drawing.svg if drawing else None,
        "width": round(modules * rules.module_width(modules, CARDS), 3),
        "code": badge.code,
    }


def certificates(certificates: Sequence[Certificate], *, school: str, title: str) -> Paper:
    """Lay out certificates, one a sheet."""
    return Paper(
        layout="certificates",
        title=title,
        values={"school": rules.cut(school, LONGEST_TITLE)},
        pages=[
            [
                {
                    "name": one.name,
                    "text": one.text,
                    "award": one.award,
                    "signed": one.signed,
                    "day": one.day,
                }
            ]
            for one in certificates
        ],
    )
