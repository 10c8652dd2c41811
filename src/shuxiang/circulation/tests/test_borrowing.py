"""Who borrows and who does not, beside earlier terms and other ways of lending."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from shuxiang.circulation import actions, queries
from shuxiang.circulation.models import FirstLoan, Loan, Notice, TermWeek
from shuxiang.circulation.rules import Mode, Stay, borrowing, weeks_of
from shuxiang.circulation.tests.factories import NOW, TODAY, a_library, a_pupil
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import AUTUMN, a_term

MONDAY = date(2026, 8, 31)
SPRING = TermDates(starts_on=date(2026, 3, 2), ends_on=date(2026, 7, 3))
AFTER_SPRING = date(2026, 8, 31)


def test_r10_the_share_the_newcomers_and_the_keenest_tenth_are_counted():
    pupils = range(1, 21)
    loans = {1: 6, 2: 3, 3: 1, 99: 50}
    seen = borrowing(12, pupils=pupils, loans=loans, known={1})
    assert (seen.pupils, seen.borrowers, seen.newcomers, seen.loans) == (20, 3, 2, 10)
    assert (seen.share, seen.concentration, seen.mean) == (0.15, 0.9, 0.5)


def test_r10_a_class_without_pupils_or_loans_has_no_shares():
    nobody = borrowing(1, pupils=[], loans={}, known=set())
    assert (nobody.share, nobody.concentration, nobody.mean) == (None, None, None)


def test_r10_weeks_add_up_and_who_has_left_is_counted_no_more():
    stays = [
        Stay(reader=1, from_on=MONDAY, until_on=None),
        Stay(reader=2, from_on=MONDAY, until_on=MONDAY + timedelta(days=8)),
    ]
    lent = [(1, MONDAY + timedelta(days=9)), (2, MONDAY), (2, MONDAY)]
    weeks = list(weeks_of(MONDAY, MONDAY + timedelta(days=13), stays=stays, lent=lent, known=set()))
    assert [(one.week, one.pupils, one.borrowers, one.loans) for one in weeks] == [
        (1, 2, 1, 2),
        (2, 1, 1, 1),
    ]


@pytest.fixture
def library(db):
    """Three pupils this autumn; in spring the first borrowed twice, the second once."""
    made = a_library()
    with scope(school=made.school):
        a_term(made.school, SPRING, number=2)
        a_term(made.school, AUTUMN)
        for copy, pupil, day in ((0, 0, 3), (1, 0, 40), (2, 1, 40)):
            in_spring(made, copy, pupil, SPRING.starts_on + timedelta(days=day))
        yield made


def in_spring(library, copy, pupil, lent_on):
    loan = library.lend(copy, pupil)
    back_on = lent_on + timedelta(days=5)
    library.take_back(copy)
    Loan.objects.filter(pk=loan.pk).update(
        lent_on=lent_on,
        lent_at=NOW - (TODAY - lent_on),
        returned_on=back_on,
        returned_at=NOW - (TODAY - back_on),
    )


def seen(library):
    found = queries.see_borrowing(library.school, TODAY)
    assert found
    return found


def test_r10_who_has_not_borrowed_this_term_stands_by_class(library):
    library.lend(copy=0, pupil=1)
    library.lend(copy=1, pupil=2)
    now, (its,) = seen(library).now, seen(library).classes
    assert [pupil.name for pupil in its.none_yet] == ["学生1"]
    assert (now.pupils, now.borrowers, now.newcomers) == (3, 2, 1), "学生2 borrowed in spring"


def test_r10_reading_in_the_room_and_what_was_undone_is_no_loan(library):
    library.lend(copy=0, pupil=1, in_room=True)
    entry = actions.lend(copy=library.copies[1], reader=library.pupils[2], act=library.act())
    library.undo(entry)
    assert seen(library).now.borrowers == 0


def test_r10_the_same_week_of_the_term_before_stands_beside_it(library):
    (before,) = seen(library).before
    assert before.figures
    assert (before.figures.week, before.figures.borrowers, before.figures.loans) == (13, 2, 3)


def test_r10_the_figures_outlive_the_names(library):
    library.lend(copy=0, pupil=0)
    before = seen(library)
    actions.forget(school=library.school, before=AFTER_SPRING, now=NOW)
    assert Loan.objects.filter(lent_on__lt=AFTER_SPRING, reader__isnull=False).count() == 0
    after = seen(library)
    assert after.before == before.before
    assert (after.now, after.now.newcomers) == (before.now, 0)
    assert {one.reader.name for one in FirstLoan.objects.all()} == {"学生1", "学生2"}
    weeks = TermWeek.objects.count()
    actions.forget(school=library.school, before=AFTER_SPRING, now=NOW)
    assert TermWeek.objects.count() == weeks > 0


def test_r10_a_term_that_lost_its_names_uncounted_shows_no_figure(library):
    Loan.objects.filter(lent_on__lt=AFTER_SPRING).update(reader=None)
    assert [one.figures for one in seen(library).before] == [None]
    actions.forget(school=library.school, before=AFTER_SPRING, now=NOW)
    assert TermWeek.objects.count() == 0


def test_r10_before_and_after_a_change_of_mode_are_as_many_open_days(library):
    change_on = TODAY - timedelta(days=3)
    actions.set_mode(
        school=library.school, mode=Mode.OPEN, from_on=change_on, by=library.librarian, now=NOW
    )
    assert seen(library).changes == (), "nobody has borrowed on either side"
    library.lend(copy=0, pupil=0)
    library.lend(copy=1, pupil=1)
    earlier = library.lend(copy=2, pupil=2)
    Loan.objects.filter(pk=earlier.pk).update(lent_on=change_on - timedelta(days=1))
    (change,) = seen(library).changes
    assert change.days == 2, "Friday and today: the weekend is closed"
    assert (change.before.borrowers, change.after.borrowers) == (1, 2)
    assert change.after.pupils == 3


def test_r10_one_act_gives_the_class_teacher_the_list_once_a_day(library):
    library.lend(copy=0, pupil=1)
    facts = {"school_class": library.school_class, "by": library.librarian}
    notice = actions.tell_not_borrowed(**facts, now=NOW)
    assert (notice.kind, notice.pupils) == (Notice.Kind.NOT_BORROWED, 2)
    with pytest.raises(actions.NothingToTell):
        actions.tell_not_borrowed(**facts, now=NOW)
    assert seen(library).classes[0].told_on == TODAY
    actions.take_notice_back(notice=notice, by=library.librarian, now=NOW)
    assert seen(library).classes[0].told_on is None


def test_r10_the_page_costs_a_fixed_number_of_statements(library):
    counts = []
    for seat in (11, 12):
        library.lend(copy=seat - 11, pupil=seat - 11)
        seen(library)
        with CaptureQueriesContext(connection) as asked:
            seen(library)
        counts.append(len(asked))
        a_pupil(library.school, library.school_class, seat)
    assert counts[0] == counts[1] <= 20
