from datetime import UTC, datetime

import pytest
from django_scopes import scope

from shuxiang.circulation.actions.setting_up import (
    AlreadySetUp,
    FirstLibrarian,
    NewSchool,
    set_up_school,
)
from shuxiang.circulation.models import LendingTerms
from shuxiang.platform.accounts.actions import UsernameUnfit
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.actions import create_school
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import usual_terms
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import Period, Term
from shuxiang.timetable.rules import TermDates

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
FIRST, SECOND = (
    TermDates(starts_on=term.starts_on, ends_on=term.ends_on) for term in usual_terms(2026)
)
ZHOU = FirstLibrarian(name="周敏", username="zhoumin", password="kite-over-the-river")


def set_up(librarian=ZHOU, terms=(FIRST, SECOND)):
    new = NewSchool(name="青禾小学", kind="primary", primary_years=6, first_year=2026, terms=terms)
    return set_up_school(new=new, librarian=librarian, now=NOW)


def test_an_empty_home_becomes_a_library_that_can_lend():
    account = set_up()
    assert account.has_perm("circulation.lend")
    assert account.has_perm("accounts.add_account")
    with scope(school=account.school):
        assert [term.number for term in Term.objects.all()] == [1, 2]
        assert Period.objects.exists()
        pupil = LendingTerms.objects.get(category="pupil", grade=None, collection=None)
        assert (pupil.max_loans, pupil.loan_days, pupil.renewals) == (2, 14, 1)


def test_a_library_is_set_up_once():
    set_up()
    with pytest.raises(AlreadySetUp):
        set_up()
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"librarian": FirstLibrarian(name="周敏", username="z", password="-")}, UsernameUnfit),
        ({"terms": (FIRST, FIRST)}, TimetableRefused),
    ],
)
def test_a_refused_set_up_leaves_the_home_empty(wrong, refusal):
    with pytest.raises(refusal):
        set_up(**wrong)
    assert not School.objects.exists()
    assert not Account.objects.exists()


def test_a_school_that_came_in_by_an_import_is_taken_over():
    imported = create_school(name="本校", by=None, now=NOW)
    account = set_up()
    assert account.school == imported
    assert School.objects.get().name == "青禾小学"
