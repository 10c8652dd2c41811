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

    :raises HelperRefused: naming all whose mark is none
    """
    changed = 0
    posts = list(
        Post.objects.select_for_update(of=("self",))
        .filter(term=term, appointed_on__isnull=False, pk__in={*marks, *awards})
        .select_related("reader")
        .order_by("pk")
    )
    if strange := [post for post in posts if not _is_mark(marks.get(post.pk))]:
        names = "、".join(post.reader.name if post.reader else "—" for post in strange)
        keys = [post.pk for post in strange]
        refuse(Refusal.MARK_OUT_OF_RANGE, names=names, posts=keys)
    for post in posts:
        mark, award = marks.get(post.pk, post.mark), awards.get(post.pk, post.award)
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


def _is_mark(mark: int | None) -> bool:
    return mark is None or 0 <= mark <= BEST_MARK
