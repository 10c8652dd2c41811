"""The rotation as a librarian makes it and a class teacher reads it."""

import re
from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from shuxiang.readers.tests.factories import NOW, a_class
from shuxiang.timetable import actions, queries
from shuxiang.timetable.models import Slot, Turn, Wish
from shuxiang.timetable.rules import Audience, For, Hours, TermDates
from shuxiang.timetable.tests.factories import (
    BEFORE,
    a_period,
    a_slot,
    a_term,
    a_turn,
    opening_hours,
)


@pytest.fixture(autouse=True)
def _at_school():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def term(school):
    return a_term(school)


def week(browser, **query):
    return browser.get(reverse("timetable.see_timetable"), query)


def halves(answer):
    lines = answer.context["rotation"].lines()
    return [half for line in lines for half in line.halves if half.tiles or half.rooms]


def test_an_alternate_class_takes_half_a_day_and_a_weekly_class_the_whole(office, school, term):
    a_turn(term, a_slot(school, weekday=1), a_class(school, number=1), "a")
    a_turn(term, a_slot(school, weekday=2), a_class(school, number=2))

    shown = [(half.column, [tile.name for tile in half.tiles]) for half in halves(week(office))]
    assert shown == [("a", ["三1班"]), ("b", []), ("w", ["三2班"])]


def test_one_week_alone_shows_who_comes_in_it(office, school, term):
    slot = a_slot(school)
    a_turn(term, slot, a_class(school, number=1), "a")
    a_turn(term, slot, a_class(school, number=2), "b")

    (half,) = halves(week(office, weeks="b"))
    assert [tile.name for tile in half.tiles] == ["三2班"]


def test_r26_a_class_is_put_into_a_free_slot(office, school, term):
    slot, school_class = a_slot(school), a_class(school)
    assert week(office).context["unplaced"] == [(school_class.pk, "三年级2班", "")]

    asked = {"term": term.pk, "slot": slot.pk, "school_class": school_class.pk, "weeks": "b"}
    answer = office.post(reverse("timetable.give_turn"), asked, follow=True)
    assert Turn.objects.get().weeks == "b"
    assert answer.context["unplaced"] == []


def test_a_class_that_comes_less_often_than_the_rules_ask_is_not_placed(office, school, term):
    reader, borrower = a_class(school, number=1), a_class(school, number=2)
    lending = a_slot(school, weekday=2)
    lesson = a_slot(school, weekday=1, capacity=2, purpose=Slot.Purpose.LESSON)
    for one in (reader, borrower):
        a_turn(term, lesson, one)
    lent = a_turn(term, lending, borrower)
    said = {"kind": Wish.Kind.COMES, "purpose": Slot.Purpose.LENDING, "times": 1, "every": 1}
    actions.change_wish(term=term, said=said, by=None, now=NOW)
    assert week(office).context["unplaced"] == [(reader.pk, "三年级1班", "还差1次借还书")]

    office.post(reverse("timetable.take_turn_away", args=[lent.pk]))
    answer = week(office, **{"class": borrower.pk})
    assert [name for _, name, _ in answer.context["unplaced"]] == ["三年级1班", "三年级2班"]
    panel = answer.content.decode().split('id="place"')[1]
    assert "还差1次借还书" in panel
    assert "这个学期还没有时段" not in panel


def test_a_full_slot_refuses_in_words_and_nothing_changes(office, school, term):
    slot = a_slot(school)
    a_turn(term, slot, a_class(school, number=1))
    other = a_class(school, number=4)
    asked = {"term": term.pk, "slot": slot.pk, "school_class": other.pk, "weeks": "every"}
    answer = office.post(reverse("timetable.give_turn"), asked, follow=True)

    (said,) = answer.context["messages"]
    assert "三年级1班" in str(said)
    assert Turn.objects.count() == 1


def test_a_class_that_is_picked_sees_only_the_slots_that_would_take_it(office, school, term):
    a_turn(term, a_slot(school, weekday=1), a_class(school, number=1))
    free = a_slot(school, weekday=2)
    picked = a_class(school, number=4)

    rooms = [room for half in halves(week(office, **{"class": picked.pk})) for room in half.rooms]
    assert [(room.slot.pk, room.for_picked) for room in rooms] == [(free.pk, "三4班")]


