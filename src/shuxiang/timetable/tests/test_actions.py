from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from shuxiang.platform.audit.models import Entry
from shuxiang.readers.tests.factories import NOW, YEAR, a_class
from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import DayException, OpeningHours, Period, Slot, Term, Turn
from shuxiang.timetable.rules import Audience, For, Hours, Reason, TermDates
from shuxiang.timetable.tests.factories import (
    AUTUMN,
    a_period,
    a_slot,
    a_term,
    a_turn,
    opening_hours,
)

A_WEEK = timedelta(days=7)


def entries(verb):
    return Entry.objects.filter(verb=f"timetable.{verb}").count()


# Terms


def test_a_term_is_entered_and_changed_and_each_is_told(school, librarian):
    term = a_term(school)
    later = replace(AUTUMN, recall_on=date(2027, 1, 8))
    changed = actions.change_term(
        school=school, first_year=YEAR, number=1, dates=later, term=term, by=librarian, now=NOW
    )

    assert changed.pk == term.pk
    assert Term.objects.get().recall_on == date(2027, 1, 8)
    assert entries("change_term") == 2


SPRING = TermDates(starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 9))


@pytest.mark.parametrize(
    ("number", "dates", "reasons"),
    [
        (2, replace(SPRING, ends_on=date(2027, 2, 1)), [Reason.TERM_ENDS_BEFORE_IT_STARTS]),
        (2, replace(SPRING, recall_on=date(2027, 7, 10)), [Reason.RECALL_OUTSIDE_TERM]),
        (2, replace(SPRING, recall_on=date(2027, 2, 22)), [Reason.RECALL_OUTSIDE_TERM]),
        (2, replace(SPRING, last_lending_on=date(2027, 2, 21)), [Reason.LAST_LENDING_OUTSIDE_TERM]),
        (2, replace(SPRING, starts_on=date(2027, 1, 22)), [Reason.TERM_OVERLAPS]),
        (2, replace(SPRING, ends_on=date(2028, 7, 9)), [Reason.TERM_TOO_LONG]),
        (1, SPRING, [Reason.TERM_NUMBER_TAKEN]),
        (1, replace(AUTUMN), [Reason.TERM_NUMBER_TAKEN, Reason.TERM_OVERLAPS]),
    ],
)
def test_a_term_that_can_not_be_is_refused_and_nothing_is_written(school, number, dates, reasons):
    a_term(school)
    with pytest.raises(TimetableRefused) as refused:
        a_term(school, dates, number)

    assert refused.value.reasons == reasons
    assert Term.objects.count() == entries("change_term") == 1


def test_a_term_with_a_rotation_stays(school, librarian):
    term = a_term(school)
    a_turn(term, a_slot(school), a_class(school))
    with pytest.raises(TimetableRefused) as refused:
        actions.remove_term(term=term, by=librarian, now=NOW)

    assert refused.value.reasons == [Reason.TERM_HAS_TURNS]
    assert Term.objects.exists()


def test_a_term_entered_by_mistake_goes(school, librarian):
    actions.remove_term(term=a_term(school), by=librarian, now=NOW)

    assert not Term.objects.exists()
    assert entries("remove_term") == 1


# Days


def test_a_range_of_days_is_closed_and_taken_back_in_one_act_each(school, librarian):
    first = date(2026, 11, 26)
    actions.set_day(
        school=school, on=first, until=first + A_WEEK, why="运动会", by=librarian, now=NOW
    )
    assert DayException.objects.count() == 8
    assert not queries.calendar(school, around=first).is_open(first)

    actions.unset_day(school=school, on=first, until=first + A_WEEK, by=librarian, now=NOW)
    assert queries.calendar(school, around=first).is_open(first)
    assert (entries("set_day"), entries("unset_day")) == (1, 1)


def test_the_last_word_for_a_day_holds(school, librarian):
    day = date(2026, 10, 10)
    for follows in (3, 4):
        actions.set_day(school=school, on=day, is_open=True, follows=follows, by=librarian, now=NOW)

    assert queries.calendar(school, around=day).timetable_weekday(day) == 4


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (date(2026, 11, 25), Reason.DAYS_END_BEFORE_THEY_START),
        (date(2027, 11, 26), Reason.TOO_MANY_DAYS),
    ],
)
def test_days_turned_round_or_without_end_are_refused(school, librarian, until, reason):
    with pytest.raises(TimetableRefused) as refused:
        actions.set_day(school=school, on=date(2026, 11, 26), until=until, by=librarian, now=NOW)

    assert refused.value.reasons == [reason]
    assert not DayException.objects.exists()


# Periods and opening hours


def test_the_usual_day_is_entered_once(school, librarian):
    periods = actions.add_typical_periods(school=school, by=librarian, now=NOW)
    with pytest.raises(TimetableRefused):
        actions.add_typical_periods(school=school, by=librarian, now=NOW)

    assert [period.name for period in periods][:2] == ["第1节", "第2节"]
    assert Period.objects.count() == len(periods)


