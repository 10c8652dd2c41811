"""From nomination to permission, and what the permission opens: whose books, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from shuxiang.student_librarians.rules.refusals import Objection, Refusal

GRACE = timedelta(minutes=10)
"""Before a shift somebody comes and makes the desk ready, after it the last in the queue is served."""

SCHOOL_WEEK = frozenset(range(5))
BREAKS = ("间", "午", "休", "餐", "操", "课后", "放学")
"""Words in the names of periods that are no lessons: 大课间, 午间, 午休, 课后服务."""


class Step(StrEnum):
    """How far somebody is on the way to the desk."""

    PROPOSED = "proposed"
    TRAINED = "trained"
    TESTED = "tested"
    APPOINTED = "appointed"


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What somebody has done for the appointment, and what the school wants."""

    attended: int
    sessions_wanted: int
    best: int | None
    """The best test's right answers; None before any was handed in."""
    pass_mark: int

    @property
    def is_trained(self) -> bool:
        return self.attended >= self.sessions_wanted

    @property
    def has_passed(self) -> bool:
        return self.best is not None and self.best >= self.pass_mark

    def missing(self) -> tuple[Objection, ...]:
        """Tell all that still stands between a nomination and the appointment."""
        missing = []
        if not self.is_trained:
            details = {"attended": self.attended, "wanted": self.sessions_wanted}
            missing.append(Objection(reason=Refusal.NOT_TRAINED, details=details))
        if self.best is None:
            missing.append(Objection(reason=Refusal.NOT_TESTED))
        elif not self.has_passed:
            details = {"best": self.best, "wanted": self.pass_mark}
            missing.append(Objection(reason=Refusal.TEST_FAILED, details=details))
        return tuple(missing)


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A shift as the clock sees it."""

    weekday: int
    starts_at: time
    ends_at: time

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    def hold_at(self, moment: datetime, *, weekday: int | None) -> bool:
        """Tell whether a moment of the school's own clock lies in it, with a little grace."""
        start = datetime.combine(moment.date(), self.starts_at, tzinfo=moment.tzinfo)
        end = datetime.combine(moment.date(), self.ends_at, tzinfo=moment.tzinfo)
        return weekday == self.weekday and start - GRACE <= moment <= end + GRACE


class DeskRefusal(StrEnum):
    """Why a helper records nothing at the desk."""

    NO_POST = "no_post"
    NOT_APPOINTED_YET = "not_appointed_yet"
    NOT_YOUR_HOURS = "not_your_hours"
    NOT_YOUR_CLASS = "not_your_class"
    NOT_YOUR_BOOK = "not_your_book"
    NOT_FOR_HELPERS = "not_for_helpers"


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What somebody may do at the desk now."""

    is_limited: bool = False
    """Whether an appointment says it; else the role alone does."""
    refusal: DeskRefusal | None = None
    classes: frozenset[int] | None = None
    """The keys of the classes served; None: everybody."""
    hours: tuple[Hours, ...] = ()
    """The hours of the appointment; none: at any time, as the librarian likes."""

    def serves(self, school_class: int | None) -> bool:
        """Tell whether a reader of a class may be served, or one who has none."""
        return self.classes is None or school_class in self.classes


WHOLE = Rights()
"""Of whoever is bound by no appointment."""


@dataclass(frozen=True, kw_only=True)
class PostFacts:
    """What the desk asks of the appointment of whoever stands at it."""

    is_appointed: bool
    classes: frozenset[int]
    hours: tuple[Hours, ...]
    duties: tuple[Hours, ...] = ()
    """The turns on the roster of this very day, also those taken over from another."""


def desk_rights(post: PostFacts | None, moment: datetime, *, weekday: int | None) -> Rights:
    """Weigh an appointment against the school's own clock; `weekday` is whose lessons the day keeps."""
    if post is None:
        return Rights(is_limited=True, refusal=DeskRefusal.NO_POST)
    if not post.is_appointed:
        return Rights(is_limited=True, refusal=DeskRefusal.NOT_APPOINTED_YET)
    held = any(hours.hold_at(moment, weekday=weekday) for hours in post.hours)
    on_duty = any(hours.hold_at(moment, weekday=hours.weekday) for hours in post.duties)
    is_open = held or on_duty or not post.hours
    return Rights(
        is_limited=True,
        refusal=None if is_open else DeskRefusal.NOT_YOUR_HOURS,
        classes=post.classes or None,
        hours=post.hours,
    )


def overlapping(wanted: Hours, others: Iterable[Hours]) -> Hours | None:
    """Find a shift of the same weekday whose hours meet these."""
    for other in others:
        meets = wanted.starts_at < other.ends_at and other.starts_at < wanted.ends_at
        if meets and other.weekday == wanted.weekday:
            return other
    return None


def lessons_met(hours: Hours, periods: Iterable[tuple[str, time, time]]) -> tuple[str, ...]:
    """Name the lessons that hours fall into, of the periods of a school day: name, begin, end."""
    if hours.weekday not in SCHOOL_WEEK:
        return ()
    return tuple(
        name
        for name, starts_at, ends_at in periods
        if _is_lesson(name) and hours.starts_at < ends_at and starts_at < hours.ends_at
    )


def _is_lesson(name: str) -> bool:
    """Tell by its name whether a period is a lesson: noon and the breaks are periods too."""
    return "节" in name or not any(word in name for word in BREAKS)


def next_hours(hours: Iterable[Hours], moment: datetime) -> tuple[date, Hours] | None:
    """Find the shift that comes next within a week, by weekday alone."""
    coming = []
    for one in hours:
        ahead = (one.weekday - moment.weekday()) % 7
        if ahead == 0 and one.starts_at <= moment.time():
            ahead = 7
        coming.append((moment.date() + timedelta(days=ahead), one))
    return min(coming, key=lambda each: (each[0], each[1].starts_at), default=None)
