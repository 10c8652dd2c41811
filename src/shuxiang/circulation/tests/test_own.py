from datetime import date, timedelta

import pytest

from shuxiang.circulation import actions
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries import forget_before, see_own_loans
from shuxiang.circulation.rules import RenewalReason, forgotten_on
from shuxiang.circulation.tests.factories import NOW, TODAY
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.readers.actions import link_account
from shuxiang.readers.tests.factories import an_account
from shuxiang.timetable.models import Term
from shuxiang.timetable.tests.factories import BEFORE, a_slot, a_term, a_turn

LATER = NOW + timedelta(days=7)


@pytest.fixture
def lin(library):
    """The account of the first pupil."""
    account = an_account(library.school, Role.PUPIL)
    link_account(account=account, reader=library.pupils[0], by=library.librarian, now=NOW)
    return account


def renew(account, loans=None, *, now=LATER, nonce=""):
    return actions.renew_own(loans=loans, act=Act(by=account, now=now, nonce=nonce, content="x"))


def seen(library, *, pupil=0, on=TODAY):
    return see_own_loans(library.pupils[pupil], on)


def test_r05_a_reader_sees_what_is_out_when_it_is_due_and_what_was_read(library):
    library.lend(copy=0, pupil=0)
    library.lend(copy=1, pupil=0)
    library.take_back(copy=1)
    library.lend(copy=2, pupil=1)
    page = seen(library)
    assert [(loan.title, loan.days_left) for loan in page.loans] == [("书1", 14)]
    assert [loan.copy for group in page.remembered for loan in group.loans] == [library.copies[1]]
    assert (page.panel.out, page.panel.limit, page.read) == (1, 2, 1)


def test_r05_a_reader_renews_all_and_the_entry_says_who(library, lin):
    first, second = library.lend(copy=0), library.lend(copy=1)
    entry = renew(lin)
    assert entry.by == lin
    for loan in (first, second):
        loan.refresh_from_db()
        assert (loan.renewals, loan.due_on) == (1, date(2026, 12, 14))


@pytest.mark.parametrize(
    ("until_next_visit", "due"), [(False, date(2026, 12, 15)), (True, date(2026, 12, 7))]
)
def test_what_the_page_offers_is_what_renewing_does(library, lin, until_next_visit, due):
    monday, friday = a_slot(library.school, weekday=0), NOW + timedelta(days=4)
    a_turn(a_term(library.school), monday, library.school_class, now=BEFORE)
    row = {"category": "pupil", "until_next_visit": until_next_visit, "renewal_days": 18}
    actions.change_terms(school=library.school, row=row, by=None, now=NOW)
    library.lend(copy=0)
    (offered,) = seen(library, on=friday.date()).loans
    renew(lin, now=friday)
    assert Loan.objects.get(pk=offered.loan.pk).due_on == offered.new_due_on == due


def test_what_the_page_says_against_it_is_what_renewing_answers(library, lin):
    library.lend(copy=0)
    library.place_hold(copy=0, pupil=1)
    (offered,) = seen(library, on=LATER.date()).loans
    with pytest.raises(actions.RenewalRefused) as refused:
        renew(lin)
    assert refused.value.kept[0].reasons == offered.reasons == (RenewalReason.HELD_FOR_ANOTHER,)


def test_a_reader_renews_nobody_elses_book(library, lin):
    other = library.lend(copy=0, pupil=1)
    with pytest.raises(actions.NotYours):
        renew(lin, [other.pk])
    other.refresh_from_db()
    assert other.renewals == 0


def test_asked_twice_it_is_renewed_once(library, lin):
    loan = library.lend(copy=0)
    assert renew(lin, nonce="n") == renew(lin, nonce="n")
    loan.refresh_from_db()
    assert loan.renewals == 1


def test_a_reader_gives_up_the_own_place_in_the_queue_and_no_other(library, lin):
    library.lend(copy=0, pupil=2)
    theirs = library.place_hold(copy=0, pupil=1).subject
    mine = library.place_hold(copy=0, pupil=0).subject
    assert [line.ahead for line in seen(library).holds] == [1]
    actions.cancel_own_hold(hold=mine.pk, by=lin, now=NOW)
    with pytest.raises(actions.NotYours):
        actions.cancel_own_hold(hold=theirs.pk, by=lin, now=NOW)
    assert list(Hold.objects.open()) == [theirs]
    assert Entry.objects.get(verb="circulation.cancel_hold").by == lin
    with pytest.raises(actions.HoldClosed):
        actions.cancel_own_hold(hold=mine.pk, by=lin, now=NOW)


def test_an_account_that_is_no_reader_does_nothing(library):
    with pytest.raises(actions.NoReader):
        renew(library.librarian)
    with pytest.raises(actions.NoReader):
        actions.cancel_own_hold(hold=1, by=library.librarian, now=NOW)


@pytest.mark.parametrize(
    ("returned_on", "until"),
    [
        (date(2026, 7, 10), date(2026, 8, 10)),
        (date(2026, 7, 11), date(2027, 2, 22)),
        (date(2027, 1, 23), None),
    ],
)
def test_it_is_told_when_who_read_it_is_forgotten(returned_on, until):
    ends = [date(2026, 7, 10), date(2027, 1, 22)]
    assert forgotten_on(returned_on, ends, days=30) == until


def test_on_that_day_and_not_before_retention_forgets_it(library):
    term = a_term(library.school)
    library.lend(copy=0)
    library.take_back(copy=0)
    (group,) = seen(library).remembered
    assert Term.objects.get().ends_on == term.ends_on
    eve = group.until - timedelta(days=1)
    assert forget_before(library.school, eve, days=30) is None
    assert forget_before(library.school, group.until, days=30) == term.ends_on


def test_the_page_costs_a_fixed_number_of_statements(library, django_assert_max_num_queries):
    for copy in range(2):
        library.lend(copy=copy)
    library.lend(copy=2, pupil=1)
    library.lend(copy=3, pupil=1)
    for copy in (2, 3):
        library.place_hold(copy=copy, pupil=0)
    seen(library)
    with django_assert_max_num_queries(13):
        seen(library)
