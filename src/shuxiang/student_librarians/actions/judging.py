"""The end of a term: marks, and who is chosen for a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.student_librarians.actions.refused import refuse
from shuxiang.student_librarians.models import Post
from shuxiang.student_librarians.rules import Refusal
from shuxiang.timetable.models import Term

BEST_MARK = 100


@transaction.atomic
def judge_posts(
    *,
    term: Term,
    marks: Mapping[int, int | None],
    awards: Mapping[int, str],
    by: Account,
    now: datetime,
) -> int:
    """
    Keep the marks of a term's helpers by their posts' keys, and who gets which certificate.

    :raises HelperRefused: if a mark is none
    """
    changed = 0
    posts = Post.objects.select_for_update(of=("self",)).filter(
        term=term, appointed_on__isnull=False, pk__in={*marks, *awards}
    )
    for post in posts.order_by("pk"):
        mark, award = marks.get(post.pk, post.mark), awards.get(post.pk, post.award)
        if mark is not None and not 0 <= mark <= BEST_MARK:
            refuse(Refusal.MARK_OUT_OF_RANGE)
        if (mark, award) != (post.mark, post.award):
            post.mark, post.award = mark, Post.Award(award) if award else ""
            post.save(update_fields=["mark", "award"])
            changed += 1
    if changed:
        record(
            "student_librarians.judge_posts",
            term,
            school=term.school,
            by=by,
            at=now,
            posts=changed,
        )
    return changed
