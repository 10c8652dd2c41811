"""Why somebody cannot be put on duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from shuxiang.student_librarians.models import Post, PostShift, Shift, Unable
from shuxiang.student_librarians.rules import Refusal
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import lessons_in


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Why somebody cannot be put on a shift of a day."""

    hours: dict[int, set[int]]
    """The shifts of those posts that are appointed for some alone."""
    weekly: set[tuple[int, int]]
    wished: set[tuple[int, int]]
    """Posts and the shifts that they would rather not have: no bar, and yet a reason."""
    days: set[tuple[int, date]]
    lessons: set[tuple[int, int]]
    """Classes and the shifts that fall into their lessons."""

    @classmethod
    def of(cls, term: Term, posts: Iterable[Post], shifts: Iterable[Shift]) -> Bars:
        keys = [post.pk for post in posts]
        hours: dict[int, set[int]] = defaultdict(set)
        for post, shift in PostShift.objects.filter(post__in=keys).values_list("post", "shift"):
            hours[post].add(shift)
        unable = list(Unable.objects.filter(post__in=keys))
        return cls(
            hours=hours,
            weekly={
                (one.post_id, one.shift_id) for one in unable if one.shift_id and not one.is_wish
            },
            wished={(one.post_id, one.shift_id) for one in unable if one.shift_id and one.is_wish},
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
