"""
How many pupils borrow, and how evenly: each figure with its one formula.

Pure: who borrowed when goes in, figures come out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta

A_WEEK = timedelta(days=7)
TOP_PART = 10
"""The keenest readers: one pupil in so many."""


@dataclass(frozen=True, kw_only=True)
class Stay:
    """A pupil's time at school."""

    reader: int
    from_on: date
    until_on: date | None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, kw_only=True)
class Borrowing:
    """What a term has come to by the end of a week."""

    week: int
    pupils: int
    borrowers: int
    newcomers: int
    loans: int
    top_loans: int

    @property
    def share(self) -> float | None:
        """Part of the pupils who have borrowed at least once."""
        return self.borrowers / self.pupils if self.pupils else None

    @property
    def concentration(self) -> float | None:
        """Part of the loans that the keenest tenth of the pupils made."""
        return self.top_loans / self.loans if self.loans else None

    @property
    def mean(self) -> float | None:
        return self.loans / self.pupils if self.pupils else None


def borrowing(
    week: int, *, pupils: Collection[int], loans: Mapping[int, int], known: Set[int]
) -> Borrowing:
    """
    Count one term so far.

    `pupils` are those at school, `loans` what each has taken home in the term, `known` who had
    borrowed before it. The keenest tenth is one pupil in ten, rounded up.
    """
    mine = {reader: loans[reader] for reader in pupils if loans.get(reader)}
    top = -(-len(pupils) // TOP_PART)
    return Borrowing(
        week=week,
        pupils=len(pupils),
        borrowers=len(mine),
        newcomers=sum(1 for reader in mine if reader not in known),
        loans=sum(mine.values()),
        top_loans=sum(sorted(mine.values(), reverse=True)[:top]),
    )


def weeks_of(
    monday: date,
    until: date,
    *,
    stays: Collection[Stay],
    lent: Iterable[tuple[int, date]],
    known: Set[int],
) -> Iterator[Borrowing]:
    """Count a term week by week, from its first Monday until a day; `lent` is who borrowed when."""
    by_week: dict[int, Counter[int]] = {}
    for reader, on in lent:
        by_week.setdefault((on - monday).days // 7 + 1, Counter())[reader] += 1
    so_far: Counter[int] = Counter()
    for week in range(1, (until - monday).days // 7 + 2):
        so_far += by_week.get(week, Counter())
        day = min(monday + week * A_WEEK - timedelta(days=1), until)
        here = {stay.reader for stay in stays if stay.covers(day)}
        yield borrowing(week, pupils=here, loans=so_far, known=known)
