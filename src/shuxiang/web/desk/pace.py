"""Will the class be done before the lesson ends? Pure: no Django, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FEWEST = 3
"""Before so many pupils are done their speed says nothing."""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """When all will be done at the present speed, and whether that is in time."""

    done_at: datetime | None = None
    in_time: bool | None = None


def pace(*, done: int, whole: int, began: datetime, now: datetime, ends: datetime | None) -> Pace:
    """Carry the present speed on to the last pupil."""
    left = whole - done
    if done < FEWEST or left <= 0 or now <= began:
        return Pace()
    done_at = now + (now - began) * (left / done)
    done_at = done_at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return Pace(done_at=done_at, in_time=done_at <= ends if ends else None)
