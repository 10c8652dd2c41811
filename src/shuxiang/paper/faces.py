"""The typefaces of paper, and which characters they have."""

from __future__ import annotations

import struct
import sys
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
NAMES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_SEGMENTS_OF_32_BITS = 12  # the format of the character map that covers all of Unicode


def missing_faces() -> list[str]:
    """List the files of type that should be there and are not."""
    return [name for name in NAMES if not (FOLDER / name).is_file()]


def has(text: str) -> bool:
    """Tell whether the typeface has every character of a text."""
    return not lacking(text)


def lacking(text: str) -> str:
    """List the characters, each once, that the typeface has not; none while it is missing itself."""
    if missing_faces():
        return ""
    spans = _spans(FOLDER / NAMES[0])
    wanted = sorted({char for char in text if char.isprintable()})
    return "".join(char for char in wanted if not _is_within(ord(char), spans))


def _is_within(point: int, spans: Sequence[tuple[int, int]]) -> bool:
    last = bisect_right(spans, (point, sys.maxunicode)) - 1
    return last >= 0 and point <= spans[last][1]


@lru_cache(maxsize=1)
def _spans(face: Path) -> tuple[tuple[int, int], ...]:
    """Read from a TrueType file which characters it has (OpenType, `cmap`, format 12)."""
    with face.open("rb") as file:
        (tables,) = struct.unpack(">4xH6x", file.read(12))
        entries = (struct.unpack(">4s4xII", file.read(16)) for _ in range(tables))
        start, length = {tag: (start, length) for tag, start, length in entries}[b"cmap"]
        file.seek(start)
        cmap = file.read(length)
    (maps,) = struct.unpack_from(">H", cmap, 2)
    for number in range(maps):
        (at,) = struct.unpack_from(">I", cmap, 4 + 8 * number + 4)
        kind, groups = struct.unpack_from(">H10xI", cmap, at)
        if kind == _SEGMENTS_OF_32_BITS:
            spans = struct.iter_unpack(">III", cmap[at + 16 : at + 16 + 12 * groups])
            return tuple((first, last) for first, last, _glyph in spans)
    raise ValueError(f"{face.name} has no character map for all of Unicode.")