def test_a_period_with_a_slot_stays_but_may_be_renamed(school, librarian):
    period = a_period(school)
    a_slot(school, period=period)
    with pytest.raises(TimetableRefused) as refused:
        actions.remove_period(period=period, by=librarian, now=NOW)
    actions.change_period(
        school=school,
        name="阅读课",
        starts_at=time(10),
        ends_at=time(10, 40),
        period=period,
        by=librarian,
        now=NOW,
    )

    assert refused.value.reasons == [Reason.PERIOD_HAS_SLOTS]
    assert Period.objects.get().name == "阅读课"


def test_two_periods_do_not_share_a_name(school):
    a_period(school)
    with pytest.raises(TimetableRefused) as refused:
        a_period(school, starts_at=time(14))

    assert wording.refusal(refused.value.objections[0])
    assert Period.objects.count() == 1


def test_opening_hours_are_entered_for_the_week_and_changed_for_a_day(school, librarian):
    monday = opening_hours(school, opens_at=time(12), closes_at=time(13))[0]
    teachers = Hours(
        weekday=0,
        opens_at=time(8),
        closes_at=time(17),
        audience=Audience(kind=For.TEACHERS),
    )
    actions.change_opening_hours(
        school=school, wanted=[teachers], in_place_of=[monday], by=librarian, now=NOW
    )

    assert OpeningHours.objects.count() == 5
    assert OpeningHours.objects.get(weekday=0).audience == OpeningHours.Audience.TEACHERS


def test_hours_of_the_week_become_hours_of_two_days_in_one_act(school, librarian):
    week = opening_hours(school, opens_at=time(12), closes_at=time(13))
    longer = [Hours(weekday=day, opens_at=time(12), closes_at=time(14)) for day in (1, 3)]
    actions.change_opening_hours(
        school=school, wanted=longer, in_place_of=week, by=librarian, now=NOW
    )

    kept = OpeningHours.objects.values_list("weekday", "closes_at")
    assert list(kept) == [(1, time(14)), (3, time(14))]
    assert entries("change_opening_hours") == 2


def test_removed_hours_are_told_once(school, librarian):
    week = opening_hours(school, opens_at=time(12), closes_at=time(13))
    actions.remove_opening_hours(hours=week, by=librarian, now=NOW)

    assert not OpeningHours.objects.exists()
    assert entries("remove_opening_hours") == 1


@pytest.mark.parametrize(
    ("wanted", "reasons"),
    [
        ([], [Reason.HOURS_WITHOUT_WEEKDAY]),
        (
            [Hours(weekday=day, opens_at=time(13), closes_at=time(12)) for day in range(2)],
            [Reason.HOURS_END_BEFORE_THEY_START],
        ),
        (
            [
                Hours(
                    weekday=0,
                    opens_at=time(12),
                    closes_at=time(13),
                    audience=Audience(kind=For.GRADE),
                )
            ],
            [Reason.GRADE_MISSING],
        ),
    ],
)
def test_hours_that_can_not_be_are_refused(school, librarian, wanted, reasons):
    with pytest.raises(TimetableRefused) as refused:
        actions.change_opening_hours(school=school, wanted=wanted, by=librarian, now=NOW)

    assert refused.value.reasons == reasons
    assert not OpeningHours.objects.exists()


# Slots and turns


def test_a_slot_whose_class_still_comes_stays(school, librarian):
    slot = a_slot(school)
    a_turn(a_term(school), slot, a_class(school))
    with pytest.raises(TimetableRefused) as refused:
        actions.remove_slot(slot=slot, by=librarian, now=NOW)

    assert refused.value.reasons == [Reason.SLOT_HAS_TURNS]


def test_a_slot_on_which_past_turns_rest_is_given_no_more_and_can_come_back(school, librarian):
    slot = a_slot(school)
    turn = a_turn(a_term(school), slot, a_class(school))
    actions.take_turn_away(turn=turn, by=librarian, now=NOW)
    actions.remove_slot(slot=slot, by=librarian, now=NOW)
    assert Slot.objects.get().capacity == 0

    assert a_slot(school, capacity=2).pk == slot.pk
    assert Slot.objects.get().capacity == 2


def test_a_slot_is_not_made_smaller_than_what_it_holds(school, librarian):
    slot = a_slot(school, capacity=2)
    term = a_term(school)
    for number in (1, 2):
        a_turn(term, slot, a_class(school, number=number))
    with pytest.raises(TimetableRefused) as refused:
        actions.change_slot(slot=slot, purpose=slot.purpose, capacity=1, by=librarian, now=NOW)

    assert refused.value.reasons == [Reason.SLOT_TOO_SMALL]


@pytest.mark.parametrize(
    ("first", "second", "reasons"),
    [
        ("a", "b", []),
        ("every", "b", [Reason.SLOT_FULL]),
        ("a", "every", [Reason.SLOT_FULL]),
        ("a", "a", [Reason.SLOT_FULL]),
    ],
)
def test_r27_a_and_b_weeks_share_a_slot_that_holds_one_class(school, first, second, reasons):
    term, slot = a_term(school), a_slot(school)
    a_turn(term, slot, a_class(school, number=1), first)
    refused = []
    try:
        a_turn(term, slot, a_class(school, number=2), second)
    except TimetableRefused as refusal:
        refused = refusal.reasons

    assert refused == reasons
    assert Turn.objects.count() == (1 if reasons else 2)


