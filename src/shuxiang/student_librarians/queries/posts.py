"""Who helps, who is on the way to it, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year, settings_of
from shuxiang.readers.queries import class_name
from shuxiang.student_librarians.models import Attendance, Exam, Post, PostShift, ServedClass, Shift
from shuxiang.student_librarians.rules import Objection, Readiness, Step
from shuxiang.timetable.models import Term

APPLY = "helpers.apply"
"""The setting by which pupils may propose themselves."""
SESSIONS = "helpers.sessions"
PASS_MARK = "helpers.pass_mark"  # noqa: S105 - a mark
BY_ROLE = "helpers.by_role"
"""The setting by which the role alone still opens the desk once somebody has been appointed."""

OFTEN = 4
"""Turns that somebody has come to who can be set beside a new helper in the same term."""


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """A helper as the list shows them."""

    post: Post
    class_name: str
    grade: int | None
    readiness: Readiness
    served: tuple[str, ...]
    shifts: tuple[Shift, ...]
    is_experienced: bool
    """Whether the pupil has helped before and can show others."""

    @property
    def name(self) -> str:
        return self.post.reader.name if self.post.reader else ""

    @property
    def missing(self) -> tuple[Objection, ...]:
        return self.readiness.missing() if self.post.state == Post.State.PROPOSED else ()

    @property
    def steps(self) -> frozenset[Step]:
        """Tell which steps of the way are behind this pupil."""
        done = {
            Step.PROPOSED: True,
            Step.TRAINED: self.readiness.is_trained,
            Step.TESTED: self.readiness.has_passed,
            Step.APPOINTED: self.post.appointed_on is not None,
        }
        return frozenset(step for step, is_done in done.items() if is_done)


def see_posts(term: Term) -> list[PostLine]:
    """List all posts of a term, those that stand first, in a fixed number of queries."""
    posts = Post.objects.filter(term=term)
    order = {state: place for place, state in enumerate(("appointed", "proposed"))}
    lines = lines_of(posts, term)
    return sorted(lines, key=lambda line: order.get(line.post.state, len(order)))


def line_of(post: Post) -> PostLine:
    """Show one post."""
    (line,) = lines_of(Post.objects.filter(pk=post.pk), post.term)
    return line


def lines_of(posts: QuerySet[Post], term: Term) -> list[PostLine]:
    """Show posts of one term, by class and name, in a fixed number of queries."""
    found = list(
        posts.select_related(
            "reader__account", "school_class__school", "term__year", "proposed_by"
        ).order_by("-school_class__cohort", "school_class__number", "reader__seat", "id")
    )
    year = school_year(term.school, term.starts_on)
    ready = readiness_of(found, term.school)
    experienced = experienced_readers(term)
    served = _served([post.pk for post in found], year)
    shifts = _shifts([post.pk for post in found])
    return [
        PostLine(
            post=post,
            class_name=class_name(post.school_class, year) if post.school_class else "",
            grade=post.school_class.grade(year) if post.school_class else None,
            readiness=ready[post.pk],
            served=tuple(served.get(post.pk, ())),
            shifts=tuple(shifts.get(post.pk, ())),
            is_experienced=post.reader_id in experienced,
        )
        for post in found
    ]


def experienced_readers(term: Term) -> frozenset[int]:
    """
    Tell who has helped before, by the readers' keys, in one query.

    They were appointed in an earlier term, or have come to duty often enough in this one.
    """
    posts = Post.objects.filter(
        school=term.school_id, term__starts_on__lte=term.starts_on, appointed_on__isnull=False
    ).exclude(reader=None)
    found = posts.annotate(kept=Count("duties", filter=Q(duties__came=True))).filter(
        Q(term__starts_on__lt=term.starts_on) | Q(kept__gte=OFTEN)
    )
    return frozenset(found.values_list("reader_id", flat=True))


def readiness(post: Post) -> Readiness:
    """Tell what one has done for the appointment, in three queries."""
    return readiness_of([post], post.school)[post.pk]


def readiness_of(posts: Iterable[Post], school: School) -> dict[int, Readiness]:
    """Tell what each has done for the appointment by the posts' keys, in three queries."""
    keys = [post.pk for post in posts]
    chosen = settings_of(school)
    came = dict(
        Attendance.objects.filter(post__in=keys)
        .values("post")
        .annotate(n=Count("pk"))
        .order_by()
        .values_list("post", "n")
    )
    best = dict(
        Exam.objects.filter(post__in=keys)
        .values("post")
        .annotate(most=Max("right"))
        .order_by()
        .values_list("post", "most")
    )
    return {
        key: Readiness(
            attended=came.get(key, 0),
            sessions_wanted=chosen[SESSIONS],
            best=best.get(key),
            pass_mark=chosen[PASS_MARK],
        )
        for key in keys
    }


def _served(keys: list[int], year: int) -> dict[int, list[str]]:
    rows = ServedClass.objects.filter(post__in=keys).select_related("school_class__school")
    named: dict[int, list[str]] = {}
    for row in rows.order_by("-school_class__cohort", "school_class__number"):
        named.setdefault(row.post_id, []).append(class_name(row.school_class, year))
    return named


def _shifts(keys: list[int]) -> dict[int, list[Shift]]:
    rows = PostShift.objects.filter(post__in=keys).select_related("shift")
    given: dict[int, list[Shift]] = {}
    for row in rows.order_by("shift__weekday", "shift__starts_at"):
        given.setdefault(row.post_id, []).append(row.shift)
    return given
