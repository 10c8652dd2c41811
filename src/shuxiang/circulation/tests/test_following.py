"""Due dates follow the calendar and the rotation: never on a closed day, never between two visits."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from shuxiang.circulation import actions
from shuxiang.circulation.models import DueChange, Loan
from shuxiang.circulation.tests.factories import NOW, TODAY
from shuxiang.platform.audit.models import Entry
from shuxiang.timetable.actions import (
    change_opening_hours,
    miss_visits,
    move_turn,
    set_day,
    unset_day,
)
from shuxiang.timetable.models import MissedVisit
from shuxiang.timetable.rules import Audience, For, Hours, TermDates
from shuxiang.timetable.tests.factories import a_slot, a_term, a_turn

DAY = timedelta(days=1)
LENT_FOR_TWO_WEEKS = date(2026, 12, 7)
"""A Monday."""
BEFORE = NOW - 14 * DAY


@pytest.fixture
def school(library):
    return library.school


def close(school, on, until=None, now=NOW):
    set_day(school=school, on=on, until=until, by=None, now=now)
    return follow(school, now)


def reopen(school, on, until=None, now=NOW):
    unset_day(school=school, on=on, until=until, by=None, now=now)
    return follow(school, now)


def follow(school, now=NOW):
    return actions.follow_calendar(school=school, by=None, now=now)


def due_days():
    return list(Loan.objects.order_by("pk").values_list("due_on", flat=True))


def to_next_visit(school):
    row = {"category": "pupil", "max_loans": 4, "loan_days": 14, "until_next_visit": True}
    actions.change_terms(school=school, row=row, by=None, now=NOW)


@pytest.fixture
def turn(library):
    """The class comes on Tuesdays, and what it borrows is due then."""
    turn = a_turn(
        a_term(library.school), a_slot(library.school, weekday=1), library.school_class, now=BEFORE
    )
    to_next_visit(library.school)
    return turn


def test_r25_a_day_that_is_closed_afterwards_leaves_nothing_due_on_it(library, school):
    library.lend(copy=0)
    other = library.lend(copy=1, now=NOW + DAY)
    assert close(school, LENT_FOR_TWO_WEEKS) == 1
    assert due_days() == [LENT_FOR_TWO_WEEKS + DAY, other.due_on]
    told = Entry.objects.get(verb="circulation.follow_calendar")
    assert told.details["loans"] == 1
    assert follow(school) == 0  # it has come to rest


def test_r25_a_day_that_is_opened_again_gives_back_the_day_that_was_said(library, school):
    library.lend(copy=0)
    close(school, LENT_FOR_TWO_WEEKS)
    close(school, LENT_FOR_TWO_WEEKS + DAY)
    assert due_days() == [LENT_FOR_TWO_WEEKS + 2 * DAY]
    assert reopen(school, LENT_FOR_TWO_WEEKS) == 1
    assert due_days() == [LENT_FOR_TWO_WEEKS]
    assert not DueChange.objects.standing().exists()


def test_r25_what_was_renewed_since_is_not_given_back(library, school):
    loan = library.lend(copy=0)
    close(school, LENT_FOR_TWO_WEEKS)
    later = NOW + 10 * DAY
    actions.renew(reader=library.pupils[0], loans=[loan], act=library.act(later))
    renewed = due_days()
    assert reopen(school, LENT_FOR_TWO_WEEKS, now=later) == 0
    assert due_days() == renewed
    assert close(school, renewed[0], now=later) == 1


def test_r25_a_snow_day_makes_nobody_late(library, school):
    """The school says on the day after that the library was closed."""
    library.lend(copy=0)
    late = library.lend_late(copy=1, days=3)
    tomorrow = NOW + 15 * DAY
    assert close(school, LENT_FOR_TWO_WEEKS, now=tomorrow) == 1
    assert due_days() == [LENT_FOR_TWO_WEEKS + DAY, late.due_on]
    assert follow(school, now=tomorrow + DAY) == 0  # a day later it is late
    assert reopen(school, LENT_FOR_TWO_WEEKS, now=tomorrow + DAY) == 1, "it was a mistake"
    assert due_days() == [LENT_FOR_TWO_WEEKS, late.due_on]


def test_r25_a_recall_day_that_is_closed_takes_nobody_s_time(library, school):
    recall_on = date(2026, 12, 4)
    a_term(
        school,
        TermDates(starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 11), recall_on=recall_on),
    )
    library.lend(copy=0)
    assert due_days() == [recall_on]
    close(school, recall_on)
    assert due_days() == [LENT_FOR_TWO_WEEKS]
    close(school, TODAY + DAY, date(2027, 2, 28))
    assert due_days() == [date(2027, 3, 1)]
    reopen(school, TODAY + DAY, date(2027, 2, 28))
    assert due_days() == [recall_on]


def test_r26_what_waits_for_a_visit_waits_no_longer_than_the_recall_day(library, school):
    recall_on = date(2026, 12, 4)
    dates = TermDates(starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18), recall_on=recall_on)
    a_turn(a_term(school, dates), a_slot(school, weekday=1), library.school_class, now=BEFORE)
    to_next_visit(school)
    library.lend(copy=0)
    close(school, date(2026, 11, 24))
    assert due_days() == [date(2026, 12, 1)]
    close(school, date(2026, 12, 1))
    assert due_days() == [recall_on]


def test_r25_what_is_lent_for_the_holidays_knows_no_recall_day(library, school):
    recall_on, ends_on = date(2026, 12, 4), date(2026, 12, 31)
    a_term(school, TermDates(starts_on=date(2026, 9, 1), ends_on=ends_on, recall_on=recall_on))
    on_the_day = NOW + 11 * DAY
    library.lend(copy=0, now=on_the_day)
    assert close(school, date(2026, 12, 18), now=on_the_day) == 1
    assert due_days() == [date(2026, 12, 21)]


def test_r25_hours_that_no_longer_are_for_pupils_move_what_pupils_owe(library, school):
    library.lend(copy=0)
    noon, one = time(12), time(13)
    everybody = Hours(weekday=3, opens_at=noon, closes_at=one)
    teachers = [
        Hours(weekday=day, opens_at=noon, closes_at=one, audience=Audience(kind=For.TEACHERS))
        for day in range(5)
    ]
    change_opening_hours(school=school, wanted=[*teachers, everybody], by=None, now=NOW)
    assert follow(school) == 1
    assert due_days() == [LENT_FOR_TWO_WEEKS + 3 * DAY]


def test_r08_what_was_shortened_is_given_back_though_its_day_was_closed(library, school):
    library.lend(copy=0)
    recall_on = date(2026, 12, 2)
    term = a_term(
        school,
        TermDates(starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 11), recall_on=recall_on),
    )
    actions.shorten_loans(term=term, by=library.librarian, now=NOW)
    close(school, recall_on)
    assert due_days() == [recall_on + DAY]
    assert actions.give_days_back(term=term, by=library.librarian, now=NOW) == 1
    assert due_days() == [LENT_FOR_TWO_WEEKS]


def test_r08_what_stays_out_over_the_holidays_waits_for_no_visit(library, school, turn):
    spring = a_term(
        school, TermDates(starts_on=date(2027, 3, 1), ends_on=date(2027, 7, 2)), number=2
    )
    a_turn(spring, turn.slot, library.school_class)
    loan = library.lend(copy=0)
    actions.let_stay(
        term=turn.term,
        loans=[loan.pk],
        until_on=date(2027, 3, 4),
        reason="竞赛",
        by=library.librarian,
        now=NOW,
    )
    assert follow(school) == 0
    close(school, date(2027, 3, 4))
    assert due_days() == [date(2027, 3, 5)]


def test_r26_a_class_that_is_given_another_day_brings_its_books_back_then(library, school, turn):
    library.lend(copy=0)
    assert due_days() == [date(2026, 11, 24)]
    thursday = a_slot(school, weekday=3)
    moved = move_turn(turn=turn, slot=thursday, weeks="every", by=None, now=NOW)
    assert follow(school) == 1
    assert due_days() == [date(2026, 11, 26)]
    assert library.lend(copy=1).due_on == date(2026, 11, 26)
    move_turn(turn=moved, slot=turn.slot, weeks="every", by=None, now=NOW)
    follow(school)
    assert due_days() == [date(2026, 11, 24), date(2026, 12, 1)]


def test_r03_a_rule_that_is_changed_holds_from_the_next_loan_or_renewal_on(library, school):
    a_turn(a_term(school), a_slot(school, weekday=1), library.school_class, now=BEFORE)
    loan = library.lend(copy=0)
    to_next_visit(school)
    assert follow(school) == 0
    assert due_days() == [LENT_FOR_TWO_WEEKS]
    later = NOW + 13 * DAY
    actions.renew(reader=library.pupils[0], loans=[loan], act=library.act(later))
    assert due_days() == [date(2026, 12, 8)]
    assert close(school, date(2026, 12, 8), now=later) == 1
    assert due_days() == [date(2026, 12, 15)]


def test_r26_who_is_late_already_is_not_given_time_by_another_day(library, school, turn):
    library.lend(copy=0)
    friday = library.lend_late(copy=2, pupil=2, days=3)
    assert follow(school) == 0
    wednesday, thursday = NOW + 2 * DAY, a_slot(school, weekday=3)
    move_turn(turn=turn, slot=thursday, weeks="every", by=None, now=wednesday)
    assert follow(school, now=wednesday) == 0
    assert due_days() == [date(2026, 11, 24), friday.due_on]


def test_r25_who_is_late_is_late_from_a_day_that_was_open(library, school):
    weekend = library.lend_late(copy=0, days=9)
    friday = library.lend_late(copy=1, pupil=1, days=10)
    assert (weekend.due_on.weekday(), friday.due_on.weekday()) == (5, 4)
    assert follow(school) == 1
    assert due_days() == [weekend.due_on + 2 * DAY, friday.due_on]
    assert close(school, friday.due_on) == 1
    assert due_days() == [weekend.due_on + 2 * DAY] * 2


def test_r27_a_visit_that_falls_out_takes_the_due_day_to_the_next(library, school, turn):
    library.lend(copy=0)
    on, day_after = date(2026, 11, 24), NOW + 2 * DAY
    miss_visits(
        school=school,
        on=on,
        reason=MissedVisit.Reason.EXAM,
        by=None,
        now=day_after,
    )
    assert follow(school, now=day_after) == 1
    assert due_days() == [date(2026, 12, 1)]


def test_r27_a_visit_that_fell_out_before_the_last_one_leaves_who_is_late_as_late(
    library, school, turn
):
    late = library.lend_late(copy=0, days=13)
    miss_visits(school=school, on=late.due_on, reason=MissedVisit.Reason.EXAM, by=None, now=NOW)
    assert follow(school) == 0


def test_r25_a_book_that_is_back_or_read_in_the_room_is_left_alone(library, school):
    library.lend(copy=0)
    library.take_back(copy=0)
    library.lend(copy=1, in_room=True)
    assert close(school, LENT_FOR_TWO_WEEKS) == 0
    assert close(school, TODAY) == 0


def test_r25_following_asks_the_same_for_one_book_and_for_many(
    library, school, django_assert_num_queries
):
    library.lend(copy=0)
    set_day(school=school, on=LENT_FOR_TWO_WEEKS, by=None, now=NOW)
    follow(school)
    for copy in (1, 2, 3):
        library.lend(copy=copy, pupil=copy % 3)
    set_day(school=school, on=LENT_FOR_TWO_WEEKS + DAY, by=None, now=NOW)
    with django_assert_num_queries(24):
        assert follow(school) == 4


def test_only_what_follows_the_calendar_has_no_term(library, school):
    loan = library.lend(copy=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        DueChange.objects.create(
            school=school,
            loan=loan,
            kind=DueChange.Kind.STAYS,
            was_due_on=TODAY,
            due_on=TODAY,
            on=TODAY,
        )
