"""One thing to do, and when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be done, when, and the page where it is done."""

    words: str
    when: str
    address: str
    is_pressing: bool = False
