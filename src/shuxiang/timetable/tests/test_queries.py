from datetime import UTC, date, datetime, time

import pytest
from django_scopes import scope

from shuxiang.readers.tests.factories import NOW, TODAY, a_class, a_school
from shuxiang.timetable import actions, queries
from shuxiang.timetable.models import Slot, Turn
from shuxiang.timetable.rules import Letter, TermDates
from shuxiang.timetable.tests.factories import (
    a_period,
    a_slot,
    a_term,
    a_turn,
    opening_hours,
)

TUESDAY = date(2026, 11, 24)  # in an A week


def test_the_term_of_a_day_and_the_letter_of_its_week(school):
    term = a_term(school)

    assert queries.term_on(school, TODAY) == term
    assert queries.term_on(school, date(2027, 1, 23)) is None
    assert queries.week_letter(term, TUESDAY) == Letter.A


def test_the_term_to_show_is_this_one_or_the_next_or_the_last(school):
    autumn = a_term(school)
    spring = a_term(school, TermDates(starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 9)), 2)

    assert queries.term_near(school, TODAY) == autumn
    assert queries.term_near(school, date(2027, 2, 1)) == spring
    assert queries.term_near(school, date(2027, 8, 1)) == spring


def test_the_classes_of_a_day_come_in_the_order_of_the_lessons(school):
    term = a_term(school)
    afternoon = a_slot(school, period=a_period(school, "第6节", time(14, 15)))
    morning = a_slot(school, period=a_period(school, "第2节", time(9, 15)))
    a_turn(term, afternoon, a_class(school, number=1))
    a_turn(term, morning, a_class(school, number=2), "a")
    a_turn(term, morning, a_class(school, number=3), "b")
    Turn.objects.update(from_on=None)

    a_week = queries.turns_on(school, TUESDAY)
    b_week = queries.turns_on(school, date(2026, 11, 17))
    assert [(due.period.name, due.school_class.number) for due in a_week] == [
        ("第2节", 2),
        ("第6节", 1),
    ]
    assert [due.school_class.number for due in b_week] == [3, 1]


def test_nobody_comes_on_a_closed_day(school, librarian):
    a_turn(a_term(school), a_slot(school), a_class(school))
    actions.set_day(school=school, on=TUESDAY, by=librarian, now=NOW)

    assert queries.turns_on(school, TUESDAY) == []


def test_the_classes_of_a_day_take_as_many_queries_whatever_their_number(
    school, django_assert_num_queries
):
    term = a_term(school)
    slot = a_slot(school, capacity=6)
    for number in range(1, 6):
        a_turn(term, slot, a_class(school, number=number))
    with django_assert_num_queries(6):
        due = queries.turns_on(school, TUESDAY)
        assert [one.school_class.grade(2026) for one in due] == [3] * 5


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (TODAY, date(2026, 11, 24)),
        (date(2026, 11, 24), date(2026, 12, 1)),
        (date(2027, 1, 19), None),
    ],
)
def test_the_next_visit_comes_after_the_day(school, after, expected):
    school_class = a_class(school)
    a_turn(a_term(school), a_slot(school), school_class)

    assert queries.next_turn_on(school, school_class, after) == expected


def test_a_reading_slot_is_no_day_to_bring_books_back(school):
    school_class = a_class(school)
    reading = a_slot(school, purpose=Slot.Purpose.READING)
    a_turn(a_term(school), reading, school_class)

    assert queries.next_turn_on(school, school_class, TODAY) is None


def test_the_lesson_of_a_moment_goes_by_the_schools_clock(school):
    period = a_period(school)

    assert queries.lesson_now(school, NOW) == period
    assert queries.lesson_now(school, datetime(2026, 11, 23, 10, 20, tzinfo=UTC)) is None


def test_open_now_goes_by_the_schools_clock(school):
    opening_hours(school, opens_at=time(8), closes_at=time(17))

    state = queries.open_state(school, NOW)
    assert (state.is_open, state.closes_at) == (True, time(17))
    assert queries.closing_time(school, TODAY, category="pupil", grade=3) == time(17)
    assert not queries.open_state(school, datetime(2026, 11, 23, 10, tzinfo=UTC)).is_open


def test_another_schools_word_does_not_hold_here(school):
    other = a_school("别处小学")
    with scope(school=other):
        actions.set_day(school=other, on=TODAY, by=None, now=NOW)

    assert queries.calendar(school, around=TODAY).is_open(TODAY)


def test_the_check_finds_slots_with_too_many_classes(school):
    term, slot = a_term(school), a_slot(school)
    a_turn(term, slot, a_class(school))
    assert queries.broken_invariants(school) == []

    Turn.objects.create(school=school, term=term, slot=slot, school_class=a_class(school, number=4))
    assert [broken.code for broken in queries.broken_invariants(school)] == [
        "timetable.slots_overfull"
    ]
