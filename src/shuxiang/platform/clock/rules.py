"""When a clock is doubted. Pure: no Django, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

BUILT_ON = date(2026, 11, 1)
TOLERANCE = timedelta(minutes=5)  # clocks that are set by the network move a little


class Doubt(StrEnum):
    BEFORE_THE_BUILD = "before_the_build"
    BEFORE_THE_NEWEST_ENTRY = "before_the_newest_entry"


@dataclass(frozen=True, kw_only=True)
class ClockDoubt:
    """Why the clock is doubted, and the moment that it may not precede."""

    why: Doubt
    not_before: datetime


def doubt(*, now: datetime, newest: datetime | None) -> ClockDoubt | None:
    """Compare the clock with the newest entry and with the year of this version."""
    if newest is not None and now < newest - TOLERANCE:
        return ClockDoubt(why=Doubt.BEFORE_THE_NEWEST_ENTRY, not_before=newest)
    if now.year < BUILT_ON.year:
        first = now.replace(year=BUILT_ON.year, month=1, day=1)
        return ClockDoubt(why=Doubt.BEFORE_THE_BUILD, not_before=first)
    return None
