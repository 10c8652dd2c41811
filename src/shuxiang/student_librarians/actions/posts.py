"""Propose a pupil, take them or not, appoint them, change what they serve, end it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.actions import (
    Issued,
    change_account,
    enter_account,
    give_post,
    take_post,
)
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.queries import school_year, setting
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import class_of, classes_of_teacher, reader_of
from shuxiang.student_librarians.actions.refused import refuse, refuse_if
from shuxiang.student_librarians.models import Duty, Post, PostShift, ServedClass, Shift
from shuxiang.student_librarians.queries.posts import APPLY, readiness
from shuxiang.student_librarians.rules import Refusal
from shuxiang.timetable.models import Term

LONGEST_WHY = 200


@transaction.atomic
def nominate(
    *, reader: Reader, term: Term, by: Account, now: datetime, why: str = "", work: str = "desk"
) -> Post:
    """
    Propose a pupil for a term; a class teacher proposes pupils of the own class alone.

    :raises HelperRefused: if it is no pupil at school, of another's class, or stands already
    """
    today = reader.school.day(now)
    way = Post.Way.LIBRARIAN
    if not by.has_perm("student_librarians.appoint"):
        way = Post.Way.TEACHER
        if class_of(reader, today) not in classes_of_teacher(by, today):
            refuse(Refusal.NOT_OWN_CLASS, name=reader.name)
    post = _propose(reader, term, way, work=work, why=why, by=by, now=now)
    record("student_librarians.nominate", post, school=post.school, by=by, at=now, reader=reader.pk)
    return post


@transaction.atomic
def apply(*, term: Term, by: Account, now: datetime, why: str = "", work: str = "desk") -> Post:
    """
    Propose oneself, where the school lets pupils apply.

    :raises HelperRefused: if it does not, or it is no pupil, or stands already, or says too much
    """
    reader = reader_of(by)
    if reader is None:
        refuse(Refusal.NOT_A_PUPIL, name=by.name)
    if not setting(term.school, APPLY):
        refuse(Refusal.APPLYING_IS_CLOSED)
    if len(why) > LONGEST_WHY:
        refuse(Refusal.WHY_TOO_LONG, most=LONGEST_WHY, length=len(why))
    post = _propose(reader, term, Post.Way.PUPIL, work=work, why=why, by=by, now=now)
    record("student_librarians.apply", post, school=post.school, by=by, at=now)
    return post


def _propose(
    reader: Reader, term: Term, way: str, *, work: str, why: str, by: Account, now: datetime
) -> Post:
    reader = (
        Reader.objects.select_for_update(of=("self",)).select_related("school").get(pk=reader.pk)
    )
    today = reader.school.day(now)
    if reader.category != Reader.Category.PUPIL:
        refuse(Refusal.NOT_A_PUPIL, name=reader.name)
    if reader.left_on:
        refuse(Refusal.HAS_LEFT, name=reader.name)
    if term.ends_on < today:
        refuse(Refusal.TERM_IS_OVER)
    if Post.objects.standing().filter(term=term, reader=reader).exists():
        refuse(Refusal.HAS_POST, name=reader.name)
    post: Post = Post.objects.create(
        school=reader.school,
        term=term,
        reader=reader,
        school_class=class_of(reader, today),
        work=Post.Work(work),
        way=way,
        why=why.strip(),
        proposed_by=by,
        proposed_at=now,
    )
    return post


@transaction.atomic
def decline(*, post: Post, by: Account, now: datetime, why: str = "") -> Post:
    """
    Say that somebody who was proposed is not taken.

    :raises HelperRefused: if it has been decided already
    """
    post = _locked(post)
    if post.state != Post.State.PROPOSED:
        refuse(Refusal.POST_IS_CLOSED)
    return _close(post, Post.State.DECLINED, "student_librarians.decline", by=by, now=now, why=why)


@transaction.atomic
def appoint(
    *,
    post: Post,
    by: Account,
    now: datetime,
    work: str = "",
    classes: Collection[SchoolClass] | None = None,
    shifts: Collection[Shift] | None = None,
) -> Post:
    """
    Appoint somebody who was trained and has passed the test, for some classes and hours.

    What is not said stays as the post has it.

    :raises HelperRefused: naming all that is missing, or if a class is not at school
    """
    post = _locked(post)
    if post.state != Post.State.PROPOSED or post.reader is None:
        refuse(Refusal.POST_IS_CLOSED)
    if post.reader and post.reader.left_on:
        refuse(Refusal.HAS_LEFT, name=post.reader.name)
    if post.term.ends_on < post.school.day(now):
        refuse(Refusal.TERM_IS_OVER)
    refuse_if(readiness(post).missing())
    serving = _serve(post, work, classes, shifts)
    post.state, post.appointed_on = Post.State.APPOINTED, post.school.day(now)
    post.save(update_fields=["state", "appointed_on"])
    record("student_librarians.appoint", post, school=post.school, by=by, at=now, **serving)
    return post


@transaction.atomic
def change_post(
    *,
    post: Post,
    work: str,
    classes: Collection[SchoolClass],
    shifts: Collection[Shift],
    by: Account,
    now: datetime,
) -> Post:
    """
    Say what somebody does, whom they serve and when; no classes or no hours: all of them.

    :raises HelperRefused: if it has ended, or a class is not at school
    """
    post = _locked(post)
    _check_standing(post)
    serving = _serve(post, work, classes, shifts)
    record("student_librarians.change_post", post, school=post.school, by=by, at=now, **serving)
    return post


@transaction.atomic
def end_post(*, post: Post, by: Account, now: datetime, why: str = "") -> Post:
    """
    End an appointment; the desk opens to this pupil no more.

    :raises HelperRefused: if there is none that stands
    """
    post = _locked(post)
    if post.state != Post.State.APPOINTED:
        refuse(Refusal.NOT_APPOINTED)
    ended = _close(post, Post.State.ENDED, "student_librarians.end_post", by=by, now=now, why=why)
    coming = Duty.objects.filter(post=post, on__gte=post.school.day(now)).select_related(
        "school", "shift"
    )
    Duty.objects.filter(pk__in=[one.pk for one in coming if not one.is_over(now)]).delete()
    others = Post.objects.appointed().filter(reader=post.reader_id, school=post.school)
    if post.reader and post.reader.account and not others.exists():
        take_post(post.reader.account, Role.HELPER)
    return ended


@transaction.atomic
def open_desk(
    *, post: Post, by: Account, now: datetime, username: str = "", new_password: bool = False
) -> Issued:
    """
    Let an appointed helper sign in: with a user name and a password that holds once.

    Who has an account keeps it and gets the role beside what it had; a PIN opens it no more.
    Who signs in with a password keeps that too, unless a new one is wanted: none is issued.

    :raises HelperRefused: before the appointment, and after its end
    :raises UsernameUnfit, UsernameTaken: if nobody can sign in with this name
    """
    post = _locked(post)
    if post.state != Post.State.APPOINTED or post.reader is None:
        refuse(Refusal.NOT_APPOINTED)
    reader, account = post.reader, post.reader.account
    if account and not account.signs_in_by_pin and not new_password:
        roles = account.roles | {Role.HELPER}
        kept = change_account(account=account, changes={}, roles=roles, by=by, now=now)
        issued = Issued(account=kept, password="")
    elif account:
        issued = give_post(account=account, role=Role.HELPER, username=username)
    else:
        issued = enter_account(
            school=post.school,
            username=username,
            name=reader.name,
            roles=[Role.PUPIL, Role.HELPER],
            now=now,
        )
        reader.account = issued.account
        reader.save(update_fields=["account"])
    record(
        "student_librarians.open_desk",
        post,
        school=post.school,
        by=by,
        at=now,
        account=issued.account.pk,
    )
    return issued


def _locked(post: Post) -> Post:
    rows = Post.objects.select_for_update(of=("self",)).select_related(
        "school", "term__year", "reader__account", "reader__school"
    )
    found: Post = rows.get(pk=post.pk)
    return found


def _serve(
    post: Post,
    work: str,
    classes: Collection[SchoolClass] | None,
    shifts: Collection[Shift] | None,
) -> dict[str, object]:
    """Write down what was said of work, classes and hours, and tell it for the audit."""
    said: dict[str, object] = {}
    if work:
        post.work = Post.Work(work)
        post.save(update_fields=["work"])
        said["work"] = post.work
    if classes is not None:
        year = school_year(post.school, post.term.starts_on)
        for school_class in classes:
            if school_class.grade(year) is None:
                refuse(Refusal.CLASS_NOT_AT_SCHOOL, name=str(school_class))
        ServedClass.objects.filter(post=post).delete()
        ServedClass.objects.bulk_create(
            ServedClass(school=post.school, post=post, school_class=each) for each in classes
        )
        said["classes"] = sorted(each.pk for each in classes)
    if shifts is not None:
        PostShift.objects.filter(post=post).delete()
        PostShift.objects.bulk_create(
            PostShift(school=post.school, post=post, shift=each) for each in shifts
        )
        said["shifts"] = sorted(each.pk for each in shifts)
    return said


def _check_standing(post: Post) -> None:
    if post.state not in (Post.State.PROPOSED, Post.State.APPOINTED):
        refuse(Refusal.POST_IS_CLOSED)


def _close(post: Post, state: str, verb: str, *, by: Account, now: datetime, why: str) -> Post:
    post.state, post.closed_on, post.closed_why = state, post.school.day(now), why.strip()
    post.save(update_fields=["state", "closed_on", "closed_why"])
    record(verb, post, school=post.school, by=by, at=now)
    return post
