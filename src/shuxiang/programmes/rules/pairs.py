"""
Who of a class might bring whom along to read, and what came of it.

Pure: what each pupil took home goes in, pairs and figures come out; never a title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

WINDOW = timedelta(weeks=4)
"""So long before a pair begins, and so long after, is compared."""
HARDLY = 4
"""Who has borrowed less than the class's mean divided by this has hardly borrowed."""
NEAR = 0.5
"""From so much of two pupils' reading in the same fields on their interests are near."""
KEEN = 3
"""Who has taken home fewer books than these this term is no keen reader yet."""
LEAST_LOANS = 3
"""With fewer books than these before and after together nothing can be told."""
LEAST_OPEN_DAYS = 10
"""A window with fewer open days, as over the holidays, is not compared."""


@dataclass(frozen=True, kw_only=True)
class Borrower:
    """A pupil of the class, and what was taken home."""

    key: int
    books: int
    """In this term."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """Books by field, as far as the records still name the reader."""
    titles: frozenset[int] = frozenset()


class Interests(StrEnum):
    """How near two pupils read to each other; no more is said of it."""

    NEAR = "near"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A keen reader for one who does not borrow, or hardly."""

    guide: Borrower
    reader: Borrower
    interests: Interests


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """Pairs to choose from, and, where the class has keen readers, those for whom none is left."""

    pairs: tuple[Suggestion, ...]
    left: tuple[Borrower, ...]


def suggest(pupils: Sequence[Borrower], *, taken: Set[int] = frozenset()) -> Suggested:
    """
    Bring each pupil who has not borrowed this term, or hardly, together with a keen reader of the class.

    Keen is who has borrowed more than the class's mean, and some books at least. Near are those whose books lie in the same
    fields; of whom no book is known, the class's own reading stands in: a guide who likes what these
    children like has something to show. `taken` have a pair already.
    """
    mean = sum(pupil.books for pupil in pupils) / len(pupils) if pupils else 0.0
    keen = [pupil for pupil in pupils if pupil.books > mean and pupil.books >= KEEN]
    guides = [pupil for pupil in keen if pupil.key not in taken]
    readers = [
        pupil
        for pupil in pupils
        if pupil.key not in taken and (pupil.books == 0 or pupil.books * HARDLY < mean)
    ]
    usual = _added(pupil.fields for pupil in pupils)
    ranked = sorted(
        ((guide, reader) for guide in guides for reader in readers),
        key=lambda pair: _rank(pair[0], pair[1], usual),
    )
    pairs: list[Suggestion] = []
    used: set[int] = set()
    for guide, reader in ranked:
        if not used & {guide.key, reader.key}:
            used |= {guide.key, reader.key}
            pairs.append(
                Suggestion(guide=guide, reader=reader, interests=_interests(guide, reader))
            )
    left = tuple(reader for reader in readers if keen and reader.key not in used)
    return Suggested(pairs=tuple(pairs), left=left)


def _rank(guide: Borrower, reader: Borrower, usual: Mapping[str, int]) -> tuple[float, ...]:
    """Order pairs: the nearest interests, most titles in common, the keenest guide, then as they come."""
    near = overlap(guide.fields, reader.fields or usual)
    shared = len(guide.titles & reader.titles)
    return (-near, -shared, -guide.books, reader.books, reader.key, guide.key)


def _interests(guide: Borrower, reader: Borrower) -> Interests:
    if not reader.fields:
        return Interests.UNKNOWN
    return Interests.NEAR if overlap(guide.fields, reader.fields) >= NEAR else Interests.OTHER


def overlap(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Tell how much of two pupils' reading lies in the same fields, from 0 to 1."""
    all_of_one, all_of_other = sum(one.values()), sum(other.values())
    if not all_of_one or not all_of_other:
        return 0.0
    return sum(min(one[key] / all_of_one, other.get(key, 0) / all_of_other) for key in one)


def _added(several: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in several:
        total.update(one)
    return total


class Telling(StrEnum):
    """What can be said of a pair after its four weeks."""

    NOT_YET = "not_yet"
    ENDED_EARLY = "ended_early"
    FORGOTTEN = "forgotten"
    CLOSED_TOO_LONG = "closed_too_long"
    STILL_NONE = "still_none"
    TOO_FEW = "too_few"
    MORE = "more"
    AS_BEFORE = "as_before"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Books that the helped pupil and the rest of the class took home, four weeks before and after."""

    own_before: int
    own_after: int
    rest_before: int
    rest_after: int
    rest_pupils: int
    open_before: int
    open_after: int

    @property
    def mean_before(self) -> float | None:
        return self.rest_before / self.rest_pupils if self.rest_pupils else None

    @property
    def mean_after(self) -> float | None:
        return self.rest_after / self.rest_pupils if self.rest_pupils else None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What came of a pair, as far as it can be told."""

    telling: Telling
    known_on: date
    """The first day on which four weeks are over."""
    counts: Counts | None = None


def effect(*, from_on: date, until_on: date | None, today: date, counts: Counts | None) -> Effect:
    """Weigh a pair; `counts` is None where the records no longer say who borrowed."""
    known_on = from_on + WINDOW
    if until_on is not None and until_on < known_on:
        return Effect(telling=Telling.ENDED_EARLY, known_on=known_on)
    if today < known_on:
        return Effect(telling=Telling.NOT_YET, known_on=known_on)
    if counts is None:
        return Effect(telling=Telling.FORGOTTEN, known_on=known_on)
    return Effect(telling=_told(counts), known_on=known_on, counts=counts)


def _told(counts: Counts) -> Telling:
    """Say more only where the pupil's own books rose by more than those of the rest, a head."""
    if min(counts.open_before, counts.open_after) < LEAST_OPEN_DAYS:
        return Telling.CLOSED_TOO_LONG
    own = counts.own_before + counts.own_after
    rest_of_them = counts.rest_before + counts.rest_after
    if own == 0 and rest_of_them:
        return Telling.STILL_NONE
    if own < LEAST_LOANS:
        return Telling.TOO_FEW
    rest = (counts.mean_after or 0.0) - (counts.mean_before or 0.0)
    rose = counts.own_after - counts.own_before
    return Telling.MORE if rose > max(rest, 0.0) else Telling.AS_BEFORE
