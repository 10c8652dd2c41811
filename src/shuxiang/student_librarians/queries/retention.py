"""Which names of helpers are due to be forgotten."""

from __future__ import annotations

from datetime import date, timedelta

from shuxiang.platform.schools.models import School
from shuxiang.student_librarians.models import Post
from shuxiang.timetable.models import Term


def forget_before(school: School, today: date, *, days: int) -> date | None:
    """Tell the last day of the terms whose helpers' names go; None if none has ended long enough."""
    ended = Term.objects.filter(school=school, ends_on__lt=today - timedelta(days=days))
    return ended.order_by("-ends_on").values_list("ends_on", flat=True).first()


def to_forget(school: School, before: date) -> dict[str, int]:
    """Count the posts that would lose their names."""
    posts = Post.objects.filter(school=school, term__ends_on__lte=before)
    return {"posts": posts.exclude(reader=None).count()}
