"""Classes are taught the rules; who was not there catches up, and the names go with the term's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, TODAY, a_library
from shuxiang.programmes import actions, queries
from shuxiang.programmes.actions import Held, ProgrammeRefused
from shuxiang.programmes.models import Session
from shuxiang.programmes.rules import Refusal
from shuxiang.readers.actions import leave
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.timetable.tests.factories import a_term


@pytest.fixture
def library(db):
    made = a_library()
    with scope(school=made.school):
        made.term = a_term(made.school)  # type: ignore[attr-defined]
        made.new_class = a_class(made.school, grade=1, number=1)  # type: ignore[attr-defined]
        yield made


def held(library, school_class=None, away=(), on=TODAY):
    return actions.hold_session(
        school_class=school_class or library.school_class,
        held=Held(on=on, way="talk", held_by="周敏", topics=("late", "care")),
        away={library.pupils[n].pk for n in away},
        by=library.librarian,
        now=NOW,
    )


def test_r44_classes_without_a_session_are_listed_new_ones_first(library):
    seen = queries.see_orientation(library.term)
    assert [one.name for one in seen.untaught] == ["一年级1班", "三年级2班"]
    assert queries.new_classes_taught(library.term) == (0, 1)
    session = held(library, away=[1])
    assert (session.people, session.away) == (2, 1)
    a_reader(library.school, school_class=library.new_class)
    held(library, library.new_class)
    seen = queries.see_orientation(library.term)
    assert (seen.untaught, [one.waiting for one in seen.taught]) == ((), [0, 1])
    assert queries.new_classes_taught(library.term) == (1, 1)


def test_r44_who_was_not_there_catches_up_and_is_forgotten_with_the_term(library):
    session = held(library, away=[1, 2])
    (key, other) = (library.pupils[1].pk, library.pupils[0].pk)
    by = {"by": library.librarian, "now": NOW}
    assert actions.catch_up(session=session, readers={key, other}, **by) == 1
    assert queries.see_orientation(library.term).taught[0].waiting == 1
    before = date(2027, 1, 22)
    assert queries.to_forget(library.school, before) == {"pairs": 0, "missed": 2}
    actions.forget(school=library.school, before=before, now=NOW + timedelta(days=92))
    assert (session.missed.count(), Session.objects.get().away) == (0, 2)


def test_r44_who_came_to_the_class_later_is_listed_and_taught_after_all(library):
    week_ago = TODAY - timedelta(days=7)
    session = held(library, on=week_ago)
    own = {"school_class": library.school_class}
    there = a_reader(library.school, "那天就在", **own, joined_on=week_ago)
    later = a_reader(library.school, "后来的", **own, joined_on=TODAY)
    a_reader(library.school, "没讲过的班", school_class=library.new_class, joined_on=TODAY)
    gone = a_reader(library.school, "又走了", **own, joined_on=TODAY)
    leave(reader=gone, on=TODAY, by=library.librarian, now=NOW)

    assert list(queries.newcomers(library.term)) == [later]
    assert list(queries.newcomers(library.term, library.new_class)) == []
    assert [one.waiting for one in queries.see_orientation(library.term).taught] == [1]
    assert list(queries.still_to_learn(library.term)) == [later]
    by = {"by": library.librarian, "now": NOW}
    ticked = {there.pk, later.pk}
    assert actions.catch_up(session=session, readers=ticked, **by) == 1
    assert list(queries.still_to_learn(library.term)) == []
    assert [one.waiting for one in queries.see_orientation(library.term).taught] == [0]
    other = a_reader(library.school, "再来一个", **own, joined_on=TODAY)
    held(library, on=TODAY)
    assert other not in queries.newcomers(library.term)


def test_r44_a_session_that_can_not_have_been_is_refused(library):
    for facts, reason in (
        ({"on": TODAY + timedelta(days=1)}, Refusal.SESSION_TO_COME),
        ({"on": date(2026, 8, 1)}, Refusal.SESSION_OUTSIDE_TERM),
        ({"on": date(1999, 1, 1)}, Refusal.SESSION_OUTSIDE_TERM),
        ({"away": [0, 1, 2]}, Refusal.NOBODY_WAS_THERE),
        ({"school_class": library.new_class}, Refusal.NOBODY_WAS_THERE),
    ):
        with pytest.raises(ProgrammeRefused) as refused:
            held(library, **facts)
        assert refused.value.reason is reason
    assert not Session.objects.exists()


def test_a_session_is_written_down_once(library):
    held(library)
    with pytest.raises(ProgrammeRefused) as refused:
        held(library, away=[0])
    assert refused.value.reason is Refusal.SESSION_IS_THERE
    held(library, on=TODAY - timedelta(days=1))
    assert Session.objects.count() == 2


def test_r44_the_list_costs_a_fixed_number_of_statements(library, django_assert_num_queries):
    with django_assert_num_queries(4):
        queries.see_orientation(library.term)
    held(library, away=[0])
    with django_assert_num_queries(4):
        queries.see_orientation(library.term)
