"""A helper who has gone the whole way, through the room's own actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import pytest

from shuxiang.circulation.tests.factories import NOW
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader
from shuxiang.student_librarians import actions
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Exam, Post, Shift, Training
from shuxiang.student_librarians.rules import Hours, Refusal, from_kept
from shuxiang.timetable.models import Term

MONDAY = 0


def all_right(exam: Exam) -> list[int]:
    return [from_kept(kept).right for kept in exam.questions]


def train(post: Post, *, by: Account, now: datetime) -> Training:
    """Train everybody who stands on the list of the term so far."""
    training = actions.plan_training(
        term=post.term, on=post.school.day(now), topic="借书还书", by=by, now=now
    )
    came = Post.objects.standing().filter(term=post.term)
    actions.take_attendance(training=training, came=came, by=by, now=now)
    return training


def an_appointed_helper(reader: Reader, term: Term, *, by: Account, now: datetime) -> Post:
    post = actions.nominate(reader=reader, term=term, by=by, now=now)
    train(post, by=by, now=now)
    exam = actions.sit_test(post=post, by=by, now=now)
    actions.hand_in(test=exam, answers=all_right(exam), by=by, now=now)
    return actions.appoint(post=post, by=by, now=now)


def a_shift(
    school: School,
    *,
    weekday: int = MONDAY,
    starts_at: time = time(10),
    ends_at: time = time(11),
    now: datetime,
    name: str = "大课间",
    places: int = 2,
) -> Shift:
    hours = Hours(weekday=weekday, starts_at=starts_at, ends_at=ends_at)
    return actions.change_shift(
        school=school, name=name, hours=hours, places=places, by=None, now=now
    )


def refused(call: Callable[..., object], **facts: Any) -> list[Refusal]:
    """Say why something could not be now."""
    with pytest.raises(HelperRefused) as raised:
        call(now=NOW, **facts)
    return raised.value.reasons
