"""Turns to come that have too few helpers, though a roster was made for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from shuxiang.platform.schools.rules import local_moment
from shuxiang.student_librarians.models import Duty, Post, Roster, Shift
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import calendar


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A turn with empty places: somebody's appointment has ended, or nobody could be found."""

    shift: Shift
    on: date
    empty: int


def gaps(term: Term, now: datetime, *, days: int | None = None) -> list[Gap]:
    """List the turns to come with empty places as far as the roster goes, or for some days, in a fixed number of queries."""
    clock = local_moment(term.school.zone, now)
    today = clock.date()
    last = _rostered_until(term)
    if last is None or last < today:
        return []
    if days is not None:
        last = min(last, today + timedelta(days=days - 1))
    shifts = list(Shift.objects.given().filter(school=term.school))
    helpers = Post.objects.appointed().filter(term=term, reader__left_on=None)
    here = Counter(
        Duty.objects.filter(post__in=helpers, on__gte=today, on__lte=last).values_list(
            "shift_id", "on"
        )
    )
    return [
        Gap(shift=shift, on=on, empty=shift.places - here[shift.pk, on])
        for shift, on in turns_between(term, shifts, today, last)
        if here[shift.pk, on] < shift.places and (on, shift.ends_at) > (today, clock.time())
    ]


def turns_between(
    term: Term, shifts: Iterable[Shift], first: date, last: date
) -> Iterator[tuple[Shift, date]]:
    """Go through the turns of a term between two days; days that are closed fall out."""
    first, last = max(first, term.starts_on), min(last, term.ends_on)
    days = calendar(term.school, around=first)
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if days.is_open(day):
            yield from (
                (shift, day) for shift in shifts if shift.weekday == days.timetable_weekday(day)
            )


def _rostered_until(term: Term) -> date | None:
    """Tell the last day of the term that the roster was made for, or that anybody is put on by hand."""
    accepted = Roster.objects.filter(term=term, state=Roster.State.ACCEPTED)
    ends = [
        accepted.aggregate(last=Max("until_on"))["last"],
        Duty.objects.filter(post__term=term).aggregate(last=Max("on"))["last"],
    ]
    return max((end for end in ends if end), default=None)
