"""Which colours and which motifs a class of books wears.

Covers are objects, so they look the same by day and night and own their colours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


class Palette(NamedTuple):
    """Ground, motif, lettering; lettering on ground is 4.5:1 or better."""

    ground: str
    motif: str
    ink: str


@dataclass(frozen=True)
class Wardrobe:
    """What a class may wear; title and author choose among it."""

    palettes: tuple[Palette, ...]
    layouts: tuple[str, ...]


PINE = Palette("#2f4a43", "#6f9383", "#f5efe2")
LINEN = Palette("#efe6d6", "#c8705a", "#3a2c22")
LAKE = Palette("#2e5d75", "#6d9ab0", "#f2f1ea")
BARK = Palette("#7d5338", "#b58562", "#fff6ea")
STRAW = Palette("#dcc891", "#b89b52", "#3a2f17")
BRICK = Palette("#8a3c33", "#b8695a", "#fbf1e6")
SAGE = Palette("#c9d6bd", "#8aa477", "#263420")
MIST = Palette("#dce5e3", "#9fb9ba", "#22363a")
EARTH = Palette("#58452f", "#93764d", "#f4e9d6")
RUST = Palette("#6e2f28", "#a55f4f", "#f6e9da")
LEAF = Palette("#47653a", "#8fae71", "#f4f3e4")
NIGHT = Palette("#1d3145", "#51789a", "#eef2f4")
FROST = Palette("#e0e7e6", "#8fb3b8", "#1c333c")
TEAL = Palette("#27505f", "#6aa1ae", "#eef3ef")
PEACH = Palette("#eac1a8", "#c4664b", "#4a2219")
SLATE = Palette("#2f3a46", "#c9824c", "#f3ecdd")
STONE = Palette("#3a3836", "#77716a", "#efe9dd")
ABACUS = Palette("#34604f", "#d0ab58", "#f2f0e2")
ATLAS = Palette("#355a72", "#c9a24f", "#f3f1e7")
HONEY = Palette("#f2d7a2", "#d9734a", "#3b2a17")
ROSE = Palette("#f0cdc1", "#c4604f", "#4b2620")
MINT = Palette("#bdd9cf", "#4e9583", "#1c3c36")
APPLE = Palette("#e8e2b5", "#93a23f", "#35350f")
SKY = Palette("#c7dbe6", "#4f8aab", "#1d3646")

LITERATURE = Wardrobe(
    (PINE, LINEN, LAKE, BARK, STRAW, BRICK, SAGE, MIST),
    ("slip", "moon", "waves", "peaks", "window", "lines"),
)
PICTURE_BOOKS = Wardrobe((HONEY, ROSE, MINT, APPLE, SKY), ("sun", "hill", "dots"))
SOCIETY = Wardrobe((ATLAS, BRICK, STONE, MIST), ("lines", "ring", "bars"))
TECHNOLOGY = Wardrobe((TEAL, SLATE, FROST, ABACUS), ("grid", "bars", "lines"))
OTHER = Wardrobe((ATLAS, STONE, MIST), ("bars", "lines"))

WARDROBES: dict[str, Wardrobe] = {
    "A": Wardrobe((BRICK, RUST), ("ring", "lines")),
    "B": Wardrobe((STONE, MIST, PINE), ("ring",)),
    "C": SOCIETY,
    "D": SOCIETY,
    "E": Wardrobe((PINE, SLATE), ("peaks", "lines")),
    "F": Wardrobe((ABACUS, ATLAS), ("bars",)),
    "G": Wardrobe((LAKE, STRAW, SAGE), ("lines", "waves")),
    "H": Wardrobe((MIST, LINEN, LAKE), ("lines", "window")),
    "I": LITERATURE,
    "J": Wardrobe((PEACH, SLATE, MINT), ("frame", "dots")),
    "K": Wardrobe((EARTH, RUST, STRAW), ("slip", "peaks")),
    "N": Wardrobe((NIGHT, FROST), ("orbits",)),
    "O": Wardrobe((TEAL, FROST, NIGHT), ("grid",)),
    "P": Wardrobe((NIGHT, FROST, TEAL), ("orbits", "peaks")),
    "Q": Wardrobe((LEAF, SAGE, PINE), ("leaves",)),
    "R": Wardrobe((MINT, SAGE), ("leaves", "ring")),
    "S": Wardrobe((LEAF, STRAW), ("leaves", "waves")),
    "T": TECHNOLOGY,
    "U": TECHNOLOGY,
    "V": Wardrobe((NIGHT, SLATE), ("orbits",)),
    "X": Wardrobe((LEAF, LAKE), ("waves", "leaves")),
    "Z": OTHER,
}

# I287.8 Chinese picture stories, I…85 those of other countries, J228 picture strips.
_PICTURE_BOOK = re.compile(r"I287\.8|I[3-7]\d*\.85|J228")


def wardrobe(clc: str) -> Wardrobe:
    """Return what a book of this class may wear; a book without a class wears something plain."""
    clc = clc.strip().upper()
    if _PICTURE_BOOK.match(clc):
        return PICTURE_BOOKS
    return WARDROBES.get(clc[:1], OTHER)
