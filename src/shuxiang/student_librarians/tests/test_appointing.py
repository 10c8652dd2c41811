"""Nobody stands at the desk who was not named, trained, tested and appointed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shuxiang.circulation.tests.factories import NOW, TODAY, an_account
from shuxiang.platform.accounts.actions import UsernameTaken
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers import actions as readers
from shuxiang.readers.queries import SIGN_IN
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Exam, Post
from shuxiang.student_librarians.rules import Refusal, Step
from shuxiang.student_librarians.tests.factories import all_right, an_appointed_helper, train
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import a_term


@pytest.fixture
def named(library):
    return actions.nominate(
        reader=library.pupils[0], term=library.term, by=library.librarian, now=NOW
    )


@pytest.fixture
def teacher(library):
    account = an_account(library.school, Role.CLASS_TEACHER)
    readers.name_class_teacher(
        school_class=library.school_class, account=account, on=TODAY, by=None, now=NOW
    )
    return account


def refused(call, **facts):
    entries, posts = Entry.objects.count(), Post.objects.count()
    with pytest.raises(HelperRefused) as raised:
        call(now=NOW, **facts)
    assert (Entry.objects.count(), Post.objects.count()) == (entries, posts), "nothing half-written"
    return raised.value.reasons


def test_r30_only_who_is_trained_and_tested_is_appointed(library, named):
    facts = {"post": named, "by": library.librarian}
    assert refused(actions.appoint, **facts) == [Refusal.NOT_TRAINED, Refusal.NOT_TESTED]
    train(named, by=library.librarian, now=NOW)
    exam = actions.sit_test(**facts, now=NOW)
    wrong = [(right + 1) % 2 for right in all_right(exam)]
    actions.hand_in(test=exam, answers=wrong, by=library.librarian, now=NOW)
    assert refused(actions.appoint, **facts) == [Refusal.TEST_FAILED]
    again = actions.sit_test(**facts, now=NOW)
    actions.hand_in(test=again, answers=all_right(again), by=library.librarian, now=NOW)
    appointed = actions.appoint(**facts, now=NOW)
    assert (appointed.state, appointed.appointed_on) == (Post.State.APPOINTED, TODAY)
    assert queries.line_of(appointed).steps == frozenset(Step)
    assert Entry.objects.latest("pk").verb == "student_librarians.appoint"
    assert refused(actions.appoint, **facts) == [Refusal.POST_IS_CLOSED]


def test_r30_a_class_teacher_names_pupils_of_the_own_class_alone(library, teacher):
    mine = actions.nominate(
        reader=library.pupils[0], term=library.term, by=teacher, now=NOW, why="认真"
    )
    assert mine.way == Post.Way.TEACHER
    other = a_reader(library.school, "别班", school_class=a_class(library.school, 5, 1))
    facts = {"term": library.term, "by": teacher}
    assert refused(actions.nominate, reader=other, **facts) == [Refusal.NOT_OWN_CLASS]


def test_r30_who_cannot_be_named_is_refused_with_a_reason(library, named):
    facts = {"term": library.term, "by": library.librarian}
    assert refused(actions.nominate, reader=library.pupils[0], **facts) == [Refusal.HAS_POST]
    teacher = a_reader(library.school, "王老师", category="teacher")
    assert refused(actions.nominate, reader=teacher, **facts) == [Refusal.NOT_A_PUPIL]
    readers.leave(reader=library.pupils[1], on=TODAY, by=None, now=NOW)
    assert refused(actions.nominate, reader=library.pupils[1], **facts) == [Refusal.HAS_LEFT]
    past = TermDates(starts_on=date(2026, 2, 23), ends_on=date(2026, 7, 3))
    over = a_term(library.school, past, 2)
    facts["term"] = over
    assert refused(actions.nominate, reader=library.pupils[2], **facts) == [Refusal.TERM_IS_OVER]
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=named.pk).update(state="appointed")


def test_r30_a_pupil_applies_where_the_school_lets_them(library):
    account = an_account(library.school, Role.PUPIL)
    readers.link_account(account=account, reader=library.pupils[0], by=library.librarian, now=NOW)
    facts = {"term": library.term, "by": account}
    assert refused(actions.apply, **facts) == [Refusal.APPLYING_IS_CLOSED]
    change_settings(school=library.school, changes={queries.APPLY: True}, by=None, now=NOW)
    assert actions.apply(**facts, now=NOW).way == Post.Way.PUPIL


def test_r30_a_test_is_handed_in_once_and_whole(library, named):
    exam = actions.sit_test(post=named, by=library.librarian, now=NOW)
    assert actions.sit_test(post=named, by=library.librarian, now=NOW) == exam
    holes = [*all_right(exam)[:8], None, None]
    facts = {"test": exam, "by": library.librarian}
    with pytest.raises(HelperRefused) as missing:
        actions.hand_in(**facts, answers=holes, now=NOW)
    assert missing.value.objections[0].details == {"numbers": "9、10"}
    actions.hand_in(**facts, answers=all_right(exam), now=NOW)
    kept = Exam.objects.get()
    assert (kept.right, kept.answers) == (10, all_right(exam))
    assert refused(actions.hand_in, **facts, answers=all_right(exam)) == [Refusal.TEST_HANDED_IN]


def test_r30_training_is_marked_on_the_day_and_in_the_term(library, named):
    facts = {"term": library.term, "topic": "排架", "by": library.librarian}
    outside = refused(actions.plan_training, on=date(2027, 3, 1), **facts)
    assert outside == [Refusal.SESSION_OUTSIDE_TERM]
    later = actions.plan_training(on=TODAY + timedelta(days=1), now=NOW, **facts)
    marks = {"training": later, "came": [named], "by": library.librarian}
    assert refused(actions.take_attendance, **marks) == [Refusal.SESSION_TO_COME]
    tomorrow = NOW + timedelta(days=1)
    assert actions.take_attendance(**marks, now=tomorrow) == 1
    marks["came"] = []
    assert actions.take_attendance(**marks, now=tomorrow) == 0, "said anew, not added"


def test_r30_the_account_follows_the_appointment(library):
    change_settings(school=library.school, changes={SIGN_IN: True}, by=None, now=NOW)
    readers.give_pins(
        school=library.school, readers=library.pupils[:1], act=Act(by=library.librarian, now=NOW)
    )
    reader = library.pupils[0]
    post = actions.nominate(reader=reader, term=library.term, by=library.librarian, now=NOW)
    facts = {"post": post, "username": "anruoxi", "by": library.librarian}
    assert refused(actions.open_desk, **facts) == [Refusal.NOT_APPOINTED]
    actions.decline(post=post, by=library.librarian, now=NOW)
    facts["post"] = an_appointed_helper(reader, library.term, by=library.librarian, now=NOW)
    issued = actions.open_desk(**facts, now=NOW)
    account = Account.objects.get(pk=issued.account.pk)
    assert (account.username, account.pin, account.must_change_password) == ("anruoxi", "", True)
    assert account.roles == {Role.PUPIL, Role.HELPER}
    actions.end_post(post=facts["post"], by=library.librarian, now=NOW)
    assert Account.objects.get(pk=account.pk).roles == {Role.PUPIL}


def test_who_has_an_account_keeps_name_and_password_unless_a_new_one_is_wanted(library):
    account = an_account(library.school, Role.PUPIL)
    readers.link_account(account=account, reader=library.pupils[0], by=library.librarian, now=NOW)
    kept = Account.objects.get(pk=account.pk)
    post = an_appointed_helper(library.pupils[0], library.term, by=library.librarian, now=NOW)
    facts = {"post": post, "username": "other", "by": library.librarian, "now": NOW}
    assert actions.open_desk(**facts).password == ""
    opened = Account.objects.get(pk=account.pk)
    assert (opened.username, opened.password) == (kept.username, kept.password)
    assert opened.roles == {Role.PUPIL, Role.HELPER}
    issued = actions.open_desk(**facts, new_password=True)
    assert issued.account.username == kept.username
    assert Account.objects.get(pk=account.pk).password != kept.password


def test_r30_a_taken_user_name_opens_no_desk(library):
    post = an_appointed_helper(library.pupils[0], library.term, by=library.librarian, now=NOW)
    taken = library.librarian.username
    with pytest.raises(UsernameTaken):
        actions.open_desk(post=post, username=taken, by=library.librarian, now=NOW)
    library.pupils[0].refresh_from_db()
    assert library.pupils[0].account is None


def test_the_list_costs_a_fixed_number_of_statements(library):
    counts = []
    for reader in library.pupils[:3]:
        an_appointed_helper(reader, library.term, by=library.librarian, now=NOW)
        with CaptureQueriesContext(connection) as seen:
            queries.see_posts(library.term)
        counts.append(len(seen))
    assert counts == [8, 8, 8]


def test_names_go_when_the_school_has_kept_them_long_enough(library, named):
    an_appointed_helper(library.pupils[1], library.term, by=library.librarian, now=NOW)
    end = library.term.ends_on
    assert queries.forget_before(library.school, end + timedelta(days=400), days=400) is None
    before = queries.forget_before(library.school, end + timedelta(days=401), days=400)
    assert before is not None
    assert queries.to_forget(library.school, before) == {"posts": 2}
    actions.forget(school=library.school, before=before, now=NOW)
    assert not Post.objects.exclude(reader=None).exists()
    assert Post.objects.filter(appointed_on__isnull=False).count() == 1, "the count stays"
    assert not Exam.objects.exclude(answers=[]).exists()
    assert queries.broken_invariants(library.school) == []


def test_what_must_never_be_is_found(library, named):
    Post.objects.filter(pk=named.pk).update(state="appointed", appointed_on=TODAY)
    (broken,) = queries.broken_invariants(library.school)
    assert broken.code == "student_librarians.appointed_untested"
