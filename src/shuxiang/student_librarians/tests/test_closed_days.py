"""A turn on a day that the library closed after the roster was made falls out, and comes back with the day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shuxiang.circulation.tests.factories import NOW, TODAY
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions.rostering import propose_at_once
from shuxiang.student_librarians.models import Duty, Post
from shuxiang.student_librarians.queries.rosters import roster_problem
from shuxiang.timetable.actions import set_day, unset_day

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture
def rostered(library, posts, noon):
    """Four helpers, four places a week, for two weeks."""
    roster = propose_at_once(term=library.term, from_on=TODAY, until_on=TODAY + 2 * WEEK)
    return actions.place_roster(roster=roster, by=library.librarian, now=NOW)


def close(library, on):
    set_day(school=library.school, on=on, by=None, now=NOW)


def turns_of(library, on):
    """Tell who is on duty on a day, and whether that falls out."""
    lines = queries.on_duty(library.school, on)
    return [(one.duty.post_id, one.falls_out) for one in lines]


def due(library, today):
    return sum(one.due for one in queries.evaluate(library.term, today))


def test_r31_a_turn_falls_out_on_a_closed_day_and_comes_back_with_it(library, rostered):
    on = TODAY + WEEK
    before = turns_of(library, on)
    assert [falls_out for _, falls_out in before] == [False, False]
    post = Post.objects.get(pk=before[0][0])
    assert on in [duty.on for duty in queries.own_duties(post, TODAY)]

    close(library, on)
    assert turns_of(library, on) == [(key, True) for key, _ in before]
    assert on not in [duty.on for duty in queries.own_duties(post, TODAY)]
    assert all(
        duty.on != on for other in Post.objects.all() for duty in queries.turns_to_take(other, NOW)
    )

    unset_day(school=library.school, on=on, by=None, now=NOW)
    assert turns_of(library, on) == before


def test_r34_a_turn_on_a_closed_day_counts_for_nobody(library, rostered):
    on = TODAY + WEEK
    later, fallen = on + DAY, len(turns_of(library, on))
    counted = due(library, later)
    close(library, on)
    assert due(library, later) == counted - fallen


def test_r31_whoever_came_on_a_closed_day_is_counted_and_nobody_is_missed(library, rostered):
    close(library, TODAY)
    here, *others = Duty.objects.filter(on=TODAY)
    assert others
    actions.tick_duties(school=library.school, on=TODAY, came=[here], by=library.librarian, now=NOW)
    assert [duty.came for duty in Duty.objects.filter(on=TODAY).order_by("pk")] == [
        True if duty == here else None for duty in sorted([here, *others], key=lambda one: one.pk)
    ]
    assert (here.post_id, False) in turns_of(library, TODAY)
    assert due(library, TODAY) == 1


def test_r31_the_shares_of_a_roster_leave_out_what_fell_out(library, rostered):
    on = TODAY + WEEK
    before = sum(share.after for share in queries.shares(rostered))
    fallen = len(turns_of(library, on))
    close(library, on)
    assert sum(share.after for share in queries.shares(rostered)) == before - fallen


def test_r31_a_turn_that_fell_out_is_no_turn_when_the_next_roster_is_made(library, rostered):
    on = TODAY + WEEK
    fallen = {duty.post_id for duty in Duty.objects.filter(on=on)}
    span = {"from_on": TODAY + 3 * WEEK, "until_on": TODAY + 4 * WEEK}
    close(library, on)
    roster = propose_at_once(term=library.term, **span)
    turns = Duty.objects.exclude(on=on)
    had = {post.pk: turns.filter(post=post).count() for post in Post.objects.all()}
    assert fallen
    assert {one.line.post.pk: one.before for one in queries.shares(roster)} == had
    problem = roster_problem(library.term, span["from_on"], span["until_on"])
    assert {helper.post: helper.had for helper in problem.helpers} == had
