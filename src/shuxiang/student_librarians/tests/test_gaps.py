"""A turn whose helper is gone is found, and filled by whoever has had the fewest."""

from __future__ import annotations

from collections import Counter
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuxiang.circulation.tests.factories import NOW, TODAY
from shuxiang.readers.models import Reader
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions.rostering import propose_at_once
from shuxiang.student_librarians.models import Duty, Roster
from shuxiang.student_librarians.rules import Refusal
from shuxiang.student_librarians.tests.factories import a_shift, refused
from shuxiang.timetable.actions import set_day

WEEK = timedelta(days=7)
AT_ONE = NOW.replace(hour=5, minute=0)
"""13:00 by the school's clock."""


@pytest.fixture
def rostered(library, posts, noon):
    """Four helpers, four places a week, for two weeks."""
    roster = propose_at_once(term=library.term, from_on=TODAY, until_on=TODAY + 2 * WEEK)
    return actions.place_roster(roster=roster, by=library.librarian, now=NOW)


def standing():
    return set(Duty.objects.values_list("post", "shift", "on"))


def found(library, **how):
    return [(gap.shift.weekday, gap.on, gap.empty) for gap in queries.gaps(library.term, **how)]


def test_r31_a_term_without_a_roster_has_no_gaps(library, posts, noon):
    assert found(library, now=NOW) == []
    asked = {"term": library.term, "by": library.librarian}
    assert refused(actions.fill_gaps, **asked) == [Refusal.NO_GAPS]


def test_r31_the_turns_of_who_goes_are_gaps_until_they_are_filled(library, posts, noon, rostered):
    assert found(library, now=NOW) == []
    post = Duty.objects.filter(on=TODAY)[0].post
    theirs = sorted(Duty.objects.filter(post=post).values_list("on", flat=True))
    actions.end_post(post=post, by=library.librarian, now=NOW)
    gone = [(day.weekday(), day, 1) for day in theirs]
    assert found(library, now=NOW) == gone, "the one of today, later on, among them"
    stood = set(Duty.objects.values_list("pk", "post", "on"))
    before = standing()
    filled = actions.fill_gaps(term=library.term, by=library.librarian, now=NOW)
    assert filled.answer["filled"] == len(gone)
    assert found(library, now=NOW) == []
    assert stood < set(Duty.objects.values_list("pk", "post", "on")), "everybody else stays"
    assert queries.broken_invariants(library.school) == []
    shown = {share.line.post.pk: share.after for share in queries.shares(filled)}
    assert {pk: count for pk, count in shown.items() if count} == Counter(
        Duty.objects.values_list("post", flat=True)
    )
    counts = Counter(Duty.objects.values_list("post", flat=True)).values()
    assert (len(counts), max(counts) - min(counts)) == (3, 1), "three or four each"
    actions.take_roster_back(roster=filled, by=library.librarian, now=NOW)
    assert standing() == before
    assert found(library, now=NOW) == gone


def test_r31_a_pupil_who_left_the_school_is_no_helper_of_a_turn(library, posts, noon, rostered):
    last = Duty.objects.filter(on__gt=TODAY).latest("on")
    Reader.objects.filter(name=str(last.post.reader)).update(left_on=TODAY)
    assert (last.on.weekday(), last.on, 1) in found(library, now=NOW)


def test_r31_a_turn_that_has_ended_or_falls_on_a_closed_day_is_no_gap(
    library, posts, noon, rostered
):
    Duty.objects.filter(on__in=[TODAY, TODAY + WEEK]).delete()
    both = [(0, TODAY, 2), (0, TODAY + WEEK, 2)]
    assert (found(library, now=NOW, days=7), found(library, now=NOW, days=8)) == (both[:1], both)
    a_day_off = {"school": library.school, "on": TODAY + WEEK, "is_open": False}
    set_day(**a_day_off, by=library.librarian, now=NOW)
    before = AT_ONE - timedelta(minutes=1)
    assert found(library, now=before) == both[:1]
    assert found(library, now=AT_ONE) == []


def test_r31_nobody_is_put_where_they_cannot_or_twice_on_a_day(library, posts, noon, rostered):
    Duty.objects.filter(on=TODAY + WEEK).delete()
    facts = {"by": library.librarian, "now": NOW}
    for post in posts[1:]:
        actions.say_unable(post=post, shifts=[noon[0]], days=[], **facts)
    roster = actions.fill_gaps(term=library.term, **facts)
    assert (roster.answer["filled"], roster.answer["short"]) == (1, 1), "one of the two places"
    assert Duty.objects.get(on=TODAY + WEEK).post == posts[0]
    asked = {"term": library.term, "by": library.librarian}
    assert refused(actions.fill_gaps, **asked) == [Refusal.NOBODY_FOR_THE_GAPS]


