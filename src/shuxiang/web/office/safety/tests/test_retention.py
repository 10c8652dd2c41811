from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from django_scopes import scope

from shuxiang.circulation.models import Loan
from shuxiang.circulation.tests.factories import a_library
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools.actions import change_settings
from shuxiang.platform.schools.models import SchoolYear
from shuxiang.platform.schools.queries import setting
from shuxiang.programmes import actions as programmes
from shuxiang.programmes.models import Pair
from shuxiang.readers.tests.factories import an_account
from shuxiang.student_librarians import actions as student_librarians
from shuxiang.student_librarians.models import Post
from shuxiang.timetable.models import Term

PAGE, CHANGE = reverse("circulation.to_forget"), reverse("schools.change_retention")
DAYS = "retention.days_after_term"


@pytest.fixture
def library(transactional_db):
    return a_library()


@pytest.fixture
def browser(library, client):
    account = an_account(library.school, Role.LIBRARIAN)
    client.force_login(account)
    return client


@pytest.fixture
def ended(library):
    """A term that ended 40 days ago, and a loan that came back in it."""
    today = library.school.day(now())
    with scope(school=library.school):
        Term.objects.create(
            school=library.school,
            year=SchoolYear.objects.get(),
            number=1,
            starts_on=today - timedelta(days=160),
            ends_on=today - timedelta(days=40),
        )
        Loan.objects.create(
            school=library.school,
            copy=library.copies[0],
            reader=library.pupils[0],
            reader_category="pupil",
            lent_at=now() - timedelta(days=60),
            lent_on=today - timedelta(days=60),
            due_on=today - timedelta(days=46),
            returned_at=now() - timedelta(days=50),
            returned_on=today - timedelta(days=50),
        )
    return today


@pytest.fixture
def paired_and_helping(library, ended):
    """Two pupils who were a pair in that term, and one who helped."""
    guide, reader = library.pupils[:2]
    with scope(school=library.school):
        term = Term.objects.get()
        began = ended - timedelta(days=100)
        Pair.objects.create(
            school=library.school,
            school_class=library.school_class,
            guide=guide,
            reader=reader,
            from_on=began,
            until_on=term.ends_on,
            confirmed_by=library.librarian,
        )
        Post.objects.create(
            school=library.school,
            term=term,
            reader=guide,
            way=Post.Way.PUPIL,
            proposed_at=now() - timedelta(days=100),
            state=Post.State.ENDED,
            appointed_on=began,
            closed_on=term.ends_on,
        )


def due(browser, days):
    """Read how many loans go under so many days: by now, and next."""
    answer = browser.get(PAGE, {"days": days})
    found = [answer.context["due_now"], answer.context["due_next"]]
    return [one and one.counts["loans"] for one in found]


def test_without_a_term_the_page_says_that_every_name_stays(browser):
    assert "还没有录入学期" in browser.get(PAGE).content.decode()


def test_the_preview_follows_the_days_that_are_tried_and_keeps_nothing(browser, library, ended):
    assert due(browser, 30) == [1, None]
    assert due(browser, 39) == [1, None]
    assert due(browser, 40) == [None, 1]
    with scope(school=library.school):
        assert setting(library.school, DAYS) == 30


def test_the_days_that_were_tried_hold_when_it_is_said(browser, library, ended):
    page = browser.get(PAGE, {"days": 60}).content.decode()
    assert "改为保留 60 天" in page
    said = browser.post(CHANGE, {"days": 60}, follow=True).content.decode()
    assert "姓名保留到学期结束后 60 天" in said
    with scope(school=library.school):
        assert setting(library.school, DAYS) == 60


@pytest.mark.parametrize("days", ["-1", "x", "9999", ""])
def test_nonsense_changes_nothing_and_is_said(browser, library, days):
    answer = browser.post(CHANGE, {"days": days})
    assert answer.status_code == 422
    assert "form-error" in answer.content.decode()
    with scope(school=library.school):
        assert setting(library.school, DAYS) == 30


def test_looking_changes_nothing(browser):
    assert browser.get(CHANGE).status_code == 405


def test_the_preview_counts_pairs_and_helpers_too(browser, library, paired_and_helping):
    kept_long = browser.get(PAGE, {"days": 30})
    assert kept_long.context["due_now"].counts["pairs"] == 1
    assert "阅读结对" in kept_long.content.decode()
    assert "保留 400 天；已到期：0 人" in kept_long.content.decode()
    with scope(school=library.school):
        days = {"retention.helper_days": 30}
        change_settings(school=library.school, changes=days, by=None, now=now())
    assert "保留 30 天；已到期：1 人" in browser.get(PAGE).content.decode()


def test_what_has_gone_is_told_for_pairs_and_helpers_too(browser, library, paired_and_helping):
    facts = {"school": library.school, "before": library.school.day(now()), "now": now()}
    with scope(school=library.school):
        programmes.forget(**facts)
        student_librarians.forget(**facts)
    page = browser.get(PAGE).content.decode()
    assert "阅读结对 1" in page
    assert "小馆员 1" in page