def test_a_week_that_is_overfull_does_not_close_the_other(school):
    term, slot = a_term(school), a_slot(school)
    for number in (1, 2):
        Turn.objects.create(
            school=school,
            term=term,
            slot=slot,
            school_class=a_class(school, number=number),
            weeks="b",
        )
    a_turn(term, slot, a_class(school, number=3), "a")

    standing = queries.see_timetable(term)
    found = queries.conflicts(standing, [slot], frozenset(range(5)))
    assert sorted(conflict.turn.school_class.number for conflict in found) == [1, 2]


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [("every", "a", True), ("b", "every", True), ("a", "a", True), ("a", "b", False)],
)
def test_a_class_comes_once_a_day(school, first, second, is_refused):
    term, school_class = a_term(school), a_class(school)
    morning = a_period(school, "第2节", time(9, 15))
    a_turn(term, a_slot(school, period=morning), school_class, first)
    noon = a_slot(school, period=a_period(school, "午间", time(12, 10)))
    if not is_refused:
        a_turn(term, noon, school_class, second)
        return
    with pytest.raises(TimetableRefused) as refused:
        a_turn(term, noon, school_class, second)

    assert refused.value.reasons == [Reason.CLASS_COMES_THAT_DAY]
    assert "第2节" in wording.refusal(refused.value.objections[0])


def test_a_class_gets_the_same_slot_once(school):
    term, slot, school_class = a_term(school), a_slot(school), a_class(school)
    a_turn(term, slot, school_class, "a")
    with pytest.raises(TimetableRefused) as refused:
        a_turn(term, slot, school_class, "b")

    assert refused.value.reasons == [Reason.CLASS_HAS_SLOT]


def test_a_class_that_has_left_gets_no_slot(school):
    term, slot, gone = a_term(school), a_slot(school), a_class(school)
    gone.cohort = 2015
    gone.save()
    with pytest.raises(TimetableRefused) as refused:
        a_turn(term, slot, gone)

    assert refused.value.reasons == [Reason.CLASS_NOT_AT_SCHOOL]


def test_a_turn_taken_away_leaves_room_and_its_past(school, librarian):
    term, slot, school_class = a_term(school), a_slot(school), a_class(school)
    turn = a_turn(term, slot, school_class)
    Turn.objects.update(from_on=None)  # as if given before the term began
    turn.refresh_from_db()
    actions.take_turn_away(turn=turn, by=librarian, now=NOW)
    a_turn(term, slot, a_class(school, number=4))

    before = queries.turns_on(school, date(2026, 11, 17))
    after = queries.turns_on(school, date(2026, 11, 24))
    assert [due.school_class.number for due in before] == [2]
    assert [due.school_class.number for due in after] == [4]


def test_a_turn_of_a_term_to_come_is_simply_gone(school, librarian):
    term = a_term(school, SPRING, 2)
    turn = a_turn(term, a_slot(school), a_class(school))
    actions.take_turn_away(turn=turn, by=librarian, now=NOW)

    assert not Turn.objects.exists()


def test_a_class_moves_to_a_slot_of_the_same_day(school, librarian):
    term, school_class = a_term(school), a_class(school)
    turn = a_turn(term, a_slot(school), school_class)
    later = a_slot(school, period=a_period(school, "第5节", time(13, 15)))
    moved = actions.move_turn(turn=turn, slot=later, weeks="b", by=librarian, now=NOW)

    assert [one.pk for one in queries.see_timetable(term)] == [moved.pk]
    assert entries("move_turn") == 1


def test_what_another_office_has_taken_away_is_not_moved(school, librarian):
    term = a_term(school)
    turn = a_turn(term, a_slot(school), a_class(school))
    seen_before = Turn.objects.get(pk=turn.pk)
    actions.take_turn_away(turn=turn, by=librarian, now=NOW)
    with pytest.raises(TimetableRefused) as refused:
        actions.move_turn(
            turn=seen_before, slot=a_slot(school, weekday=2), weeks="a", by=librarian, now=NOW
        )

    assert refused.value.reasons == [Reason.TURN_GONE]
    assert queries.see_timetable(term) == []


def test_a_move_into_a_full_slot_changes_nothing(school, librarian):
    term = a_term(school)
    turn = a_turn(term, a_slot(school), a_class(school, number=1))
    full = a_slot(school, weekday=2)
    a_turn(term, full, a_class(school, number=2))
    with pytest.raises(TimetableRefused):
        actions.move_turn(turn=turn, slot=full, weeks="every", by=librarian, now=NOW)

    turn.refresh_from_db()
    assert turn.ended_on is None
    assert Turn.objects.count() == 2