def test_a_class_that_comes_to_read_is_offered_no_place_to_borrow(office, school, term):
    reading = a_slot(school, weekday=1, purpose=Slot.Purpose.READING)
    turn = a_turn(term, reading, a_class(school))
    a_slot(school, weekday=2)
    free = a_slot(school, weekday=3, purpose=Slot.Purpose.READING)
    answer = week(office, turn=turn.pk)
    offered = {room.slot for half in halves(answer) for room in half.rooms if room.for_picked}
    assert offered == {free}


def test_a_class_moves_and_loses_its_slot(office, school, term):
    turn = a_turn(term, a_slot(school, weekday=1), a_class(school))
    thursday = a_slot(school, weekday=3)
    office.post(reverse("timetable.move_turn", args=[turn.pk]), {"slot": thursday.pk, "weeks": "a"})
    (moved,) = queries.see_timetable(term)
    assert (moved.slot_id, moved.weeks) == (thursday.pk, "a")

    office.post(reverse("timetable.take_turn_away", args=[moved.pk]))
    assert queries.see_timetable(term) == []


@pytest.mark.parametrize("pinned", [True, False])
def test_what_was_taken_away_is_given_back_from_what_is_said_of_it(office, school, term, pinned):
    turn = a_turn(term, a_slot(school, weekday=3), a_class(school), "b", now=BEFORE)
    Turn.objects.update(is_pinned=pinned)
    answer = office.post(reverse("timetable.take_turn_away", args=[turn.pk]), follow=True)
    assert queries.see_timetable(term) == []

    (form,) = re.findall(r"<form[^>]*data-take-back.*?</form>", answer.content.decode(), re.DOTALL)
    assert "撤销" in form
    asked = dict(re.findall(r'name="(\w+)"\s+value="([^"]*)"', form))
    again = office.post(reverse("timetable.give_turn"), asked, follow=True)
    (back,) = queries.see_timetable(term)
    assert (back.slot, back.weeks, back.is_pinned) == (turn.slot, "b", pinned)
    assert "撤销" not in again.content.decode()
    assert "撤销" not in office.get(answer.redirect_chain[-1][0]).content.decode()


def test_a_move_in_the_middle_of_the_lesson_says_that_it_holds_from_tomorrow(office, school, term):
    turn = a_turn(term, a_slot(school, weekday=0), a_class(school), now=BEFORE)
    thursday = a_slot(school, weekday=3)
    asked = {"slot": thursday.pk, "weeks": "every"}
    moved = office.post(reverse("timetable.move_turn", args=[turn.pk]), asked, follow=True)
    assert "从11月24日起算" in moved.content.decode()
    (moved,) = queries.see_timetable(term)
    asked = {"slot": turn.slot_id, "weeks": "every"}
    back = office.post(reverse("timetable.move_turn", args=[moved.pk]), asked, follow=True)
    assert "从11月24日起算" in back.content.decode()
    assert [one.turn.slot for one in queries.visits_offered(school, NOW.date(), NOW.date())] == [
        turn.slot
    ]
    saturday = {"slot": a_slot(school, weekday=5).pk, "weeks": "every"}
    other = a_turn(term, thursday, a_class(school, number=3))
    move = reverse("timetable.move_turn", args=[other.pk])
    assert "起算" not in office.post(move, saturday, follow=True).content.decode()


def test_r26_what_holds_only_from_tomorrow_is_said_above_the_week(office, school, term):
    early = a_turn(term, a_slot(school, weekday=2), a_class(school), now=NOW)
    assert early.first_day == NOW.date()
    assert week(office).context["not_yet"] == ""
    late = a_turn(term, a_slot(school, weekday=0), a_class(school, number=3), now=BEFORE)
    thursday = a_slot(school, weekday=3)
    actions.move_turn(turn=late, slot=thursday, weeks="every", by=None, now=NOW)
    said = "三年级3班的安排从11月24日起执行，在那之前仍按原来的时间来。"
    assert week(office).context["not_yet"] == said
    assert said in week(office).content.decode()
    actions.take_turn_away(turn=early, by=None, now=NOW)
    assert week(office).context["not_yet"].startswith("这份安排从11月24日起执行")
    (moved,) = queries.see_timetable(term)
    actions.move_turn(turn=moved, slot=late.slot, weeks="every", by=None, now=NOW)
    assert week(office).context["not_yet"] == "", "from tomorrow on it is what it is today"
    spring = a_term(
        school, TermDates(starts_on=date(2027, 3, 1), ends_on=date(2027, 7, 2)), number=2
    )
    a_turn(spring, thursday, a_class(school, number=4))
    assert week(office, term=spring.pk).context["not_yet"] == ""


