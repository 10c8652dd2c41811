"""Keys of rows as a form or an address writes them; whatever can't be one is nobody's."""

from __future__ import annotations

from collections.abc import Iterable

LARGEST_KEY = 2**63 - 1
_DIGITS = len(str(LARGEST_KEY))


def key_of(written: str) -> int | None:
    """Read a key; None if this can't be the key of a row, as words or a thousand digits."""
    if not (written.isascii() and written.isdecimal()) or len(written) > _DIGITS:
        return None
    return key if (key := int(written)) <= LARGEST_KEY else None


def keys_of(written: Iterable[str]) -> list[int]:
    """Read those that can be keys, in their order."""
    return [key for key in map(key_of, written) if key is not None]
