"""Training sessions, who came, and the test."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.student_librarians.actions.refused import refuse
from shuxiang.student_librarians.models import Attendance, Exam, Post, Training
from shuxiang.student_librarians.queries.questions import rules_in_force
from shuxiang.student_librarians.rules import Refusal, from_kept, right_answers, write_test
from shuxiang.timetable.models import Term

MOST_TESTS = 1_000
"""Of one pupil: every test of every pupil has other questions in another order."""


@transaction.atomic
def plan_training(
    *,
    term: Term,
    on: date,
    topic: str,
    by: Account,
    now: datetime,
    starts_at: time | None = None,
    place: str = "",
) -> Training:
    """
    Enter a session of training.

    :raises HelperRefused: if its day is not in the term
    """
    if not term.starts_on <= on <= term.ends_on:
        refuse(Refusal.SESSION_OUTSIDE_TERM)
    training: Training = Training.objects.create(
        school=term.school,
        term=term,
        on=on,
        starts_at=starts_at,
        topic=topic.strip(),
        place=place.strip(),
    )
    record(
        "student_librarians.plan_training",
        training,
        school=term.school,
        by=by,
        at=now,
        on=on.isoformat(),
    )
    return training


@transaction.atomic
def remove_training(*, training: Training, by: Account, now: datetime) -> None:
    """
    Remove a session that was entered by mistake.

    :raises HelperRefused: if somebody is down as having come
    """
    training = Training.objects.select_for_update(of=("self",)).get(pk=training.pk)
    if Attendance.objects.filter(training=training).exists():
        refuse(Refusal.SESSION_WAS_ATTENDED)
    record("student_librarians.remove_training", training, school=training.school, by=by, at=now)
    training.delete()


@transaction.atomic
def take_attendance(
    *, training: Training, came: Collection[Post], by: Account, now: datetime
) -> int:
    """
    Say who came to a session, in place of what was said before; tell how many.

    :raises HelperRefused: if it is still to come
    """
    training = (
        Training.objects.select_for_update(of=("self",))
        .select_related("school")
        .get(pk=training.pk)
    )
    if training.on > training.school.day(now):
        refuse(Refusal.SESSION_TO_COME)
    here = {post.pk: post for post in came if post.term_id == training.term_id}
    Attendance.objects.filter(training=training).exclude(post__in=here).delete()
    known = set(Attendance.objects.filter(training=training).values_list("post", flat=True))
    Attendance.objects.bulk_create(
        Attendance(school=training.school, training=training, post=post)
        for pk, post in here.items()
        if pk not in known
    )
    record(
        "student_librarians.take_attendance",
        training,
        school=training.school,
        by=by,
        at=now,
        posts=sorted(here),
    )
    return len(here)


@transaction.atomic
def sit_test(*, post: Post, by: Account, now: datetime) -> Exam:
    """
    Write a test from the rules in force, or give the one that is not handed in yet.

    :raises HelperRefused: if the post is closed, or there are no lending rules for pupils
    """
    post = _standing(post)
    if waiting := Exam.objects.filter(post=post, handed_in_at=None).first():
        return waiting
    seed = post.pk * MOST_TESTS + Exam.objects.filter(post=post).count()
    questions = write_test(rules_in_force(post, post.school.day(now)), seed=seed)
    if not questions:
        refuse(Refusal.NO_LENDING_RULES)
    test: Exam = Exam.objects.create(
        school=post.school,
        post=post,
        written_at=now,
        questions=[question.as_kept() for question in questions],
    )
    record("student_librarians.sit_test", test, school=post.school, by=by, at=now, post=post.pk)
    return test


@transaction.atomic
def hand_in(*, test: Exam, answers: Sequence[int | None], by: Account, now: datetime) -> Exam:
    """
    Grade a test and keep its answers.

    :raises HelperRefused: if an answer is missing, or it was handed in before
    """
    test = (
        Exam.objects.select_for_update(of=("self",))
        .select_related("school", "post")
        .get(pk=test.pk)
    )
    if test.handed_in_at:
        refuse(Refusal.TEST_HANDED_IN)
    questions = [from_kept(kept) for kept in test.questions]
    if len(answers) != len(questions) or None in answers:
        missing = [place for place, one in enumerate(answers, start=1) if one is None]
        refuse(Refusal.ANSWERS_MISSING, numbers="、".join(map(str, missing)))
    test.answers, test.handed_in_at = list(answers), now
    test.right = right_answers(questions, answers)
    test.save(update_fields=["answers", "handed_in_at", "right"])
    record(
        "student_librarians.hand_in",
        test,
        school=test.school,
        by=by,
        at=now,
        post=test.post_id,
        right=test.right,
    )
    return test


def _standing(post: Post) -> Post:
    """
    Lock a post that stands.

    :raises HelperRefused: if it does not
    """
    rows = Post.objects.select_for_update(of=("self",)).select_related("school", "term__year")
    found: Post = rows.get(pk=post.pk)
    if found.state not in (Post.State.PROPOSED, Post.State.APPOINTED):
        refuse(Refusal.POST_IS_CLOSED)
    return found