def test_a_turn_taken_away_twice_is_not_found(office, school, term):
    turn = a_turn(term, a_slot(school), a_class(school))
    gone = reverse("timetable.take_turn_away", args=[turn.pk])

    assert office.post(gone).status_code == 302
    assert office.post(gone).status_code == 404


def test_a_turn_on_a_day_that_is_no_longer_open_is_a_conflict_with_a_way_out(office, school, term):
    a_turn(term, a_slot(school, weekday=5), a_class(school))
    monday = a_slot(school, weekday=0)
    opening_hours(school, opens_at=time(8), closes_at=time(17))

    (conflict,) = week(office).context["conflicts"]
    assert conflict["better"] == monday


def test_a_weekend_slot_gets_its_column(office, school, term):
    a_turn(term, a_slot(school, weekday=5), a_class(school))

    assert len(week(office).context["days"]) == 6


def test_a_class_teacher_reads_the_rotation_and_changes_nothing(teacher, school, term):
    turn = a_turn(term, a_slot(school), a_class(school))
    answer = week(teacher, turn=turn.pk)

    assert not answer.context["may_change"]
    assert "点班级可以改" not in answer.content.decode()
    assert b"<form" not in answer.content.split(b'class="sx-week')[1].split(b"sx-gradekey")[0]
    moved = teacher.post(reverse("timetable.take_turn_away", args=[turn.pk]))
    assert moved.status_code == 403


def test_a_term_that_is_over_stays_as_it_was(office, school):
    spring = a_term(
        school, TermDates(starts_on=date(2026, 3, 2), ends_on=date(2026, 7, 3)), number=2
    )
    turn = Turn.objects.create(
        school=school, term=spring, slot=a_slot(school), school_class=a_class(school)
    )
    answer = week(office, turn=turn.pk)

    assert [tile.name for half in halves(answer) for tile in half.tiles] == ["二2班"]
    assert not answer.context["may_change"]
    assert answer.context["pick"] is None


def test_r26_the_sheet_for_the_wall_shows_letters_and_open_hours(office, school, term):
    slot = a_slot(school, period=a_period(school))
    a_turn(term, slot, a_class(school, number=1), "a")
    a_turn(term, slot, a_class(school, number=2), "b")
    a_period(school, "午间", time(12, 10))
    whom = [For.PUPILS, For.PUPILS, For.TEACHERS, For.GRADE]
    wanted = [
        Hours(
            weekday=day,
            opens_at=time(12, 10),
            closes_at=time(13),
            audience=Audience(kind=kind, grade=3 if day == 3 else None),
        )
        for day, kind in enumerate(whom)
    ]
    actions.change_opening_hours(school=school, wanted=wanted, by=None, now=NOW)
    sheet = office.get(reverse("timetable.print_timetable")).content.decode()

    assert sheet.index(">A</span>三1班") < sheet.index(">B</span>三2班")
    told = "12:10 – 12:50 开放： 周一、周二 学生 · 周四 三年级"
    assert told in " ".join(re.sub(r"<[^>]*>", " ", sheet).split())
    assert told in " ".join(re.sub(r"<[^>]*>", " ", week(office).content.decode()).split())


def test_a_period_is_open_no_longer_than_the_library(office, school, term):
    a_slot(school)
    a_period(school, "课后服务", time(16, 10))
    opening_hours(school, opens_at=time(8), closes_at=time(16, 30))
    shown = " ".join(re.sub(r"<[^>]*>", " ", week(office).content.decode()).split())

    assert "16:10 – 16:30 开放： 周一至周五 全校" in shown


def test_without_a_term_the_page_teaches_what_comes_first(office):
    assert week(office).context["term"] is None


def test_many_classes_cost_no_more_queries(
    office, school, term, django_assert_max_num_queries, django_assert_num_queries
):
    slots = [a_slot(school, weekday=weekday, capacity=4) for weekday in range(5)]
    a_turn(term, slots[0], a_class(school, number=1))
    with django_assert_max_num_queries(40) as few:
        week(office)
    for number in range(2, 12):
        a_turn(term, slots[number % 5], a_class(school, number=number))
    with django_assert_num_queries(len(few)):
        week(office)


@pytest.mark.parametrize("query", ["turn=x", "turn=999", "class=x", "slot=9", "as=q", "term=x"])
def test_an_odd_address_shows_the_plain_week(office, school, term, query):
    a_slot(school)
    answer = office.get(f"{reverse('timetable.see_timetable')}?{query}")

    assert answer.status_code == 200
    assert answer.context["pick"] is None
