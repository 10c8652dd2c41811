"""What a pupil sees of the own way to the desk."""

from __future__ import annotations

from datetime import datetime

from shuxiang.platform.accounts.models import Account
from shuxiang.student_librarians.models import Post


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
