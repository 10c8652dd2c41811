"""Whose photograph a file holds, told by the name of the file. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from shuxiang.formats.text import plain

_PART = re.compile(r"[0-9a-z]*[0-9]|[^\W\d_]+(?:[·.・][^\W\d_]+)*")


@dataclass(frozen=True, kw_only=True)
class Known:
    """By what a reader can be told; `known` makes one."""

    pk: int
    name: str
    codes: frozenset[str]
    seat: int | None


def known(*, pk: int, name: str, number: str, card: str, seat: int | None) -> Known:
    """Write down by what a reader can be told, as it is compared."""
    codes = frozenset({plain(number), plain(card)} - {""})
    return Known(pk=pk, name=plain(name), codes=codes, seat=seat)


def whose(file: str, readers: Iterable[Known], *, is_class: bool) -> frozenset[int]:
    """
    Tell whose photograph a file holds; more than one reader if its name leaves it open.

    The name of the file holds the number, the card or the name, in any order and between other words;
    where the readers are one class (`is_class`) also the seat.
    """
    stem = plain(PurePosixPath(file.replace("\\", "/")).stem)
    parts = {stem, *_PART.findall(stem)}
    everybody = list(readers)
    numbered = {r.pk for r in everybody if r.codes & parts}
    named = {r.pk for r in everybody if r.name in parts}
    if numbered and named:
        return frozenset(numbered & named or numbered | named)
    found = numbered or named
    if is_class and len(found) != 1:
        seats = {int(part) for part in parts if part.isascii() and part.isdigit()}
        seated = {r.pk for r in everybody if r.seat in seats and (r.pk in found or not found)}
        found = seated or found
    return frozenset(found)
