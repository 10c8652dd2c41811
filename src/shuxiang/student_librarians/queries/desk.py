"""What a helper may do at the desk at a moment."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from shuxiang.circulation.queries.policy import policy_of
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting
from shuxiang.platform.schools.rules import local_moment
from shuxiang.student_librarians.models import Duty, Post, PostShift, ServedClass
from shuxiang.student_librarians.queries.posts import BY_ROLE
from shuxiang.student_librarians.rules import WHOLE, PostFacts, Rights, desk_rights


def is_by_appointment(school: School) -> bool:
    """Tell whether this school has ever appointed anybody."""
    return Post.objects.filter(school=school, appointed_on__isnull=False).exists()


def rights_at_desk(account: Account, now: datetime) -> Rights:
    """
    Tell what a helper may do at the desk now.

    Until a school makes its first appointment the role alone opens the desk; afterwards it does so
    only where the school says so, for who has no post at all.
    """
    school = account.school
    if school is None or not is_by_appointment(school):
        return WHOLE
    today = school.day(now)
    post = _post_of(account, school, now)
    if post is None and setting(school, BY_ROLE):
        return WHOLE
    weekday = policy_of(school, today).calendar.timetable_weekday(today)
    return desk_rights(
        _facts(post, today) if post else None,
        local_moment(school.zone, now),
        weekday=today.weekday() if weekday is None else weekday,
    )


def _post_of(account: Account, school: School, now: datetime) -> Post | None:
    """Find the post of whoever stands at the desk: of this term, or else one that says why not."""
    own = Post.objects.filter(Q(reader__left_on=None), school=school, reader__account=account)
    standing = own.standing().on(school.day(now)).order_by("state", "-id").first()
    return standing or own.exclude(state=Post.State.DECLINED).order_by("-id").first()


def _facts(post: Post, today: date) -> PostFacts:
    duties = Duty.objects.filter(post=post, on=today).select_related("shift")
    classes = ServedClass.objects.filter(post=post).values_list("school_class_id", flat=True)
    hours = PostShift.objects.filter(post=post).select_related("shift").order_by("shift")
    return PostFacts(
        is_appointed=post.state == Post.State.APPOINTED,
        classes=frozenset(classes),
        hours=tuple(row.shift.clock for row in hours),
        duties=tuple(duty.shift.clock for duty in duties.order_by("id")),
    )
