"""What a pupil sees of the own way to the desk."""

from __future__ import annotations

from datetime import date, datetime, time

from shuxiang.platform.accounts.models import Account
from shuxiang.student_librarians.models import Meeting, Post, Problem, Training


def own_post(account: Account, now: datetime) -> Post | None:
    """Find the post that an account has in the present term or the next, standing ones first."""
    if account.school is None:
        return None
    own: Post | None = (
        Post.objects.standing()
        .filter(reader__account=account, term__ends_on__gte=account.school.day(now))
        .select_related("school", "term__year", "reader", "school_class__school")
        .order_by("term__starts_on", "id")
        .first()
    )
    return own


def own_sessions(post: Post, today: date) -> list[Training | Meeting]:
    """List the trainings and meetings that are still to come, in two queries; candidates have no meetings."""
    still = {"term": post.term_id, "on__gte": today}
    found: list[Training | Meeting] = list(Training.objects.filter(**still))
    if post.state == Post.State.APPOINTED:
        found += Meeting.objects.filter(**still)
    return sorted(found, key=lambda one: (one.on, one.starts_at or time.max))


def own_problems(post: Post) -> list[Problem]:
    """List what a helper was asked to see to at a meeting, and has not been settled."""
    given = Problem.objects.filter(owner=post, settled_on=None)
    return list(given.select_related("meeting").order_by("meeting__on", "id"))