def test_r31_who_has_no_turn_in_the_week_fills_a_gap_before_who_has_one(library, posts):
    monday, tuesday = (
        a_shift(library.school, weekday=day, places=1, now=NOW, name=f"{day}") for day in (0, 1)
    )
    facts = {"by": library.librarian, "now": NOW}
    busy, rested = posts[:2]
    for post in posts[2:]:
        actions.end_post(post=post, **facts)
    day = timedelta(days=1)
    for post, shift, on in (
        (rested, monday, TODAY),
        (busy, tuesday, TODAY + day),
        (busy, monday, TODAY + WEEK),
        (rested, monday, TODAY + 2 * WEEK),
    ):
        actions.give_duty(post=post, shift=shift, on=on, **facts)
    actions.fill_gaps(term=library.term, **facts)
    assert Duty.objects.get(on=TODAY + WEEK + day).post == rested


def test_r31_gaps_are_not_filled_while_a_roster_is_made_and_a_waiting_one_makes_way(
    library, posts, noon, rostered
):
    facts = {"by": library.librarian, "now": NOW}
    Duty.objects.filter(on=TODAY + WEEK).delete()
    solving = actions.ask_for_roster(
        term=library.term, from_on=TODAY, until_on=TODAY + WEEK, **facts
    )
    asked = {"term": library.term, "by": library.librarian}
    assert refused(actions.fill_gaps, **asked) == [Refusal.ROSTER_IS_BEING_SOLVED]
    Roster.objects.filter(pk=solving.pk).update(state=Roster.State.READY)
    assert actions.fill_gaps(term=library.term, **facts) == queries.latest_roster(library.term)
    solving.refresh_from_db()
    assert solving.state == Roster.State.SET_ASIDE


def test_r31_who_came_often_enough_can_show_a_new_helper(library, posts, noon):
    duties = [
        Duty(
            school=library.school,
            post=post,
            shift=noon[0],
            on=TODAY - (ago + 1) * WEEK,
            came=post == posts[0] or ago > 0,
        )
        for post in posts[:2]
        for ago in range(4)
    ]
    Duty.objects.bulk_create(duties)
    assert queries.experienced_readers(library.term) == {posts[0].reader_id}


def test_r31_only_turns_that_can_be_had_are_offered(library, posts, noon):
    facts = {"by": library.librarian, "now": NOW}
    mine = actions.give_duty(post=posts[0], shift=noon[0], on=TODAY + WEEK, **facts)
    tuesday = TODAY + timedelta(days=1)
    hers = actions.give_duty(post=posts[1], shift=noon[1], on=tuesday, **facts)
    his = actions.give_duty(post=posts[2], shift=noon[1], on=tuesday, **facts)
    assert queries.turns_to_take(posts[0], NOW) == [hers, his]
    evening = a_shift(library.school, weekday=0, starts_at=time(16), ends_at=time(17), now=NOW)
    late = actions.give_duty(post=posts[1], shift=evening, on=TODAY + WEEK, **facts)
    assert queries.turns_to_take(posts[0], NOW) == [his, late], "she is on duty on my day, then"
    actions.take_duty_away(duty=late, **facts)
    actions.say_unable(post=posts[1], shifts=[noon[0]], days=[], **facts)
    assert queries.turns_to_take(posts[0], NOW) == [his], "she cannot come at mine"
    actions.change_post(post=posts[0], work="desk", classes=[], shifts=[noon[0]], **facts)
    assert queries.turns_to_take(posts[0], NOW) == [], "outside the hours of my appointment"
    actions.change_post(post=posts[0], work="desk", classes=[], shifts=[], **facts)
    actions.take_duty_away(duty=mine, **facts)
    assert queries.turns_to_take(posts[0], NOW) == [], "I have nothing to give"


def test_r31_a_turn_more_costs_no_statement_more(library, posts, noon, rostered):
    def costs():
        with CaptureQueriesContext(connection) as seen:
            queries.gaps(library.term, NOW)
            queries.turns_to_take(posts[0], NOW)
        return len(seen)

    few = costs()
    Duty.objects.filter(on__gt=TODAY, shift=noon[0]).delete()
    assert costs() == few
