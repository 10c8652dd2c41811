"""Weeks, turns and opening hours, as plain values."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from shuxiang.timetable.rules import (
    Audience,
    Bells,
    Calendar,
    Comings,
    For,
    Hours,
    Letter,
    Pattern,
    SaidDay,
    Weeks,
    Who,
    closing_time,
    minutes_a_week,
    next_coming,
    open_state,
    typical_periods,
    week_letter,
    week_number,
)

TERM = date(2026, 9, 1)  # a Tuesday
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("day", "number", "letter"),
    [
        (date(2026, 8, 30), 0, Letter.B),
        (date(2026, 8, 31), 1, Letter.A),
        (date(2026, 9, 1), 1, Letter.A),
        (date(2026, 9, 6), 1, Letter.A),
        (date(2026, 9, 7), 2, Letter.B),
        (date(2026, 10, 5), 6, Letter.B),
        (date(2026, 11, 10), 11, Letter.A),
        (date(2027, 1, 22), 21, Letter.A),
    ],
)
def test_weeks_count_from_the_monday_of_the_first_week(day, number, letter):
    assert week_number(TERM, day) == number
    assert week_letter(TERM, day) is letter


def tuesdays(weeks=Weeks.EVERY, first=TERM, last=date(2027, 1, 22)):
    return Pattern(weekday=1, weeks=weeks, week_one=TERM, first=first, last=last)


@pytest.mark.parametrize(
    ("weeks", "after", "expected"),
    [
        (Weeks.EVERY, date(2026, 9, 1), date(2026, 9, 8)),
        (Weeks.EVERY, date(2026, 8, 1), date(2026, 9, 1)),
        (Weeks.A, date(2026, 9, 1), date(2026, 9, 15)),
        (Weeks.B, date(2026, 9, 1), date(2026, 9, 8)),
        (Weeks.EVERY, date(2026, 9, 29), date(2026, 10, 13)),
        (Weeks.B, date(2026, 9, 22), date(2026, 10, 20)),
        (Weeks.EVERY, date(2027, 1, 19), None),
    ],
)
def test_the_next_visit_skips_holidays_and_the_other_weeks(weeks, after, expected):
    assert next_coming(Comings(turns=(tuesdays(weeks),)), after, Calendar()) == expected


def test_a_make_up_day_that_keeps_tuesdays_lessons_brings_tuesdays_class():
    saturday = date(2026, 10, 10)
    calendar = Calendar(said={saturday: SaidDay(is_open=True, follows=1)})

    assert next_coming(Comings(turns=(tuesdays(),)), date(2026, 9, 29), calendar) == saturday


def test_a_turn_that_was_taken_away_brings_nobody():
    assert (
        next_coming(
            Comings(turns=(tuesdays(last=date(2026, 9, 30)),)), date(2026, 9, 29), Calendar()
        )
        is None
    )


NOON = [Hours(weekday=weekday, opens_at=time(12, 10), closes_at=time(13)) for weekday in range(4)]
TEACHERS = [
    Hours(
        weekday=weekday,
        opens_at=time(8),
        closes_at=time(17),
        audience=Audience(kind=For.TEACHERS),
    )
    for weekday in range(5)
]
GRADE_3 = Hours(
    weekday=0,
    opens_at=time(15, 30),
    closes_at=time(16, 10),
    audience=Audience(kind=For.GRADE, grade=3),
)
SCHOOL = Calendar(hours=(*NOON, *TEACHERS, GRADE_3))


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def test_at_noon_it_is_open_for_everyone_until_the_last_closing():
    state = open_state(SCHOOL, at(10, 12, 30))

    assert state.is_open
    assert state.audiences == (Audience(),)
    assert state.closes_at == time(17)


def test_each_is_told_until_when_it_is_open_for_them():
    everybody, teachers = Audience(), Audience(kind=For.TEACHERS)
    pupils = Audience(kind=For.PUPILS)
    noon = Hours(weekday=1, opens_at=time(12), closes_at=time(13))
    of_pupils = replace(noon, closes_at=time(12, 30), audience=pupils)
    school = Calendar(hours=(*TEACHERS, noon, of_pupils))
    assert [(c.at, c.audiences) for c in open_state(school, at(10, 12, 10)).closings] == [
        (time(17), (teachers,)),
        (time(13), (everybody,)),
    ]
    without = Calendar(hours=(*TEACHERS, of_pupils))
    assert [(c.at, c.audiences) for c in open_state(without, at(10, 12, 10)).closings] == [
        (time(17), (teachers,)),
        (time(12, 30), (pupils,)),
    ]


@pytest.mark.parametrize(
    ("category", "grade", "opens"),
    [
        ("pupil", 2, date(2026, 11, 16)),
        ("pupil", 3, date(2026, 11, 16)),
        ("teacher", None, date(2026, 11, 13)),
        ("class", 3, date(2026, 11, 16)),
    ],
)
def test_a_day_is_found_on_which_that_reader_may_come(category, grade, opens):
    who, friday = Who(category=category, grade=grade), date(2026, 11, 13)
    assert SCHOOL.on_or_after(friday) == friday
    assert SCHOOL.on_or_after(friday, who) == opens


def test_whom_no_hours_name_comes_when_it_is_open():
    friday = date(2026, 11, 13)
    assert Calendar(hours=tuple(TEACHERS)).on_or_after(friday, Who(category="pupil")) == friday


def test_in_the_morning_it_is_open_for_teachers_only():
    state = open_state(SCHOOL, at(10, 9))

    assert state.is_open
    assert state.audiences == (Audience(kind=For.TEACHERS),)


@pytest.mark.parametrize(
    ("moment", "opens_at"),
    [(at(9, 7), at(9, 8)), (at(9, 17), at(10, 8)), (at(13, 17), at(16, 8)), (at(14, 9), at(16, 8))],
)
def test_r25_when_closed_it_says_when_it_opens_next(moment, opens_at):
    state = open_state(SCHOOL, moment)

    assert not state.is_open
    assert state.next_opens_at == opens_at


def test_without_hours_an_open_day_is_open_and_says_that_no_hours_are_known():
    school_day, sunday = open_state(Calendar(), at(10, 9)), open_state(Calendar(), at(15, 9))

    assert (school_day.is_open, school_day.hours_known) == (True, False)
    assert (sunday.is_open, sunday.next_open_on) == (False, date(2026, 11, 16))


@pytest.mark.parametrize(
    ("category", "grade", "expected"),
    [
        ("pupil", 3, time(16, 10)),
        ("pupil", 4, time(13)),
        ("class", 4, time(13)),
        ("teacher", None, time(17)),
        ("staff", None, time(17)),
    ],
)
def test_r25_closing_time_is_the_readers_own(category, grade, expected):
    monday = date(2026, 11, 9)

    assert closing_time(SCHOOL, monday, category=category, grade=grade) == expected


def test_on_a_closed_day_nobody_has_a_closing_time():
    assert closing_time(SCHOOL, date(2026, 10, 1), category="teacher", grade=None) is None


@pytest.mark.parametrize("kind", ["primary", "junior", "senior", "secondary", "nine_year"])
def test_the_usual_day_has_no_period_within_another(kind):
    periods = typical_periods(kind)

    assert all(starts < ends for _, starts, ends in periods)
    assert all(ends <= periods[i + 1][1] for i, (_, _, ends) in enumerate(periods[:-1]))


def test_hours_that_overlap_are_counted_once():
    assert minutes_a_week([*NOON, *TEACHERS, GRADE_3], date(2026, 11, 10), Bells()) == 5 * 9 * 60
    assert minutes_a_week([*NOON, GRADE_3], date(2026, 11, 10), Bells()) == 4 * 50 + 40
