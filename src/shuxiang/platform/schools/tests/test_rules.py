from datetime import date

import pytest

from shuxiang.platform.schools.rules import usual_terms, year_to_plan


@pytest.mark.parametrize("school_year", range(2024, 2034))
def test_the_usual_terms_begin_and_end_on_school_days_and_do_not_overlap(school_year):
    first, second = usual_terms(school_year)
    assert first.starts_on < first.ends_on < second.starts_on < second.ends_on
    assert (first.ends_on.weekday(), second.starts_on.weekday()) == (4, 0)
    assert second.ends_on <= date(school_year + 1, 7, 11)


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-11-23", 2026), ("2027-02-01", 2026), ("2027-06-30", 2026), ("2027-08-20", 2027)],
)
def test_in_the_summer_holidays_the_next_year_is_planned(day, year):
    assert year_to_plan(date.fromisoformat(day)) == year
