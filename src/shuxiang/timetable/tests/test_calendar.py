"""The school's days: whatever the date, whatever the school has said."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shuxiang.timetable.rules import Calendar, DayKind, Hours, SaidDay, Span

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
SAID = st.builds(
    SaidDay, is_open=st.booleans(), follows=st.none() | st.integers(min_value=0, max_value=6)
)


@st.composite
def rows_of_hours(draw):
    from_on = draw(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    return Hours(
        weekday=draw(st.integers(0, 6)),
        opens_at=time(8),
        closes_at=time(17),
        from_on=from_on,
        until_on=from_on and from_on + timedelta(days=draw(st.integers(0, 400))),
    )


@st.composite
def calendars(draw):
    near = st.dates(date(2025, 1, 1), date(2029, 1, 1))
    firsts = draw(st.lists(near, max_size=4))
    return Calendar(
        said=draw(st.dictionaries(near, SAID, max_size=30)),
        hours=tuple(draw(st.lists(rows_of_hours(), max_size=6))),
        terms=tuple(Span(first=first, last=first + timedelta(days=120)) for first in firsts),
    )


@given(calendars(), DAYS)
def test_no_date_ever_raises_and_the_next_open_day_is_open(calendar, day):
    after, before = calendar.on_or_after(day), calendar.on_or_before(day)

    assert after >= day
    assert before <= day
    assert calendar.is_open(after) or after == day
    assert calendar.is_open(before) or before == day
    assert calendar.hours_on(day) == () or calendar.is_open(day)
    calendar.is_provisional(day)


@given(DAYS)
def test_a_school_that_has_said_nothing_always_has_an_open_day_within_two_weeks(day):
    after = Calendar().on_or_after(day)

    assert Calendar().is_open(after)
    assert (after - day).days < 14


@given(calendars(), DAYS, st.integers(0, 30))
def test_a_later_day_never_has_an_earlier_next_open_day(calendar, day, later):
    assert calendar.on_or_after(day) <= calendar.on_or_after(day + timedelta(days=later))
    assert calendar.on_or_before(day) <= calendar.on_or_before(day + timedelta(days=later))


@given(calendars(), DAYS, SAID)
def test_the_school_has_the_last_word(calendar, day, said):
    told = Calendar(said={**calendar.said, day: said}, hours=calendar.hours, terms=calendar.terms)

    assert told.is_open(day) is said.is_open


def test_the_first_and_the_last_day_there_is_do_no_harm():
    closed = Calendar(hours=(Hours(weekday=0, opens_at=time(8), closes_at=time(9)),))
    for calendar in (Calendar(), closed):
        for day in (date.min, date.max):
            assert calendar.on_or_after(day) >= day
            assert calendar.on_or_before(day) <= day


def test_a_library_without_any_open_day_gives_the_day_itself():
    day = date(2026, 11, 10)
    said = {day + timedelta(days=step): SaidDay(is_open=False) for step in range(-1000, 1000)}

    assert Calendar(said=said).on_or_after(day) == day


def test_opening_hours_decide_the_weekdays():
    monday_to_thursday = tuple(
        Hours(weekday=weekday, opens_at=time(12), closes_at=time(13)) for weekday in range(4)
    )
    calendar = Calendar(hours=monday_to_thursday)

    assert calendar.kind(date(2026, 11, 12)) is DayKind.SCHOOL_DAY
    assert calendar.kind(date(2026, 11, 13)) is DayKind.REST
    assert calendar.on_or_after(date(2026, 11, 13)) == date(2026, 11, 16)


def test_hours_of_other_dates_say_nothing():
    only_in_may = Hours(
        weekday=0,
        opens_at=time(12),
        closes_at=time(13),
        from_on=date(2026, 5, 1),
        until_on=date(2026, 5, 31),
    )
    calendar = Calendar(hours=(only_in_may,))

    assert not calendar.is_open(date(2026, 5, 12))
    assert calendar.is_open(date(2026, 11, 10))


def test_between_two_known_terms_the_library_is_closed_unless_the_school_says_otherwise():
    terms = (
        Span(first=date(2026, 9, 1), last=date(2027, 1, 22)),
        Span(first=date(2027, 2, 22), last=date(2027, 7, 9)),
    )
    open_day = {date(2027, 1, 28): SaidDay(is_open=True)}
    calendar = Calendar(terms=terms, said=open_day)

    assert calendar.kind(date(2027, 1, 27)) is DayKind.VACATION
    assert calendar.is_open(date(2027, 1, 28))
    assert calendar.on_or_after(date(2027, 1, 29)) == date(2027, 2, 22)
    assert calendar.is_open(date(2027, 7, 12)), "beyond the terms that are known nothing is guessed"


def test_a_make_up_day_is_open_with_no_timetable_until_the_school_says_whose():
    sunday = date(2026, 9, 20)
    told = Calendar(said={sunday: SaidDay(is_open=True, follows=4)})

    assert Calendar().is_open(sunday)
    assert Calendar().timetable_weekday(sunday) is None
    assert told.timetable_weekday(sunday) == 4


def test_a_make_up_day_keeps_the_hours_of_the_school_day_it_touches():
    rows = tuple(
        Hours(weekday=weekday, opens_at=time(8), closes_at=time(15 + weekday % 5))
        for weekday in range(5)
    )
    calendar = Calendar(hours=rows)

    assert [hours.closes_at.hour for hours in calendar.hours_on(date(2026, 9, 20))] == [15]
    assert [hours.closes_at.hour for hours in calendar.hours_on(date(2026, 10, 10))] == [19]
    assert calendar.hours_on(date(2026, 10, 11)) == ()
