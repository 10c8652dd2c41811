"""What a term's helpers have done: turns kept, acts at the desk, the librarian's mark."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.queries import setting
from shuxiang.student_librarians.models import Duty, Post
from shuxiang.student_librarians.queries.holding import that_hold
from shuxiang.student_librarians.queries.posts import PostLine, lines_of
from shuxiang.student_librarians.rules import ranks, score, share
from shuxiang.timetable.models import Term

WEIGHTS = "helpers.weights"
ACTS = ("circulation.lend", "circulation.take_back", "catalogue.put_on_shelf")


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One helper's term, and the place it comes to."""

    line: PostLine
    due: int
    came: int
    acts: int
    score: float | None
    rank: int | None

    @property
    def post(self) -> Post:
        return self.line.post


def evaluate(term: Term, today: date) -> list[Judgement]:
    """Rank the helpers of a term, in a fixed number of queries."""
    posts = Post.objects.filter(term=term, appointed_on__isnull=False)
    lines = lines_of(posts, term)
    turns = _turns(term, today)
    acts = _acts(term, [line.post for line in lines])
    most = max(acts.values(), default=0)
    weights = setting(term.school, WEIGHTS)
    scores = [
        score(
            (
                share(turns[line.post.pk][1], turns[line.post.pk][0]),
                share(acts[line.post.pk], most),
                line.post.mark,
            ),
            weights,
        )
        for line in lines
    ]
    judged = [
        Judgement(
            line=line,
            due=turns[line.post.pk][0],
            came=turns[line.post.pk][1],
            acts=acts[line.post.pk],
            score=own,
            rank=rank,
        )
        for line, own, rank in zip(lines, scores, ranks(scores), strict=True)
    ]
    return sorted(judged, key=lambda one: (one.rank is None, one.rank, one.post.pk))


def _turns(term: Term, today: date) -> dict[int, tuple[int, int]]:
    """Count by post the turns that are over, and those that were kept; closed days count for nobody."""
    over = Q(on__lt=today) | Q(came__isnull=False)
    counted = (
        that_hold(Duty.objects.filter(over, post__term=term), term)
        .values("post")
        .annotate(due=Count("pk"), kept=Count("pk", filter=Q(came=True)))
        .order_by()
    )
    found = {row["post"]: (row["due"], row["kept"]) for row in counted}
    return _Zero(found)


class _Zero(dict[int, tuple[int, int]]):
    def __missing__(self, key: int) -> tuple[int, int]:
        return 0, 0


def _acts(term: Term, posts: list[Post]) -> Counter[int]:
    """Count by post what was lent, taken back and shelved under the helper's own name."""
    post_of = {
        post.reader.account_id: post.pk for post in posts if post.reader and post.reader.account_id
    }
    zone = ZoneInfo(term.school.zone)
    first = datetime.combine(term.starts_on, time.min, tzinfo=zone)
    last = datetime.combine(term.ends_on, time.max, tzinfo=zone)
    counted = (
        Entry.objects.filter(
            school=term.school,
            by__in=list(post_of),
            verb__in=ACTS,
            at__gte=first,
            at__lte=last,
            undone_by=None,
        )
        .values("by")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return Counter({post_of[row["by"]]: row["n"] for row in counted})
