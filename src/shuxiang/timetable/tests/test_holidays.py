"""Public days against the State Council's notices, entered by hand.

2026: 国务院办公厅关于2026年部分节假日安排的通知 (国办发明电〔2025〕7号).
"""

from datetime import date, timedelta

import pytest

from shuxiang.timetable.rules import Calendar, DayKind, Holiday, PublicDay, is_announced, public_day

NATIONAL_DAY_2026 = [
    (date(2026, 9, 19), DayKind.REST),
    (date(2026, 9, 20), DayKind.MAKE_UP),
    (date(2026, 9, 25), DayKind.HOLIDAY),
    (date(2026, 9, 28), DayKind.SCHOOL_DAY),
    (date(2026, 9, 30), DayKind.SCHOOL_DAY),
    *((date(2026, 10, day), DayKind.HOLIDAY) for day in range(1, 8)),
    (date(2026, 10, 8), DayKind.SCHOOL_DAY),
    (date(2026, 10, 10), DayKind.MAKE_UP),
    (date(2026, 10, 11), DayKind.REST),
]
SPRING_FESTIVAL_2026 = [
    (date(2026, 2, 14), DayKind.MAKE_UP),
    *((date(2026, 2, day), DayKind.HOLIDAY) for day in range(15, 24)),
    (date(2026, 2, 24), DayKind.SCHOOL_DAY),
    (date(2026, 2, 28), DayKind.MAKE_UP),
]


@pytest.mark.parametrize(("day", "kind"), NATIONAL_DAY_2026 + SPRING_FESTIVAL_2026)
def test_a_year_whose_notice_is_known_has_its_holidays_and_make_up_days(day, kind):
    assert Calendar().kind(day) is kind
    assert not Calendar().is_provisional(day)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2027, 1, 1), DayKind.HOLIDAY),
        (date(2027, 1, 2), DayKind.REST),
        (date(2027, 2, 8), DayKind.SCHOOL_DAY),
        (date(2027, 5, 1), DayKind.HOLIDAY),
        (date(2028, 5, 2), DayKind.HOLIDAY),
        (date(2028, 5, 3), DayKind.SCHOOL_DAY),
        (date(2029, 10, 1), DayKind.HOLIDAY),
        (date(2029, 10, 3), DayKind.HOLIDAY),
        (date(2029, 10, 4), DayKind.SCHOOL_DAY),
        (date(2027, 10, 9), DayKind.REST),
    ],
)
def test_beyond_the_known_notices_only_weekends_and_holidays_of_fixed_date_are_closed(day, kind):
    assert not is_announced(2027), "the package has learned 2027: move this table on"
    assert Calendar().kind(day) is kind
    assert Calendar().is_provisional(day)


def test_a_holiday_has_its_name():
    mid_autumn = PublicDay(holiday=Holiday.MID_AUTUMN, is_work=False)
    make_up = PublicDay(holiday=Holiday.NATIONAL_DAY, is_work=True)

    assert public_day(date(2026, 9, 26)) == mid_autumn
    assert public_day(date(2026, 10, 10)) == make_up
    assert public_day(date(2026, 11, 11)) is None


def test_every_holiday_that_the_package_knows_has_our_own_word():
    day = date(2004, 1, 1)
    found = set()
    while day.year < 2027:
        if public := public_day(day):
            found.add(public.holiday)
        day += timedelta(days=1)

    assert found == set(Holiday)
