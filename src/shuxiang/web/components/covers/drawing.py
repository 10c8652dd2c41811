"""One cover: the class gives what it may wear, title and author choose, and the words are made to fit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from shuxiang.web.components.covers import motifs
from shuxiang.web.components.covers.lettering import (
    byline,
    fit,
    horizontal,
    short_title,
    vertical,
    width,
)
from shuxiang.web.components.covers.palettes import Palette, wardrobe

PAPER, WRITING = "#f7f1e4", "#2a241c"
SPINE = (
    '<path d="M5 0V168" stroke="#000" stroke-opacity=".13" stroke-width="1.4"/>'
    '<path d="M6.6 0V168" stroke="#fff" stroke-opacity=".14"/>'
)
COLUMN = 8
# How large a title may be and how many lines it may take, so that the author stands on plain ground.
ABOVE_A_PICTURE = ((22, 2), (20, 2), (18, 2), (15, 3), (13.5, 3), (12, 3), (11, 3))
LARGE = ((30, 2), (26, 3), (24, 3), (22, 3), (20, 3), (18, 4), (16, 4), (14, 4), (12.5, 5), (11, 5))
UNDER_A_PICTURE = ((17, 1), (15, 2), (13, 2), (11.5, 2))
IN_A_RING = ((18, 2), (16, 2), (14, 3), (12, 3), (10.5, 3))
_NOT_FOR_COLUMNS = re.compile(r"[A-Za-z0-9\s（）()《》“”…—-]")


def _top(title: str, author: str, palette: Palette, *, motif: str) -> str:
    """Title at the top left, author beneath it, picture below."""
    setting = fit(title, room=96, sizes=ABOVE_A_PICTURE)
    below = 34 + (len(setting.lines) - 1) * setting.size * 1.22 + 17
    return (
        motif
        + horizontal(setting, x=12, y=34, ink=palette.ink)
        + byline(author, x=12, y=below, ink=palette.ink, room=96)
    )


def _foot(title: str, author: str, palette: Palette, *, motif: str) -> str:
    """Title at the top left, author at the foot on plain ground."""
    setting = fit(title, room=96, sizes=ABOVE_A_PICTURE)
    return (
        motif
        + horizontal(setting, x=12, y=34, ink=palette.ink)
        + byline(author, x=12, y=159, ink=palette.ink, room=96)
    )


def _centred(title: str, author: str, palette: Palette, *, motif: str) -> str:
    setting = fit(title, room=100, sizes=ABOVE_A_PICTURE)
    below = 32 + (len(setting.lines) - 1) * setting.size * 1.22 + 15
    return (
        motif
        + horizontal(setting, x=60, y=32, ink=palette.ink, anchor="middle")
        + byline(author, x=60, y=below, ink=palette.ink, anchor="middle", room=96)
    )


def _large(title: str, author: str, palette: Palette, *, motif: str) -> str:
    setting = fit(title, room=96, sizes=LARGE)
    return (
        motif
        + horizontal(setting, x=12, y=26 + setting.size, ink=palette.ink)
        + byline(author, x=12, y=158, ink=palette.ink, room=96)
    )


def _under_window(title: str, author: str, palette: Palette, *, motif: str) -> str:
    setting = fit(title, room=104, sizes=UNDER_A_PICTURE)
    first = 128 if len(setting.lines) > 1 else 134
    return (
        motif
        + horizontal(setting, x=60, y=first, ink=palette.ink, anchor="middle")
        + byline(author, x=60, y=161, ink=palette.ink, anchor="middle", room=100)
    )


def _in_ring(title: str, author: str, palette: Palette, *, motif: str) -> str:
    setting = fit(title, room=76, sizes=IN_A_RING)
    first = 74 + setting.size * 0.36 - (len(setting.lines) - 1) * setting.size * 0.61
    return (
        motif
        + horizontal(setting, x=60, y=first, ink=palette.ink, anchor="middle")
        + byline(author, x=60, y=154, ink=palette.ink, anchor="middle", room=100)
    )


def _in_frame(title: str, author: str, palette: Palette, *, motif: str) -> str:
    setting = fit(title, room=84, sizes=IN_A_RING)
    first = 46 + setting.size * 0.36 - (len(setting.lines) - 1) * setting.size * 0.61
    return (
        motif
        + horizontal(setting, x=60, y=first, ink=palette.ink, anchor="middle")
        + byline(author, x=60, y=149, ink=palette.ink, anchor="middle", room=84)
    )


def _beside_moon(title: str, author: str, palette: Palette, *, motif: str) -> str:
    size = 17.0 if len(title) <= COLUMN - 2 else 13.0
    return (
        motif
        + vertical(title, x=97, y=30, size=size, ink=palette.ink)
        + byline(author, x=12, y=161, ink=palette.ink, room=96)
    )


def _slip(title: str, author: str, palette: Palette, *, motif: str) -> str:
    """Write the title on a pasted slip, as on a thread-bound book."""
    half = (len(title) + 1) // 2
    columns = [title] if len(title) <= COLUMN else [title[:half], title[half:]]
    size = 15.0 if len(columns[0]) <= COLUMN - 2 else 12.5
    wide = 28 if len(columns) == 1 else 42
    tall = max(86.0, len(columns[0]) * size * 1.14 + 14)
    slip = (
        f'<rect x="13" y="13" width="{wide}" height="{tall:.0f}" fill="{PAPER}"/>'
        f'<rect x="15" y="15" width="{wide - 4}" height="{tall - 4:.0f}" fill="none" stroke="{palette.motif}" stroke-width=".8"/>'
    )
    places = [13 + wide / 2] if len(columns) == 1 else [44.0, 25.0]
    words = "".join(
        vertical(column, x=place, y=32, size=size, ink=WRITING)
        for column, place in zip(columns, places, strict=True)
    )
    name = byline(author, x=98, y=157, ink=palette.ink, anchor="end", room=84)
    return motif + slip + words + name


Layout = Callable[..., str]
LAYOUTS: dict[str, tuple[Layout, motifs.Motif]] = {
    "slip": (_slip, motifs.thread),
    "moon": (_beside_moon, motifs.moon),
    "waves": (_top, motifs.waves),
    "peaks": (_top, motifs.peaks),
    "leaves": (_top, motifs.leaves),
    "hill": (_top, motifs.hill),
    "dots": (_top, motifs.dots),
    "grid": (_top, motifs.grid),
    "orbits": (_top, motifs.orbits),
    "bars": (_foot, motifs.bars),
    "sun": (_centred, motifs.sun),
    "window": (_under_window, motifs.window),
    "ring": (_in_ring, motifs.ring),
    "frame": (_in_frame, motifs.frame),
    "lines": (_large, motifs.lines),
}
PLAIN = "lines"


def _suits(layout: str, title: str) -> bool:
    """Tell whether a title can be set this way."""
    if layout == "moon":
        return len(title) <= COLUMN and not _NOT_FOR_COLUMNS.search(title)
    if layout == "slip":
        return len(title) <= 2 * COLUMN and not _NOT_FOR_COLUMNS.search(title)
    if layout in {"window", "ring", "frame"}:
        return width(title) <= 2 * COLUMN
    return True


@lru_cache(maxsize=2048)
def draw(*, title: str, author: str, clc: str, label: str) -> SafeString:
    """Draw the cover of a book; the same book always looks the same."""
    seed = int.from_bytes(hashlib.blake2b(f"{title}\n{author}".encode(), digest_size=4).digest())
    wears = wardrobe(clc)
    words = short_title(title) or "·"
    fitting = [name for name in wears.layouts if _suits(name, words)] or [PLAIN]
    palette = wears.palettes[seed % len(wears.palettes)]
    layout, motif = LAYOUTS[fitting[seed // 97 % len(fitting)]]
    drawn = layout(words, author, palette, motif=motif(palette, seed))
    return mark_safe(  # noqa: S308 - every word was escaped by the lettering
        f'<svg class="sx-cover" viewBox="0 0 120 168" role="img" aria-label="{escape(label)}">'
        f'<rect width="120" height="168" fill="{palette.ground}"/>{drawn}{SPINE}</svg>'
    )
