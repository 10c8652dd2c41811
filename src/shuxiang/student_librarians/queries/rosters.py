"""What a roster must keep, and what was found of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from shuxiang.student_librarians.models import Duty, Post, Roster, Shift, Unable
from shuxiang.student_librarians.queries.bars import Bars
from shuxiang.student_librarians.queries.duties import OnDuty, lines_of_duties
from shuxiang.student_librarians.queries.gaps import gaps, turns_between
from shuxiang.student_librarians.queries.holding import days_off, that_hold
from shuxiang.student_librarians.queries.posts import PostLine, experienced_readers, lines_of
from shuxiang.student_librarians.rules import Helper, Refusal, RosterProblem, Turn
from shuxiang.timetable.models import Term

Row = tuple[int, int, str]
"""Post, shift and day of a turn, as a roster keeps it."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many turns of the term a helper has, as it stands and as proposed."""

    line: PostLine
    before: int
    after: int


def roster_problem(term: Term, first: date, last: date) -> RosterProblem:
    """Gather what a roster must keep, in a fixed number of queries; days that are closed fall out."""
    shifts = list(Shift.objects.given().filter(school=term.school))
    turns = tuple(
        Turn(shift=shift.pk, on=day, places=shift.places)
        for shift, day in turns_between(term, shifts, first, last)
    )
    others = Duty.objects.filter(post__term=term).exclude(on__gte=first, on__lte=last)
    return _problem(term, shifts, turns, others)


def gaps_problem(term: Term, now: datetime) -> RosterProblem:
    """Gather what must be kept when only the empty places are filled: who is on duty stays."""
    found = gaps(term, now)
    turns = tuple(Turn(shift=gap.shift.pk, on=gap.on, places=gap.empty) for gap in found)
    shifts = list({gap.shift.pk: gap.shift for gap in found}.values())
    return _problem(term, shifts, turns, Duty.objects.filter(post__term=term))


def _problem(
    term: Term, shifts: list[Shift], turns: tuple[Turn, ...], stand: QuerySet[Duty]
) -> RosterProblem:
    posts = list(
        Post.objects.appointed()
        .filter(term=term, reader__left_on=None)
        .exclude(reader=None)
        .order_by("id")
    )
    bars = Bars.of(term, posts, shifts)
    experienced = experienced_readers(term)
    had: dict[int, set[date]] = {post.pk: set() for post in posts}
    counts: Counter[int] = Counter()
    for post, on in that_hold(stand, term).filter(post__in=posts).values_list("post_id", "on"):
        had[post].add(on)
        counts[post] += 1
    return RosterProblem(
        helpers=tuple(
            Helper(
                post=post.pk,
                is_experienced=post.reader_id in experienced,
                had=counts[post.pk],
                weeks=frozenset(on.isocalendar()[:2] for on in had[post.pk]),
                barred=frozenset(why),
                why=why,
                unloved=frozenset(
                    place
                    for place, turn in enumerate(turns)
                    if (post.pk, turn.shift) in bars.wished
                ),
            )
            for post in posts
            for why in (_why(bars, post, turns, had[post.pk]),)
        ),
        turns=turns,
    )


def _why(bars: Bars, post: Post, turns: Iterable[Turn], busy: set[date]) -> dict[int, str]:
    """Tell from which turns somebody is barred, and why."""
    found = {
        place: bars.why(post, turn.shift, turn.on)
        or (Refusal.ON_DUTY_THAT_DAY if turn.on in busy else None)
        for place, turn in enumerate(turns)
    }
    return {place: reason for place, reason in found.items() if reason}


def row_of(duty: Duty) -> Row:
    """Say a turn as a roster keeps it."""
    return duty.post_id, duty.shift_id, duty.on.isoformat()


def rows_of(kept: Iterable[Sequence[Any]]) -> list[Row]:
    """Read the turns that a roster keeps."""
    return [(post, shift, on) for post, shift, on in kept]


def standing_duties(roster: Roster, first: date) -> list[Duty]:
    """List the turns that stand in a roster's days, from one day on, and can still be changed."""
    return list(
        Duty.objects.filter(
            post__term=roster.term_id, on__gte=first, on__lte=roster.until_on, came=None
        ).order_by("on", "id")
    )


def latest_roster(term: Term) -> Roster | None:
    """Find the last roster that was made, or is being made, for a term."""
    return Roster.objects.filter(term=term).select_related("job").order_by("-id").first()


def proposed_between(roster: Roster, first: date, last: date) -> list[OnDuty]:
    """List who would be on duty between two days, in a fixed number of queries."""
    rows = [row for row in rows_of(roster.puts) if first <= date.fromisoformat(row[2]) <= last]
    posts = Post.objects.filter(term=roster.term_id).select_related(
        "reader", "school_class__school", "term"
    )
    named = {post.pk: post for post in posts}
    shifts = {shift.pk: shift for shift in Shift.objects.filter(school=roster.school_id)}
    found = [
        Duty(post=named[post], shift=shifts[shift], on=date.fromisoformat(on))
        for post, shift, on in rows
        if post in named and shift in shifts
    ]
    found.sort(key=lambda one: (one.on, one.shift.starts_at, one.shift_id, str(one.post.reader)))
    return lines_of_duties(roster.school, found, first)


def shares(roster: Roster) -> list[Share]:
    """Compare how many turns each helper has in the term, in a fixed number of queries."""
    span: dict[str, Any] = {"on__gte": roster.from_on, "on__lte": roster.until_on}
    off = {on.isoformat() for on in days_off(roster.term)}
    rows = [row for row in rows_of(roster.puts) if row[2] not in off]
    if roster.accepted_at:
        first = max(roster.from_on, roster.school.day(roster.accepted_at))
        span["on__gte"] = first
        rows = [row for row in rows if row[2] >= first.isoformat()]
        stood = Counter(post for post, _shift, on in rows_of(roster.before) if on not in off)
    else:
        span["came"] = None
        stood = Counter(duty.post_id for duty in standing_duties(roster, roster.from_on))
    taken = Counter(post for post, _shift, _on in rows)
    others = Duty.objects.filter(post__term=roster.term_id).exclude(**span)
    outside = Counter(that_hold(others, roster.term).values_list("post_id", flat=True))
    posts = Post.objects.filter(term=roster.term_id)
    lines = lines_of(posts.appointed() | posts.filter(pk__in=taken), roster.term)
    found = [
        Share(
            line=line,
            before=outside[line.post.pk] + stood[line.post.pk],
            after=outside[line.post.pk] + taken[line.post.pk],
        )
        for line in lines
    ]
    return sorted(found, key=lambda one: -one.after)


def count_unable(term: Term) -> int:
    """Count the times that the helpers of a term said are not possible."""
    posts = Post.objects.appointed().filter(term=term)
    return Unable.objects.filter(post__in=posts, is_wish=False).count()
