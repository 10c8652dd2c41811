"""Let go of who helped: the counts stay, the names and what was said of them go."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.student_librarians.models import Exam, Post


@transaction.atomic
def forget(*, school: School, before: date, now: datetime) -> dict[str, int]:
    """Take pupils' names off the posts of terms that ended by a day; tell how many."""
    old = Post.objects.filter(school=school, term__ends_on__lte=before).exclude(reader=None)
    keys = list(old.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return {"posts": 0}
    undecided = Post.objects.filter(pk__in=keys, state=Post.State.PROPOSED)
    undecided.update(state=Post.State.DECLINED, closed_on=school.day(now))
    Exam.objects.filter(post__in=keys, handed_in_at=None).delete()
    Exam.objects.filter(post__in=keys).update(answers=[])
    Post.objects.filter(pk__in=keys).update(
        reader=None, school_class=None, proposed_by=None, why="", closed_why=""
    )
    gone = {"posts": len(keys)}
    record("student_librarians.forget", None, school=school, by=None, at=now, **gone)
    return gone
