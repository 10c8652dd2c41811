"""How a title is broken into lines that fit, and written in SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

NARROW = 0.58  # of an em: letters and digits beside a full-width character
STAYS_WITH_THE_LAST = "，。、：；！？）》」』”’·…—-,.:;!?)~"
_PIECES = re.compile(r"[A-Za-z0-9'’.&+#-]+|\s+|.", re.DOTALL)
_BRACKETS = re.compile(r"^[《〈「『]+|[》〉」』]+$")
_AFTER_THE_NAME = re.compile(r"\s*[（(\[［【].*|\s*[=/].*")
_SUBTITLE = re.compile(r"\s*[：:—].*")
_SEAMS = re.compile(r"\s+|(?<=[：:，！？])")
LONG_TITLE = 12


def width(text: str) -> float:
    """Return how many ems a text takes."""
    return sum(NARROW if ord(letter) < ord("\u2000") else 1.0 for letter in text)


def short_title(title: str) -> str:
    """Return what stands on a cover: no brackets, no parallel title, a subtitle only if it fits."""
    title = title.strip()
    bare = _BRACKETS.sub("", _AFTER_THE_NAME.sub("", title) or title)
    return _SUBTITLE.sub("", bare) or bare if width(bare) > LONG_TITLE else bare


def pieces(text: str) -> list[str]:
    """Cut a text where a line may break: after a character, never inside a word."""
    cut: list[str] = []
    for piece in _PIECES.findall(text):
        if cut and (piece.isspace() or piece in STAYS_WITH_THE_LAST):
            cut[-1] += piece
        else:
            cut.append(piece)
    return cut


def _fill(cut: Sequence[str], limit: float) -> list[str]:
    lines = [""]
    for piece in cut:
        if lines[-1] and width((lines[-1] + piece).rstrip()) > limit:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def break_lines(text: str, *, limit: float, most: int) -> list[str] | None:
    """Break a text into even lines of at most `limit` ems, or None when `most` lines do not hold it."""
    parts = [part for part in _SEAMS.split(text) if part]
    if 1 < len(parts) <= most and all(width(part) <= limit for part in parts):
        return parts
    cut = pieces(text)
    lines = _fill(cut, limit)
    if len(lines) > most or any(width(line) > limit for line in lines):
        return None
    even = limit
    while even > 1 and len(_fill(cut, even - 0.5)) == len(lines):
        even -= 0.5
    return _fill(cut, even)


@dataclass(frozen=True)
class Setting:
    """Lines and the size at which they fit."""

    lines: list[str]
    size: float


def fit(text: str, *, room: float, sizes: Sequence[tuple[float, int]]) -> Setting:
    """Set a text as large as it fits into `room`; a text that never fits is cut with an ellipsis.

    `sizes` are tried in turn, each with the lines it may take.
    """
    for size, most in sizes:
        lines = break_lines(text, limit=room / size, most=most)
        if lines is not None:
            return Setting(lines, size)
    size, most = sizes[-1]
    return Setting(_cut(text, limit=room / size, most=most), size)


def _cut(text: str, *, limit: float, most: int) -> list[str]:
    lines = _fill(list(text), limit)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while width(last) + 1 > limit:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]


def one_line(text: str, *, room: float, size: float) -> str:
    """Shorten a text to one line."""
    text = " ".join(text.split())
    if width(text) * size <= room:
        return text
    while text and (width(text) + 1) * size > room:
        text = text[:-1]
    return text.rstrip("·,， ") + "…"


def number(value: float) -> str:
    """Write a length as short as it goes."""
    return f"{value:.1f}".removesuffix(".0")


def horizontal(setting: Setting, *, x: float, y: float, ink: str, anchor: str = "start") -> str:
    """Write lines from a first base line downwards."""
    spans = "".join(
        f'<tspan x="{number(x)}" y="{number(y + row * setting.size * 1.22)}">{escape(line)}</tspan>'
        for row, line in enumerate(setting.lines)
    )
    size = number(setting.size)
    return f'<text class="t" font-size="{size}" fill="{ink}" text-anchor="{anchor}">{spans}</text>'


def vertical(column: str, *, x: float, y: float, size: float, ink: str) -> str:
    """Write one column of characters from the top."""
    spans = "".join(
        f'<tspan x="{number(x)}" y="{number(y + row * size * 1.14)}">{escape(letter)}</tspan>'
        for row, letter in enumerate(column)
    )
    return f'<text class="t" font-size="{number(size)}" fill="{ink}" text-anchor="middle">{spans}</text>'


def byline(text: str, *, x: float, y: float, ink: str, anchor: str = "start", room: float) -> str:
    """Write the author small on one line."""
    if not text.strip():
        return ""
    words = escape(one_line(text, room=room, size=8.5))
    return f'<text class="b" font-size="8.5" fill="{ink}" x="{number(x)}" y="{number(y)}" text-anchor="{anchor}">{words}</text>'
