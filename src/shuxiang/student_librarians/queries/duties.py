"""Who is on duty: today, in a week; and who could be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import Q

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.platform.schools.rules import local_moment
from shuxiang.readers.queries import class_name
from shuxiang.student_librarians.models import Duty, Post, Shift, Swap
from shuxiang.student_librarians.queries.bars import Bars
from shuxiang.student_librarians.queries.holding import falls_out
from shuxiang.student_librarians.queries.posts import experienced_readers
from shuxiang.student_librarians.rules import Objection, Refusal
from shuxiang.timetable.queries import calendar

TURNS_SHOWN = 60
"""How many turns of others a helper can choose from."""


@dataclass(frozen=True, kw_only=True)
class OnDuty:
    """One helper of one shift."""

    duty: Duty
    name: str
    class_name: str
    is_experienced: bool = False
    is_now: bool = False
    falls_out: bool = False
    """The library is closed on its day."""
    swap: Swap | None = None

    @property
    def shift(self) -> Shift:
        return self.duty.shift


def on_duty(school: School, day: date, *, now: datetime | None = None) -> list[OnDuty]:
    """List who is on duty on a day, in the order of the hours, in a fixed number of queries."""
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
    return lines_of_duties(school, found, first, now=now)


def lines_of_duties(
    school: School, found: list[Duty], first: date, *, now: datetime | None = None
) -> list[OnDuty]:
    """Name the helpers of some turns, those that stand or those that are proposed."""
    if not found:
        return []
    year = school_year(school, first)
    experienced = experienced_readers(found[0].post.term)
    clock = local_moment(school.zone, now) if now else None
    days = calendar(school, around=first)
    return [
        OnDuty(
            duty=duty,
            name=duty.post.reader.name if duty.post.reader else "",
            class_name=class_name(duty.post.school_class, year) if duty.post.school_class else "",
            is_experienced=duty.post.reader_id in experienced,
            is_now=clock is not None
            and duty.on == clock.date()
            and duty.shift.clock.hold_at(clock, weekday=duty.shift.weekday),
            falls_out=falls_out(duty, days),
        )
        for duty in found
    ]


def duty_objections(post: Post, shift: Shift, on: date) -> list[Objection]:
    """Hear what speaks against putting somebody on duty."""
    bars = Bars.of(post.term, [post], [shift])
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


def own_duties(post: Post, today: date) -> list[Duty]:
    """List the turns that a helper still has; those on closed days fall out."""
    return [duty for duty, is_off in own_turns(post, today) if not is_off]


def own_turns(post: Post, today: date) -> list[tuple[Duty, bool]]:
    """List the turns of a helper that are to come, each with whether it falls out."""
    days = calendar(post.school, around=today)
    coming = Duty.objects.filter(post=post, on__gte=today).select_related("school", "shift")
    in_order = coming.order_by("on", "shift__starts_at", "id")
    return [(duty, falls_out(duty, days)) for duty in in_order]


def swaps_of(post: Post) -> list[Swap]:
    """List the swaps that wait for a helper's word, or that a helper has asked for, newest first."""
    rows = Swap.objects.filter(Q(by=post) | Q(of=post)).select_related(
        "duty__shift", "wanted__shift", "by__reader", "of__reader"
    )
    return list(rows.order_by("-id")[:10])


def turns_to_take(post: Post, now: datetime) -> list[Duty]:
    """List the turns of others that can be had for one of one's own, in a fixed number of queries."""
    rows = Duty.objects.filter(
        post__in=Post.objects.appointed().filter(term=post.term_id, reader__left_on=None),
        on__gte=post.school.day(now),
    ).select_related("school", "shift", "post__reader")
    found = list(rows.order_by("on", "shift__starts_at", "id"))
    bars = Bars.of(post.term, {one.post for one in found}, {one.shift for one in found})
    busy = {(one.post_id, one.on) for one in found}
    days = calendar(post.school, around=post.school.day(now))
    free = [one for one in found if not one.is_over(now) and not falls_out(one, days)]
    own = [one for one in free if one.post_id == post.pk]

    def may_have(other: Post, turn: Duty, instead: Duty) -> bool:
        is_busy = turn.on != instead.on and (other.pk, turn.on) in busy
        return not is_busy and bars.why(other, turn.shift_id, turn.on) is None

    others = (
        turn
        for turn in free
        if turn.post_id != post.pk
        and any(may_have(post, turn, one) and may_have(turn.post, one, turn) for one in own)
    )
    return list(islice(others, TURNS_SHOWN))
