"""Day by day: what the rotation offers, what falls out and is caught up, in the hours of the season."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from shuxiang.readers.tests.factories import NOW, a_class
from shuxiang.timetable import actions, queries
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import MissedVisit
from shuxiang.timetable.rules import Reason, Span
from shuxiang.timetable.tests.factories import BEFORE, a_period, a_slot, a_term, a_turn

TUE = date(2026, 11, 24)  # a B week
NEXT_TUE = date(2026, 12, 1)
THU = date(2026, 11, 26)


@pytest.fixture
def term(school):
    return a_term(school)


@pytest.fixture
def turn(school, term):
    return a_turn(term, a_slot(school, weekday=1), a_class(school), now=BEFORE)


def offered(school, first, last):
    return [(visit.on, visit.takes_place) for visit in queries.visits_offered(school, first, last)]


def due(school, day):
    return [one.school_class for one in queries.turns_on(school, day)]


def refused(act, **asked):
    with pytest.raises(TimetableRefused) as refusal:
        act(**{"by": None, "now": NOW, **asked})
    return refusal.value.reasons


def miss(school, on=TUE, **more):
    return actions.miss_visits(school=school, on=on, reason="exam", by=None, now=NOW, **more)


def test_a_holiday_takes_the_visit_away_and_tells_so(school, turn):
    actions.set_day(school=school, on=TUE, why="运动会", by=None, now=NOW)

    assert offered(school, date(2026, 11, 23), NEXT_TUE) == [(TUE, False), (NEXT_TUE, True)]
    assert due(school, TUE) == []


def test_r26_an_exam_is_written_down_and_caught_up_in_a_free_slot(school, term, turn):
    thursday = a_slot(school, weekday=3)
    miss(school)
    assert due(school, TUE) == []
    places = queries.free_places(
        school, turn.school_class, purpose="lending", first=TUE, last=NEXT_TUE, now=NOW
    )
    assert places == [(THU, thursday)]
    actions.catch_up(turn=turn, missed_on=TUE, on=THU, slot=thursday, by=None, now=NOW)

    assert due(school, THU) == [turn.school_class]
    again = {"turn": turn, "missed_on": TUE, "on": THU, "slot": thursday}
    assert refused(actions.catch_up, **again) == [Reason.CAUGHT_UP_ALREADY]


def test_the_next_turn_is_the_one_that_takes_place(school, term, turn):
    monday, thursday = date(2026, 11, 23), a_slot(school, weekday=3)

    def comes_next():
        return queries.next_turn_on(school, turn.school_class, monday)

    assert comes_next() == TUE
    miss(school)
    assert comes_next() == NEXT_TUE
    actions.catch_up(turn=turn, missed_on=TUE, on=THU, slot=thursday, by=None, now=NOW)
    assert comes_next() == THU
    actions.set_day(school=school, on=THU, by=None, now=NOW)
    assert comes_next() == NEXT_TUE


def test_a_reading_lesson_that_is_caught_up_is_no_day_to_borrow(school, term, turn):
    reading = a_slot(school, weekday=2, purpose="reading")
    lesson = a_turn(term, reading, turn.school_class, now=BEFORE)
    another = a_slot(school, weekday=3, purpose="reading")
    wednesday = date(2026, 11, 25)
    actions.catch_up(turn=lesson, missed_on=wednesday, on=THU, slot=another, by=None, now=NOW)

    assert queries.next_turn_on(school, turn.school_class, TUE) == NEXT_TUE


def test_a_holiday_is_caught_up_without_being_written_down_first(school, term, turn):
    thursday = a_slot(school, weekday=3)
    actions.set_day(school=school, on=TUE, by=None, now=NOW)
    actions.catch_up(turn=turn, missed_on=TUE, on=THU, slot=thursday, by=None, now=NOW)

    assert MissedVisit.objects.get().reason == "holiday"


def test_a_full_slot_or_a_closed_day_catches_nobody_up_and_nothing_is_written(school, term, turn):
    thursday = a_slot(school, weekday=3)
    a_turn(term, thursday, a_class(school, number=4))
    for on in (THU, date(2026, 11, 28)):
        asked = {"turn": turn, "missed_on": TUE, "on": on, "slot": thursday}
        assert refused(actions.catch_up, **asked) == [Reason.PLACE_TAKEN]
    assert not MissedVisit.objects.exists()


def test_nobody_is_missed_who_was_not_due(school, term, turn):
    asked = {"school": school, "on": THU, "reason": "exam"}
    assert refused(actions.miss_visits, **asked) == [Reason.NOBODY_COMES_THAT_DAY]
    miss(school)
    assert refused(actions.miss_visits, **(asked | {"on": TUE})) == [Reason.NOBODY_COMES_THAT_DAY]


def test_what_was_missed_by_mistake_is_struck_out(school, librarian, turn):
    (missed,) = miss(school)
    actions.strike_missed(missed=missed, by=librarian, now=NOW)

    assert due(school, TUE) == [turn.school_class]


# Seasons


def at(hour, minute, day=TUE):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


WINTER = Span(first=date(2026, 11, 1), last=date(2027, 2, 28))


def shift(school, *periods, minutes=-20, dates=WINTER):
    return actions.shift_periods(
        school=school, periods=periods, minutes=minutes, dates=dates, by=None, now=NOW
    )


def test_r25_a_lesson_begins_earlier_in_winter_and_the_visit_with_it(school, turn):
    assert queries.lesson_now(school, at(10, 5)) is None
    shift(school, turn.slot.period)

    assert queries.lesson_now(school, at(10, 5)) == turn.slot.period
    (visit,) = queries.visits_offered(school, TUE, TUE)
    assert visit.hours == (time(9, 50), time(10, 30))
    (before,) = queries.visits_offered(school, date(2026, 10, 20), date(2026, 10, 20))
    assert before.hours == (time(10, 10), time(10, 50))


def test_seasons_do_not_overlap_nor_leave_the_day(school):
    period, late = a_period(school), a_period(school, "晚自习", time(23, 10))
    shift(school, period)

    assert refused(
        actions.shift_periods, school=school, periods=[period, late], minutes=60, dates=WINTER
    ) == [Reason.SEASON_LEAVES_THE_DAY, Reason.SEASON_OVERLAPS]


def test_a_place_that_is_over_is_not_given_to_catch_up(school, turn):
    monday = a_slot(school, weekday=0)
    miss(school)
    asked = {"turn": turn, "missed_on": TUE, "slot": monday}
    over = NOW.replace(hour=2, minute=50)  # 10:50 at the school, when the lesson ends
    assert refused(actions.catch_up, **asked, on=NOW.date(), now=over) == [Reason.PLACE_TAKEN]
    gone = {**asked, "on": date(2026, 11, 16)}
    assert refused(actions.catch_up, **gone) == [Reason.PLACE_TAKEN]
    running = over - timedelta(minutes=1)
    actions.catch_up(**asked, on=NOW.date(), by=None, now=running)


@pytest.mark.parametrize(("minutes", "days"), [(9, 0), (10, 1)])
def test_a_change_by_hand_leaves_what_has_begun_today(school, term, minutes, days):
    monday, tuesday = a_slot(school, weekday=0), a_slot(school, weekday=1)
    first, second = a_class(school, number=1), a_class(school, number=2)
    turn = a_turn(term, monday, first, now=BEFORE)
    at = NOW.replace(hour=2, minute=minutes)  # the lesson begins at 10:10
    moved = actions.move_turn(turn=turn, slot=tuesday, weeks="every", by=None, now=at)
    day = NOW.date() + timedelta(days=days)
    assert moved.from_on == day
    assert due(school, NOW.date()) == [first] * days
    after_it = a_turn(term, monday, second, now=at)
    assert (after_it.from_on, due(school, NOW.date())) == (day, [first] if days else [second])
    actions.take_turn_away(turn=after_it, by=None, now=at)
    actions.move_turn(turn=moved, slot=monday, weeks="every", by=None, now=at)
    assert due(school, NOW.date()) == [first]
    assert due(school, NOW.date() + timedelta(days=7)) == [first]
    other = a_turn(term, tuesday, second, now=BEFORE)
    actions.take_turn_away(turn=other, by=None, now=at)
    other.refresh_from_db()
    assert other.ended_on == NOW.date()


@pytest.mark.parametrize(("minutes", "days"), [(49, 0), (50, 1)])
def test_a_slot_that_is_over_today_is_given_from_tomorrow(school, term, minutes, days):
    at = NOW.replace(hour=2, minute=minutes)  # the lesson ends at 10:50
    given = a_turn(term, a_slot(school, weekday=0), a_class(school), now=at)
    assert given.from_on == NOW.date() + timedelta(days=days)


def test_a_class_that_comes_early_comes_for_its_own_lesson_in_the_season_s_hours(school, turn):
    shift(school, turn.slot.period)
    assert queries.turn_next(turn.school_class, at(8, 0)) == turn
    assert queries.turn_next(turn.school_class, at(10, 30)) is None
    period = queries.period_of(turn, TUE)
    assert (period.starts_at, period.ends_at) == (time(9, 50), time(10, 30))


def test_who_catches_up_comes_for_the_lesson_that_was_given_for_it(school, turn):
    late = a_slot(school, weekday=3, period=a_period(school, "第6节", time(14, 0)))
    miss(school)
    actions.catch_up(turn=turn, missed_on=TUE, on=THU, slot=late, by=None, now=NOW)
    assert queries.turn_next(turn.school_class, at(9, 0, THU)) == turn
    assert queries.period_of(turn, THU) == late.period
    assert queries.period_of(turn, NEXT_TUE) == turn.slot.period
