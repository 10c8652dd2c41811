"""The demo has something to show at any hour of any day."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shuxiang.demo.moment import lesson_around, terms_around
from shuxiang.demo.stage import ZONE

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def test_in_november_the_terms_are_the_usual_ones():
    before, now = terms_around(date(2026, 11, 23))
    assert (before.first_year, before.number, now.first_year, now.number) == (2025, 2, 2026, 1)
    assert now.dates.starts_on == date(2026, 9, 1)


@given(DAYS)
def test_any_day_lies_in_the_present_term_well_after_its_start_and_before_its_recall(today):
    before, now = terms_around(today)
    dates = now.dates
    assert dates.starts_on + timedelta(weeks=4) <= today
    assert dates.recall_on is not None
    assert today <= dates.recall_on - timedelta(weeks=2)
    assert before.dates.ends_on < dates.starts_on
    assert (before.first_year, before.number) < (now.first_year, now.number)


@given(DAYS, st.integers(0, 24 * 60 - 1))
def test_a_lesson_covers_any_minute_of_the_day(day, minute):
    moment = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZONE)
    starts, ends = lesson_around(moment)
    assert starts <= moment.time() <= ends
    assert starts < ends
