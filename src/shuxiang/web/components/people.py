"""How a person is drawn: a surname, and the hue of a grade."""

from __future__ import annotations

from django.urls import reverse

_PAIRS = "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐宇文长孙司徒司空夏侯端木百里南宫独孤闻人轩辕西门呼延澹台"
COMPOUND_SURNAMES = frozenset(_PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2))
HUES = 6
SHORT_NAME = 4


def surname(name: str) -> str:
    """Return the surname of a Chinese name, or the initial of any other."""
    name = name.strip()
    if name[:2] in COMPOUND_SURNAMES and len(name) > len(name[:2]):
        return name[:2]
    return name[:1].upper()


def hue(grade: int | None) -> int:
    """Return which of the six hues a grade wears; 0 is for who has no grade."""
    return (grade - 1) % HUES + 1 if grade and grade > 0 else 0


def photo_url(reader: int, digest: str) -> str:
    """Return where the portrait of a reader is found; nothing if there is none."""
    return f"{reverse('readers.see_photo', args=[reader])}?{digest}" if digest else ""


def is_long(name: str) -> bool:
    """Tell whether a name needs a second line on a tile."""
    return len(name) > SHORT_NAME
