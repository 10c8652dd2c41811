"""
Who is told of a late book, and when.

Pure: a loan's dates and what was told before go in; the next step comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any


class Whom(StrEnum):
    """Who is told."""

    READER = "reader"
    CLASS_TEACHER = "class_teacher"
    HEAD = "head"


class Channel(StrEnum):
    """By which way."""

    SLIP = "slip"
    CHAT = "chat"
    MEETING = "meeting"
    SPOKEN = "spoken"
    LIST = "list"


@dataclass(frozen=True, kw_only=True)
class Step:
    """From so many days late on somebody is told, in some way."""

    after_days: int
    whom: Whom
    channel: Channel


@dataclass(frozen=True, kw_only=True)
class Told:
    """Somebody was told on a day."""

    whom: Whom
    on: date


def steps_of(chosen: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Read the steps that a school has set, the earliest first."""
    steps = (
        Step(
            after_days=int(row["after_days"]),
            whom=Whom(row["whom"]),
            channel=Channel(row["channel"]),
        )
        for row in chosen
    )
    return tuple(sorted(steps, key=lambda step: step.after_days))


def step_due(
    due_on: date, today: date, steps: Sequence[Step], told: Iterable[Told] = ()
) -> Step | None:
    """
    Tell which step is to be taken today for a book that was due on a day.

    Steps come in their order, one a day, and none is left out: a book that is found out late is
    told to the reader first. A step is taken once its reader was told on its day or after it.
    """
    told = tuple(told)
    if any(one.on == today for one in told):
        return None
    for step in steps:
        from_on = due_on + timedelta(days=step.after_days)
        if today < from_on:
            return None
        if not any(one.whom is step.whom and one.on >= from_on for one in told):
            return step
    return None
