"""Who came to the reading room, and the weeks of the term."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from shuxiang.circulation import actions, queries
from shuxiang.circulation.models import Entrance
from shuxiang.circulation.tests.factories import NOW, TODAY, a_library
from shuxiang.platform.audit.models import Entry
from shuxiang.readers.actions import add_reader, leave
from shuxiang.readers.models import Reader
from shuxiang.timetable.tests.factories import a_term

LAST_WEEK = NOW - timedelta(days=7)


@pytest.fixture
def library(db):
    made = a_library()
    with scope(school=made.school):
        a_term(made.school)
        yield made


def enter(library, code, now=NOW):
    return actions.enter(school=library.school, code=code, by=library.librarian, now=now)


def weeks(library):
    found = queries.see_weeks(library.school, TODAY)
    assert found
    return found


def test_r29_a_card_lets_a_reader_in_once_within_minutes(library):
    card = library.pupils[0].card
    came = enter(library, card)
    assert enter(library, card, NOW + timedelta(minutes=19)) == came
    again = enter(library, card, NOW + timedelta(minutes=21))
    assert again != came
    assert (came.school_class, came.people) == (library.school_class, 1)
    assert Entry.objects.filter(verb="circulation.enter").count() == 2


def test_r29_who_is_unknown_or_has_left_does_not_come_in(library):
    leave(reader=library.pupils[1], on=TODAY, by=library.librarian, now=NOW)
    with pytest.raises(actions.NobodyHasThisCard):
        enter(library, "no such card")
    with pytest.raises(actions.ReaderHasLeft):
        enter(library, library.pupils[1].card)
    other = a_library(pupils=9)
    with pytest.raises(actions.NobodyHasThisCard):
        enter(library, other.pupils[8].card)
    assert Entrance.objects.count() == 0


def test_r29_a_class_comes_at_once_and_a_number_without_names(library):
    facts = {"by": library.librarian, "now": NOW}
    whole = actions.enter_class(school_class=library.school_class, **facts)
    assert whole.people == 3
    assert actions.enter_class(school_class=library.school_class, **facts) == whole
    actions.enter_count(school=library.school, category=Reader.Category.PUPIL, people=25, **facts)
    (its,) = weeks(library).classes
    assert (its.weeks[-1].people, its.weeks[-1].times) == (3, 1)
    assert weeks(library).counted[-1] == 25
    actions.take_entrance_back(entrance=whole, **facts)
    assert weeks(library).classes[0].people == 0


def test_r29_the_weeks_of_a_class_hold_its_visits_and_whether_all_was_in_order(library):
    visit = actions.open_visit(
        school_class=library.school_class, by=library.librarian, now=LAST_WEEK
    )
    actions.mark_absent(visit=visit, reader=library.pupils[0], act=library.act(LAST_WEEK))
    actions.close_visit(visit=visit, in_order=False, by=library.librarian, now=LAST_WEEK)
    enter(library, library.pupils[2].card)
    (its,) = weeks(library).classes
    assert [week.people for week in its.weeks[-3:]] == [0, 2, 1]
    assert (its.out_of_order, its.missed) == (1, len(its.weeks) - 2)


def visit(library, opened, closed=None, turn=None):
    made = actions.open_visit(
        school_class=library.school_class, by=library.librarian, now=opened, turn=turn
    )
    if closed:
        actions.close_visit(visit=made, in_order=True, by=library.librarian, now=closed)
    return made


def now_here(library):
    (row,) = [row for row in weeks(library).classes if row.school_class == library.school_class]
    week = row.weeks[-1]
    assert queries.see_entrances(library.school, TODAY).people == week.people  # it counts alike
    return week.times, week.people


def test_r29_a_class_at_the_door_and_at_the_desk_came_once(library):
    came_by = {"school_class": library.school_class, "by": library.librarian}
    actions.enter_class(now=NOW - timedelta(minutes=5), **came_by)
    enter(library, library.pupils[0].card, NOW - timedelta(minutes=4))
    assert now_here(library) == (1, 3)
    visit(library, NOW, NOW + timedelta(minutes=30))
    assert now_here(library) == (1, 3)
    enter(library, library.pupils[1].card, NOW + timedelta(minutes=20))
    assert now_here(library) == (1, 3)
    enter(library, library.pupils[1].card, NOW + timedelta(minutes=56))
    assert now_here(library) == (1, 4)
    actions.enter_class(now=NOW + timedelta(minutes=80), **came_by)
    assert now_here(library) == (2, 7)


@pytest.mark.parametrize(("minutes", "people"), [(-21, 4), (-19, 3), (59, 3), (61, 4)])
def test_r29_a_card_read_while_the_class_is_in_is_one_of_the_class(library, minutes, people):
    enter(library, library.pupils[0].card, NOW + timedelta(minutes=minutes))
    actions.enter_class(school_class=library.school_class, by=library.librarian, now=NOW)
    assert now_here(library) == (1, people)
    stranger = add_reader(
        school=library.school,
        name="何文",
        category="teacher",
        number="T1",
        joined_on=TODAY - timedelta(days=90),
        by=library.librarian,
        now=NOW,
    )
    enter(library, stranger.number)
    assert queries.see_entrances(library.school, TODAY).people == people + 1


def test_r29_a_visit_that_was_closed_too_soon_goes_on(library):
    visit(library, NOW, NOW + timedelta(minutes=5))
    visit(library, NOW + timedelta(minutes=15), NOW + timedelta(minutes=40))
    assert now_here(library) == (1, 3)
    visit(library, NOW + timedelta(minutes=61))
    assert now_here(library) == (2, 6)


def test_r29_a_day_shows_the_class_at_the_desk_and_whom_it_was_counted_with(library):
    enter(library, library.pupils[0].card)
    made = visit(library, NOW + timedelta(minutes=5))
    actions.mark_absent(
        visit=made, reader=library.pupils[2], act=library.act(NOW + timedelta(minutes=6))
    )
    day = queries.see_entrances(library.school, TODAY)
    assert [(line.people, line.is_of_class) for line in day.lines] == [(2, False), (1, True)]
    assert day.people == 2


def test_r29_a_day_costs_a_fixed_number_of_statements(library):
    def asked():
        with CaptureQueriesContext(connection) as queried:
            queries.see_entrances(library.school, TODAY)
        return len(queried)

    enter(library, library.pupils[0].card)
    visit(library, NOW, NOW)
    before = asked()
    enter(library, library.pupils[1].card, NOW + timedelta(hours=1))
    visit(library, NOW + timedelta(hours=2))
    assert asked() == before


def test_r29_who_came_long_before_the_class_came_by_themselves(library):
    enter(library, library.pupils[0].card, NOW - timedelta(minutes=21))
    visit(library, NOW, NOW + timedelta(minutes=30))
    assert now_here(library) == (1, 4)


def test_r29_the_running_week_is_not_missed_yet(library):
    (row, *_) = weeks(library).classes
    assert row.missed == len(row.weeks) - 1


def test_r29_the_weeks_of_the_teachers_are_kept(library):
    teacher = add_reader(
        school=library.school,
        name="何文",
        category="teacher",
        number="T1",
        joined_on=TODAY - timedelta(days=90),
        by=library.librarian,
        now=NOW,
    )
    enter(library, "T1")
    enter(library, "T1", NOW + timedelta(hours=3))
    enter(library, library.pupils[0].card)
    (row,) = weeks(library).teachers
    assert (row.reader, row.weeks[-1], row.times) == (teacher, 2, 2)


def test_r29_retention_takes_the_reader_off_and_leaves_the_count(library):
    enter(library, library.pupils[0].card)
    assert queries.to_forget(library.school, TODAY)["entrances"] == 1
    assert actions.forget(school=library.school, before=TODAY, now=NOW)["entrances"] == 1
    assert Entrance.objects.get().reader is None
    assert weeks(library).classes[0].people == 1


def test_r29_the_weeks_cost_a_fixed_number_of_statements(library):
    counts = []
    for pupil in (0, 1):
        enter(library, library.pupils[pupil].card)
        weeks(library)
        with CaptureQueriesContext(connection) as seen:
            weeks(library)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12


def test_r29_a_class_has_come_to_the_desk_or_through_the_door(library):
    here = visit(library, LAST_WEEK, LAST_WEEK + timedelta(minutes=30))
    at_door = {"school_class": library.school_class, "by": library.librarian}
    actions.enter_class(**at_door, now=LAST_WEEK + timedelta(minutes=5))
    actions.enter_class(**at_door, now=NOW)
    enter(library, library.pupils[0].card, NOW - timedelta(hours=2))
    key, first = library.school_class.pk, TODAY - timedelta(days=7)
    assert queries.class_comings(library.school, first, TODAY) == {key: [here.on, TODAY]}
    assert (
        queries.class_comings(library.school, first + timedelta(days=1), TODAY - timedelta(days=1))
        == {}
    )


def test_r29_a_class_is_written_down_afterwards_at_the_moment_of_its_lesson(library):
    at_door = {"school_class": library.school_class, "by": library.librarian, "now": NOW}
    came = actions.enter_class(**at_door, at=LAST_WEEK)
    assert (came.at, came.on, came.people) == (LAST_WEEK, LAST_WEEK.date(), 3)
    assert actions.enter_class(**at_door, at=LAST_WEEK + timedelta(minutes=10)) == came
    assert actions.enter_class(**at_door, at=LAST_WEEK - timedelta(hours=1)) != came
    told = Entry.objects.filter(verb="circulation.enter_class").first()
    assert told is not None
    assert told.at == NOW
