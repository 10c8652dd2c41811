"""The end of term: lending ends, everything falls due, each class comes to zero."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from shuxiang.circulation import actions, queries
from shuxiang.circulation.models import DueChange, Loan, Notice
from shuxiang.circulation.rules import Channel, Reason, Whom
from shuxiang.circulation.tests.factories import NOW, TODAY, a_library
from shuxiang.platform.audit.models import Entry
from shuxiang.timetable.actions import TimetableRefused, change_term
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import a_term

ENDS = date(2026, 12, 11)
RECALL = date(2026, 12, 4)
AFTER = date(2027, 2, 24)


def dates(*, recall_on=RECALL, last_lending_on=None):
    return TermDates(
        starts_on=date(2026, 9, 1),
        ends_on=ENDS,
        recall_on=recall_on,
        last_lending_on=last_lending_on,
    )


@pytest.fixture
def library(db):
    made = a_library()
    with scope(school=made.school):
        yield made


@pytest.fixture
def term(library):
    """Two books are lent before anybody thinks of the recall day, one after."""
    term = a_term(library.school, dates(recall_on=None))
    library.lend(copy=0, pupil=0)
    library.lend(copy=1, pupil=1)
    set_days(library, term, recall_on=RECALL)
    library.lend(copy=2, pupil=1)
    return term


def set_days(library, term, **days):
    return change_term(
        school=library.school,
        first_year=2026,
        number=1,
        dates=dates(**days),
        term=term,
        by=library.librarian,
        now=NOW,
    )


def due_days():
    return list(Loan.objects.order_by("pk").values_list("due_on", flat=True))


def asked(library, term):
    return {"term": term, "by": library.librarian, "now": NOW}


LENT_FREELY = date(2026, 12, 7)


def test_r08_loans_of_before_are_shortened_in_one_act_and_given_back_in_another(library, term):
    assert due_days() == [LENT_FREELY, LENT_FREELY, RECALL]
    assert actions.shorten_loans(**asked(library, term)) == 2
    assert due_days() == [RECALL] * 3
    with pytest.raises(actions.NothingToMove):
        actions.shorten_loans(**asked(library, term))
    library.take_back(0)
    assert actions.give_days_back(**asked(library, term)) == 1
    assert due_days() == [RECALL, LENT_FREELY, RECALL], "what came back stays as it was"
    assert actions.give_days_back(**asked(library, term)) == 0
    assert actions.shorten_loans(**asked(library, term)) == 1
    verbs = ["circulation.shorten_loans", "circulation.give_days_back"]
    assert [Entry.objects.filter(verb=verb).count() for verb in verbs] == [2, 1]


@pytest.mark.parametrize("recall_on", [None, TODAY - timedelta(days=3)])
def test_without_a_recall_day_to_come_nothing_is_shortened(library, term, recall_on):
    set_days(library, term, recall_on=recall_on)
    term.refresh_from_db()
    with pytest.raises(actions.NoRecallDay):
        actions.shorten_loans(**asked(library, term))
    assert DueChange.objects.count() == 0


def test_r08_after_the_last_lending_day_a_librarian_may_pass_a_loan(library):
    a_term(library.school, dates(last_lending_on=TODAY - timedelta(days=1)))
    with pytest.raises(actions.LoanRefused) as refused:
        library.lend()
    assert [one.reason for one in refused.value.objections] == [Reason.LENDING_HAS_ENDED]
    with pytest.raises(actions.LoanRefused):
        library.lend(by=library.helper, confirmed={Reason.LENDING_HAS_ENDED})
    assert library.lend(in_room=True).kind == "in_room"
    assert library.lend(copy=1, confirmed={Reason.LENDING_HAS_ENDED}).due_on == RECALL


def test_r08_on_the_last_lending_day_itself_books_are_lent(library):
    a_term(library.school, dates(last_lending_on=TODAY))
    assert library.lend().due_on == RECALL


def test_lending_does_not_end_after_the_recall_day(library, term):
    with pytest.raises(TimetableRefused):
        set_days(library, term, last_lending_on=RECALL + timedelta(days=1))


def let_stay(library, term, loans, **facts):
    said: dict[str, Any] = {"until_on": AFTER, "reason": "假期阅读"} | facts
    return actions.let_stay(loans=loans, **said, **asked(library, term))


def test_r08_a_class_comes_to_zero_by_returns_and_by_what_stays_out_with_a_reason(library, term):
    def its():
        classes = queries.see_recall(library.school, term, TODAY).classes
        return next(one for one in classes if one.school_class)

    assert (its().out, its().left, its().is_clear) == (3, 3, False)
    library.take_back(0)
    library.take_back(1)
    last = Loan.objects.get(copy=library.copies[2])
    assert let_stay(library, term, [last.pk]) == 1
    assert (its().out, its().stays, its().is_clear) == (1, 1, True)
    last.refresh_from_db()
    assert last.due_on == AFTER
    actions.take_stay_back(change=DueChange.objects.get(), by=library.librarian, now=NOW)
    last.refresh_from_db()
    assert (last.due_on, its().is_clear) == (RECALL, False)


def test_what_stays_out_says_why_and_comes_back_after_the_term(library, term):
    (first, *_) = Loan.objects.order_by("pk").values_list("pk", flat=True)
    with pytest.raises(actions.ReasonMissing):
        let_stay(library, term, [first], reason=" ")
    with pytest.raises(actions.StayEndsTooSoon):
        let_stay(library, term, [first], until_on=ENDS)
    with pytest.raises(actions.StayEndsTooLate):
        let_stay(library, term, [first], until_on=ENDS + timedelta(days=121))
    let_stay(library, term, [first])
    with pytest.raises(actions.NothingToMove):
        let_stay(library, term, [first])
    assert actions.shorten_loans(**asked(library, term)) == 1, "it is not shortened"


def test_r08_a_loan_that_stays_out_keeps_its_day_when_the_shortening_is_taken_back(library, term):
    actions.shorten_loans(**asked(library, term))
    let_stay(library, term, [Loan.objects.earliest("pk").pk])
    assert actions.give_days_back(**asked(library, term)) == 1
    assert due_days() == [AFTER, LENT_FREELY, RECALL]


def test_r08_a_recall_is_told_also_of_books_that_are_not_late(library, term):
    (notice,) = actions.tell(
        school=library.school,
        loans=list(Loan.objects.values_list("pk", flat=True)),
        whom=Whom.CLASS_TEACHER,
        channel=Channel.CHAT,
        kind=Notice.Kind.RECALL,
        by=library.librarian,
        now=NOW,
    )
    assert (notice.books, notice.pupils) == (3, 2)
    told = queries.see_recall(library.school, term, TODAY).classes[0].told_on
    assert told == TODAY


def test_r08_what_came_back_since_the_last_lending_day_is_counted(library, term):
    set_days(library, term, recall_on=RECALL, last_lending_on=TODAY)
    term.refresh_from_db()
    later = NOW + timedelta(days=2)
    library.take_back(0, now=later)
    recall = queries.see_recall(library.school, term, TODAY + timedelta(days=2))
    assert (recall.back, recall.left, recall.days_left) == (1, 2, 9)


def test_r08_retention_forgets_why_a_book_stayed_out(library, term):
    loan = Loan.objects.get(copy=library.copies[0])
    let_stay(library, term, [loan.pk])
    library.take_back(0)
    actions.forget(school=library.school, before=TODAY, now=NOW)
    assert DueChange.objects.get().reason == ""


def test_r08_the_way_to_zero_costs_a_fixed_number_of_statements(library, term):
    counts = []
    for copy in (3, None):
        queries.see_recall(library.school, term, TODAY)
        with CaptureQueriesContext(connection) as seen:
            queries.see_recall(library.school, term, TODAY)
        counts.append(len(seen))
        if copy:
            library.lend(copy=copy, pupil=2)
    assert counts[0] == counts[1] <= 14
