"""The bells of a school: when its periods begin and end on a day, as the season has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class Edge(StrEnum):
    BEGINS = "begins"
    ENDS = "ends"


@dataclass(frozen=True, kw_only=True)
class Bell:
    """The beginning or the end of a period; of no period: the end of the last one (放学)."""

    edge: Edge
    period: int | None = None
    name: str = field(default="", compare=False)


END_OF_DAY = Bell(edge=Edge.ENDS)

When = time | Bell
"""A time by the clock, or one that follows the periods."""


@dataclass(frozen=True, kw_only=True)
class Season:
    """The hours of a period within some dates."""

    first: date
    last: date
    starts_at: time
    ends_at: time


@dataclass(frozen=True, kw_only=True)
class PeriodTimes:
    """A period's own hours and those of its seasons; of two that hold on a day, the first."""

    starts_at: time
    ends_at: time
    seasons: tuple[Season, ...] = ()

    def on(self, day: date) -> tuple[time, time]:
        for season in self.seasons:
            if season.first <= day <= season.last:
                return season.starts_at, season.ends_at
        return self.starts_at, self.ends_at


@dataclass(frozen=True, kw_only=True)
class Bells:
    """All that rings, by the keys of the periods."""

    periods: Mapping[int, PeriodTimes] = field(default_factory=dict)

    def clock(self, when: When, day: date) -> time | None:
        """Tell at what time by the clock something is on a day; None of a period that is gone."""
        if isinstance(when, time):
            return when
        if when.period is None:
            return max((each.on(day)[1] for each in self.periods.values()), default=None)
        if when.period not in self.periods:
            return None
        begins, ends = self.periods[when.period].on(day)
        return begins if when.edge is Edge.BEGINS else ends

    def overlaps(self, day: date) -> list[tuple[int, int]]:
        """List the periods that have not ended when another begins, each with that other."""
        hours = sorted((each.on(day), key) for key, each in self.periods.items())
        return [
            (one, later)
            for place, ((_begins, ends), one) in enumerate(hours)
            for (begins, _ends), later in hours[place + 1 :]
            if begins < ends
        ]

    def changes(self) -> Iterator[date]:
        """List the days from which some bell rings at another time than the day before."""
        for period in self.periods.values():
            for season in period.seasons:
                yield season.first
                if season.last < date.max:
                    yield season.last + ONE_DAY
