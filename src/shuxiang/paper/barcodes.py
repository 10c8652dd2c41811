"""Code 128 (ISO/IEC 15417) as a drawing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 40
_ONE_LETTER = re.compile(r"[A-Z]")
_WIDTH = re.compile(r'<svg width="(\d+)"')


@dataclass(frozen=True, slots=True)
class Drawing:
    """A barcode without its quiet zones; `modules` is its width in narrowest bars."""

    svg: str
    modules: int


def can_be_drawn(code: str) -> bool:
    """Tell whether a number can stand in a barcode at all: visible ASCII, and not endless."""
    return 0 < len(code) <= LONGEST and code.isascii() and code.isprintable()


@lru_cache(maxsize=4096)
def draw(code: str) -> Drawing:
    """Draw a barcode."""
    import zxingcpp  # noqa: PLC0415 - only who prints needs it

    barcode = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.Code128)
    svg = barcode.to_svg(add_quiet_zones=False)
    width = _WIDTH.search(svg)
    return Drawing(svg, int(width[1]) if width else 0)


def modules(code: str) -> int:
    """Tell how wide a barcode is; numbers of one shape (eight digits …) are equally wide."""
    return draw(re.sub(r"\d", "0", _ONE_LETTER.sub("A", code))).modules
