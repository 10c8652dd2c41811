"""A fair roster, judged by a count of its own."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

import pytest

from shuxiang.circulation.tests.factories import NOW, TODAY
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs import proposals
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.worker import run
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions.rostering import propose_at_once, report_of
from shuxiang.student_librarians.models import Duty, Roster
from shuxiang.student_librarians.rules import (
    Helper,
    Refusal,
    RosterProblem,
    Turn,
    judge,
    lacking,
)
from shuxiang.student_librarians.rules.modelling import Model
from shuxiang.student_librarians.rules.rostering import begin, least_cost
from shuxiang.student_librarians.rules.solving import solve
from shuxiang.student_librarians.tests import tireless
from shuxiang.student_librarians.tests.factories import an_appointed_helper, refused
from shuxiang.timetable.actions import set_day, set_lessons
from shuxiang.timetable.tests.factories import a_period

MONDAY, DAY = date(2026, 9, 7), timedelta(days=1)


def a_problem(helpers, weeks, *, places=2, barred=0.3, seed=1):
    lot = Random(seed)  # noqa: S311 - the same school each time
    turns = tuple(
        Turn(shift=shift, on=MONDAY + timedelta(days=7 * week + day), places=places)
        for week in range(weeks)
        for day in range(5)
        for shift in range(2)
    )
    able = []
    for post in range(helpers):
        weekly = {(d, s) for d in range(5) for s in range(2) if lot.random() < barred}
        no = {n for n, turn in enumerate(turns) if (turn.on.weekday(), turn.shift) in weekly}
        able.append(Helper(post=post, is_experienced=post % 3 == 0, barred=frozenset(no)))
    return RosterProblem(helpers=tuple(able), turns=turns)


def test_r31_sixty_helpers_for_twenty_weeks_proven_best():
    problem = a_problem(60, 20)
    answer = solve(problem, 10, tell=lambda found: None)
    judged = judge(problem, answer.puts)
    assert (judged.broken, judged.short, judged.uneven) == (0, 0, 0)
    assert answer.is_best
    assert judged.cost == answer.cost == answer.bound


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_r31_the_solver_is_held_to_the_count_and_to_the_bound(seed):
    problem = a_problem(5, 2, barred=0.5, seed=seed)
    begun = begin(problem)
    answer = Model(problem, begun).solve(seconds=20, workers=2)
    judged = judge(problem, answer.puts)
    assert judged.broken == 0
    assert judged.cost == answer.cost <= begun.cost
    assert least_cost(problem) <= answer.bound <= answer.cost


def test_r31_who_cannot_is_never_put_and_an_impossible_turn_stays_empty():
    turns = (Turn(shift=1, on=MONDAY, places=1), Turn(shift=2, on=MONDAY, places=1))
    helpers = (Helper(post=1, barred=frozenset({1})), Helper(post=2, barred=frozenset({1})))
    problem = RosterProblem(helpers=helpers, turns=turns)
    answer = solve(problem, 10, tell=lambda found: None)
    assert [place for _post, place in answer.puts] == [0]
    assert answer.is_best
    (lack,) = lacking(problem, answer.puts)
    assert (lack.shift, lack.empty, lack.wanted, lack.able) == (2, 1, 1, 0)


@pytest.mark.parametrize(("barred", "puts"), [((), (2, 1)), ((0,), (1, 2))])
def test_r31_a_wish_is_kept_unless_something_else_is_worse_for_it(barred, puts):
    turns = tuple(Turn(shift=day, on=MONDAY + timedelta(days=day), places=1) for day in range(2))
    helpers = (
        Helper(post=1, unloved=frozenset({0}), is_experienced=True),
        Helper(post=2, barred=frozenset(barred), is_experienced=True),
    )
    problem = RosterProblem(helpers=helpers, turns=turns)
    answer = Model(problem, begin(problem)).solve(seconds=10, workers=2)
    assert sorted(answer.puts, key=lambda put: put[1]) == [(puts[0], 0), (puts[1], 1)]
    judged = judge(problem, answer.puts)
    assert judged.unloved == (1 if barred else 0)
    assert judged.cost == answer.cost
    assert answer.is_best


def ask(library, weeks=4):
    last = TODAY + timedelta(days=7 * weeks - 1)
    facts = {"term": library.term, "from_on": TODAY, "until_on": last, "by": library.librarian}
    return actions.ask_for_roster(**facts, now=NOW)


def test_r31_a_roster_is_made_by_a_job_and_keeps_lessons_wishes_and_closed_days(
    library, posts, noon
):
    facts = {"by": library.librarian, "now": NOW}
    other = a_reader(library.school, "五班", school_class=a_class(library.school, 5, 1), card="R9")
    posts.append(an_appointed_helper(other, library.term, **facts))
    period = a_period(library.school, "午休", time(12))
    set_lessons(
        term=library.term,
        school_class=posts[-1].school_class,
        lessons=[(0, period)],
        **facts,
    )
    closed = TODAY + timedelta(days=7)
    set_day(school=library.school, on=closed, is_open=False, **facts)
    actions.say_unable(post=posts[0], shifts=[noon[0]], days=[TODAY + timedelta(days=1)], **facts)
    roster = ask(library)
    assert refused(
        actions.ask_for_roster,
        term=library.term,
        from_on=TODAY,
        until_on=TODAY,
        by=library.librarian,
    ) == [Refusal.ROSTER_IS_BEING_SOLVED]
    assert run(roster.job, clock=lambda: NOW)
    roster = Roster.objects.get()
    assert (roster.state, roster.answer["is_best"]) == (Roster.State.READY, True), roster.answer
    assert not Duty.objects.exists(), "nothing is in force before somebody decides"
    actions.place_roster(roster=roster, **facts)
    duties = list(Duty.objects.select_related("shift"))
    assert len(duties) == roster.answer["turns"] == 14, "two of eight shifts fall on no open day"
    assert not [one for one in duties if one.on == closed]
    assert not [one for one in duties if one.post == posts[-1] and one.shift == noon[0]]
    mine = [one for one in duties if one.post == posts[0]]
    assert not [one for one in mine if one.shift == noon[0] or one.on == TODAY + timedelta(days=1)]
    assert queries.broken_invariants(library.school) == []


def proposed(library, posts, noon, *, ahead=(7, 14)):
    """A roster with the first helper at noon on Mondays, as a solver would leave it."""
    roster = ask(library)
    roster.puts = [
        [posts[0].pk, noon[0].pk, (TODAY + timedelta(days=days)).isoformat()] for days in ahead
    ]
    roster.state = Roster.State.READY
    roster.save()
    return roster


def standing():
    return {(duty.post_id, duty.on) for duty in Duty.objects.all()}


def counted(roster):
    return {share.line.post.pk: (share.before, share.after) for share in queries.shares(roster)}


def test_r31_a_proposed_roster_is_put_in_force_and_taken_back_as_a_whole(library, posts, noon):
    facts = {"by": library.librarian, "now": NOW}
    week, two_weeks = TODAY + timedelta(days=7), TODAY + timedelta(days=14)
    same = actions.give_duty(post=posts[0], shift=noon[0], on=week, **facts)
    other = actions.give_duty(post=posts[1], shift=noon[0], on=two_weeks, **facts)
    before = standing()
    roster = proposed(library, posts, noon)
    assert refused(actions.take_roster_back, roster=roster, by=library.librarian) == [
        Refusal.ROSTER_IS_DECIDED
    ]
    assert counted(roster)[posts[1].pk] == (1, 0)
    actions.place_roster(roster=roster, **facts)
    assert standing() == {(posts[0].pk, week), (posts[0].pk, two_weeks)}
    assert Duty.objects.filter(pk=same.pk).exists(), "what both have stays, with its swaps"
    counts = {posts[0].pk: (1, 2), posts[1].pk: (1, 0), posts[2].pk: (0, 0), posts[3].pk: (0, 0)}
    assert counted(roster) == counts
    Duty.objects.filter(pk=same.pk).update(came=True)
    assert counted(roster) == counts, "a turn that was done is counted once"
    Duty.objects.filter(pk=same.pk).update(came=None)
    actions.take_roster_back(roster=roster, **facts)
    assert standing() == before
    assert not Duty.objects.filter(pk=other.pk).exists()
    assert counted(roster) == counts, "also once it is taken back, and turns were done"
    twice = {"roster": roster, "by": library.librarian}
    assert refused(actions.place_roster, **twice) == [Refusal.ROSTER_IS_DECIDED]


def test_r31_what_a_helper_would_rather_not_is_no_bar_and_yet_kept(library, posts, noon):
    facts = {"by": library.librarian, "now": NOW}
    wish = {"shifts": [noon[1]], "days": [], "rather_not": noon}
    for post in posts[:2]:
        actions.say_unable(post=post, **wish, **facts)
    actions.say_unable(post=posts[2], shifts=[], days=[], rather_not=[noon[0]], **facts)
    roster = propose_at_once(term=library.term, from_on=TODAY, until_on=TODAY + DAY)

    kept = {(post, shift) for post, shift, _ in roster.puts}
    assert kept == {(post.pk, noon[at >= 2].pk) for at, post in enumerate(posts)}
    assert (roster.answer["unloved"], roster.answer["unable"], roster.answer["short"]) == (2, 2, 0)


def test_r31_what_no_longer_fits_is_neither_put_in_force_nor_taken_back(library, posts, noon):
    facts = {"by": library.librarian, "now": NOW}
    roster = proposed(library, posts, noon)
    actions.say_unable(post=posts[0], shifts=[noon[0]], days=[], **facts)
    asked = {"roster": roster, "by": library.librarian}
    assert refused(actions.place_roster, **asked) == [Refusal.ROSTER_OUT_OF_DATE]
    assert (standing(), Roster.objects.get().state) == (set(), Roster.State.READY)
    actions.say_unable(post=posts[0], shifts=[], days=[], **facts)
    actions.place_roster(roster=roster, **facts)
    actions.take_duty_away(duty=Duty.objects.earliest("on"), **facts)
    stood = standing()
    assert refused(actions.take_roster_back, **asked) == [Refusal.ROSTER_CHANGED_SINCE]
    assert standing() == stood


def test_r31_a_stop_ends_the_solver_and_keeps_the_best_so_far(library, posts, noon):
    roster = ask(library)
    assert jobs.claim(roster.job, runner="here/1", now=NOW)
    for _twice in range(2):
        actions.stop_roster(roster=roster, by=library.librarian, now=NOW)
    assert Entry.objects.filter(verb="student_librarians.stop_roster").count() == 1
    found = proposals.look(
        roster, roster.job, tireless.look_on, (), report=report_of, clock=lambda: NOW
    )
    assert found.puts == ((1, 0),)
    assert Job.objects.get().report["turns"] == 1, "the page could show it meanwhile"


def test_r31_what_fell_over_or_waits_makes_way_for_the_next(library, posts, noon):
    fell_over = ask(library)
    Job.objects.update(state="failed")
    waits = ask(library)
    Roster.objects.filter(pk=waits.pk).update(state=Roster.State.READY)
    ask(library)
    states = list(Roster.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["failed", "set_aside", "solving"]
    for roster in (fell_over, waits):
        asked = {"roster": roster, "by": library.librarian}
        assert refused(actions.place_roster, **asked) == [Refusal.ROSTER_IS_DECIDED]


def test_r31_no_roster_without_hours_or_helpers_or_days(library, noon):
    facts = {"term": library.term, "from_on": TODAY, "until_on": TODAY, "by": library.librarian}
    assert refused(actions.ask_for_roster, **facts) == [Refusal.NOBODY_APPOINTED]
    yesterday = TODAY - timedelta(days=1)
    over = {**facts, "until_on": yesterday}
    assert refused(actions.ask_for_roster, **over) == [Refusal.ROSTER_ENDS_BEFORE_IT_BEGINS]
    over["from_on"] = yesterday
    assert refused(actions.ask_for_roster, **over) == [Refusal.DAYS_OUTSIDE_TERM]
    saturday, sunday = (TODAY + timedelta(days=ahead) for ahead in (5, 6))
    closed = {**facts, "from_on": saturday, "until_on": sunday}
    assert refused(actions.ask_for_roster, **closed) == [Refusal.NO_TURNS]
    for shift in noon:
        actions.remove_shift(shift=shift, by=library.librarian, now=NOW)
    assert refused(actions.ask_for_roster, **facts) == [Refusal.NO_SHIFTS]
    assert not Roster.objects.exists()
