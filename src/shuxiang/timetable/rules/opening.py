"""What only a person can tell before a term opens. Pure."""

from __future__ import annotations

from enum import StrEnum


class Look(StrEnum):
    """Something that somebody looks at."""

    RULES = "rules"
    ROOM = "room"
    CLASSES_TOLD = "classes_told"
    HELPERS_TOLD = "helpers_told"
