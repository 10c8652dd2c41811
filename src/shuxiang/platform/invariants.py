"""What every room answers when it is asked whether its rows agree with each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Broken:
    """
    One thing that must never be and is: its code, how often, and a few examples to look at.

    The words are `INVARIANTS[code]` in the room's `wording`: a sentence that names
    `%(count)s` and `%(examples)s`.
    """

    code: str
    count: int
    examples: tuple[str, ...] = ()
