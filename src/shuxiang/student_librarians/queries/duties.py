"""Who is on duty: today, in a week; and who could be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.platform.schools.rules import local_moment
from shuxiang.readers.queries import class_name
from shuxiang.student_librarians.models import Duty, Post, PostShift, Shift, Swap, Unable
from shuxiang.student_librarians.queries.posts import experienced_readers
from shuxiang.student_librarians.rules import Helper, Objection, Refusal, RosterProblem
from shuxiang.student_librarians.rules import Turn as RosterTurn
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import calendar, lessons_in

A_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class OnDuty:
    """One helper of one shift."""

    duty: Duty
    name: str
    class_name: str
    is_experienced: bool = False
    is_now: bool = False
    swap: Swap | None = None

    @property
    def shift(self) -> Shift:
        return self.duty.shift


def on_duty(school: School, day: date, *, now: datetime | None = None) -> list[OnDuty]:
    """List who is on duty on a day, in the order of the hours, in three queries at most."""
    return duties_between(school, day, day, now=now)


def duties_between(
    school: School, first: date, last: date, *, now: datetime | None = None
) -> list[OnDuty]:
    """List who is on duty between two days, in a fixed number of queries."""
    found = list(
        Duty.objects.filter(school=school, on__gte=first, on__lte=last)
        .select_related("shift", "post__reader", "post__school_class__school", "post__term")
        .order_by("on", "shift__starts_at", "shift", "post__reader__name", "id")
    )
    if not found:
        return []
    year = school_year(school, first)
    experienced = experienced_readers(found[0].post.term)
    clock = local_moment(school.zone, now) if now else None
    return [
        OnDuty(
            duty=duty,
            name=duty.post.reader.name if duty.post.reader else "",
            class_name=class_name(duty.post.school_class, year) if duty.post.school_class else "",
            is_experienced=duty.post.reader_id in experienced,
            is_now=clock is not None
            and duty.on == clock.date()
            and duty.shift.clock.hold_at(clock, weekday=duty.shift.weekday),
        )
        for duty in found
    ]


def roster_problem(term: Term, first: date, last: date) -> RosterProblem:
    """Gather what a roster must keep, in a fixed number of queries; days that are closed fall out."""
    school = term.school
    shifts = list(Shift.objects.given().filter(school=school))
    days = calendar(school, around=first)
    turns = tuple(
        RosterTurn(shift=shift.pk, on=day, places=shift.places)
        for day in _days(max(first, term.starts_on), min(last, term.ends_on))
        if days.is_open(day)
        for shift in shifts
        if shift.weekday == days.timetable_weekday(day)
    )
    posts = list(
        Post.objects.appointed()
        .filter(term=term, reader__left_on=None)
        .exclude(reader=None)
        .order_by("id")
    )
    bars = _Bars.of(term, posts, shifts)
    experienced = experienced_readers(term)
    had = Counter(
        Duty.objects.filter(post__in=posts)
        .exclude(on__gte=first, on__lte=last)
        .values_list("post_id", flat=True)
    )
    return RosterProblem(
        helpers=tuple(
            Helper(
                post=post.pk,
                is_experienced=post.reader_id in experienced,
                had=had[post.pk],
                barred=frozenset(
                    place for place, turn in enumerate(turns) if bars.why(post, turn.shift, turn.on)
                ),
            )
            for post in posts
        ),
        turns=turns,
    )


def duty_objections(post: Post, shift: Shift, on: date) -> list[Objection]:
    """Hear what speaks against putting somebody on duty."""
    bars = _Bars.of(post.term, [post], [shift])
    name = post.reader.name if post.reader else ""
    reasons = [bars.why(post, shift.pk, on)]
    days = calendar(post.school, around=on)
    if not days.is_open(on):
        reasons.append(Refusal.DAY_NOT_OPEN)
    if days.timetable_weekday(on) not in (shift.weekday, None):
        reasons.append(Refusal.WRONG_WEEKDAY)
    if Duty.objects.filter(post=post, on=on).exists():
        reasons.append(Refusal.ON_DUTY_THAT_DAY)
    if not post.term.starts_on <= on <= post.term.ends_on:
        reasons.append(Refusal.DAYS_OUTSIDE_TERM)
    return [Objection(reason=reason, details={"name": name}) for reason in reasons if reason]


@dataclass(frozen=True, kw_only=True)
class _Bars:
    """Why somebody cannot be put on a shift of a day."""

    hours: dict[int, set[int]]
    """The shifts of those posts that are appointed for some alone."""
    weekly: set[tuple[int, int]]
    days: set[tuple[int, date]]
    lessons: set[tuple[int, int]]
    """Classes and the shifts that fall into their lessons."""

    @classmethod
    def of(cls, term: Term, posts: Iterable[Post], shifts: Iterable[Shift]) -> _Bars:
        keys = [post.pk for post in posts]
        hours: dict[int, set[int]] = defaultdict(set)
        for post, shift in PostShift.objects.filter(post__in=keys).values_list("post", "shift"):
            hours[post].add(shift)
        unable = list(Unable.objects.filter(post__in=keys))
        return cls(
            hours=hours,
            weekly={(one.post_id, one.shift_id) for one in unable if one.shift_id},
            days={(one.post_id, one.on) for one in unable if one.on},
            lessons=set(_lessons(term, list(shifts))),
        )

    def why(self, post: Post, shift: int, on: date) -> Refusal | None:
        if self.hours.get(post.pk) and shift not in self.hours[post.pk]:
            return Refusal.NOT_THESE_HOURS
        if (post.pk, shift) in self.weekly or (post.pk, on) in self.days:
            return Refusal.SAID_UNABLE
        if post.school_class_id and (post.school_class_id, shift) in self.lessons:
            return Refusal.HAS_A_LESSON
        return None


def _lessons(term: Term, shifts: list[Shift]) -> Iterator[tuple[int, int]]:
    for lesson in lessons_in(term).select_related("period"):
        for shift in shifts:
            period = lesson.period
            meets = (
                period is not None
                and shift.starts_at < period.ends_at
                and period.starts_at < shift.ends_at
            )
            if meets and shift.weekday in lesson.weekdays and lesson.school_class_id:
                yield lesson.school_class_id, shift.pk


def _days(first: date, last: date) -> Iterator[date]:
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)


def own_duties(post: Post, today: date) -> list[Duty]:
    """List the turns that a helper still has."""
    coming = Duty.objects.filter(post=post, on__gte=today).select_related("shift")
    return list(coming.order_by("on", "shift__starts_at", "id"))


def swaps_of(post: Post) -> list[Swap]:
    """List the swaps that wait for a helper's word, or that a helper has asked for, newest first."""
    rows = Swap.objects.filter(Q(by=post) | Q(of=post)).select_related(
        "duty__shift", "wanted__shift", "by__reader", "of__reader"
    )
    return list(rows.order_by("-id")[:10])


def turns_to_take(post: Post, today: date) -> list[Duty]:
    """List the turns of others that can be asked for."""
    rows = (
        Duty.objects.filter(post__term=post.term_id, on__gt=today)
        .exclude(post=post)
        .select_related("shift", "post__reader")
    )
    return list(rows.order_by("on", "shift__starts_at", "id")[:60])
