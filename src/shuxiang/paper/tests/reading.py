"""Look at paper as a scanner and a reader do."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import zxingcpp
from PIL import Image

from shuxiang.paper.press import Paper, set_pages

PPI = 300  # what an office printer at least does


def pictures(paper: Paper) -> list[Image.Image]:
    """Draw every page."""
    single = [replace(paper, pages=[page]) for page in paper.pages]
    drawn = [set_pages(each.layout, each.text(), "png", ppi=PPI) for each in single]
    return [Image.open(io.BytesIO(page)).convert("L") for page in drawn]


def scanned(paper: Paper) -> Counter[str]:
    """Read every barcode of every page."""
    return Counter(
        barcode.text for page in pictures(paper) for barcode in zxingcpp.read_barcodes(page)
    )


def ink(page: Image.Image, x: float, y: float, width: float, height: float) -> int:
    """Count the dark points of a part of a page, given in millimetres."""
    scale = PPI / 25.4
    part = page.crop((x * scale, y * scale, (x + width) * scale, (y + height) * scale))
    return sum(part.histogram()[:128])
