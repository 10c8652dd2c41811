"""What a pupil does for oneself on the way to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shuxiang.platform.accounts.models import Account
from shuxiang.student_librarians.actions.refused import refuse
from shuxiang.student_librarians.actions.training import hand_in, sit_test
from shuxiang.student_librarians.models import Exam
from shuxiang.student_librarians.queries.own import own_post
from shuxiang.student_librarians.rules import Refusal


def sit_own_test(*, by: Account, now: datetime) -> Exam:
    """
    Write the test for whoever is signed in, or give the one that is not handed in yet.

    :raises HelperRefused: as `sit_test`, and if nobody has proposed this pupil
    """
    post = own_post(by, now)
    if post is None:
        refuse(Refusal.NOT_PROPOSED)
    return sit_test(post=post, by=by, now=now)


def hand_in_own_test(*, answers: Sequence[int | None], by: Account, now: datetime) -> Exam:
    """
    Grade the own test.

    :raises HelperRefused: as `hand_in`, and if no test waits
    """
    post = own_post(by, now)
    waiting = Exam.objects.filter(post=post, handed_in_at=None).first() if post else None
    if waiting is None:
        refuse(Refusal.TEST_HANDED_IN)
    return hand_in(test=waiting, answers=answers, by=by, now=now)
