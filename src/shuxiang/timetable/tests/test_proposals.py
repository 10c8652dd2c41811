"""A rotation is asked for, solved beside the desks, accepted in one act and taken back in one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shuxiang.platform.audit.models import Entry
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.worker import run
from shuxiang.readers.tests.factories import NOW, TODAY, a_class
from shuxiang.timetable import actions, queries
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import Proposal, Slot, Turn, Wish
from shuxiang.timetable.rules import Reason
from shuxiang.timetable.tests.factories import BEFORE, a_slot, a_term, a_turn

State = Proposal.State
LENDING = Slot.Purpose.LENDING


@pytest.fixture
def term(school):
    return a_term(school)


@pytest.fixture
def classes(school):
    return [a_class(school, number=number) for number in (1, 2, 3)]


@pytest.fixture
def slots(school):
    return [a_slot(school, weekday=weekday) for weekday in range(3)]


def comes(term, **said):
    said = {"kind": Wish.Kind.COMES, "purpose": LENDING, "every": 1} | said
    return actions.change_wish(term=term, said=said, by=None, now=NOW)


def asked(term, librarian):
    return actions.ask_for_rotation(term=term, by=librarian, now=NOW)


def ready(term, librarian, slots, classes):
    """A proposal with a class a slot, as a solver would leave it."""
    comes(term)
    proposal = asked(term, librarian)
    proposal.puts = [[slot.pk, one.pk, "every"] for slot, one in zip(slots, classes, strict=True)]
    proposal.state = State.READY
    proposal.save()
    return proposal


def standing(term):
    return {(turn.slot_id, turn.school_class_id) for turn in queries.see_timetable(term)}


def refused(act, **asked_for):
    with pytest.raises(TimetableRefused) as refusal:
        act(**asked_for, now=NOW)
    return refusal.value.reasons


def test_r26_a_rotation_is_solved_in_a_process_of_its_own_and_waits_for_a_decision(
    term, librarian, slots, classes
):
    comes(term)
    proposal = asked(term, librarian)
    assert run(proposal.job, clock=lambda: NOW)
    proposal.refresh_from_db()

    assert (proposal.state, proposal.answer["outcome"]) == (State.READY, "best")
    assert sorted(put[1] for put in proposal.puts) == [one.pk for one in classes]
    assert Job.objects.get().state == "done"
    assert standing(term) == set()


def test_accepting_lets_the_proposal_stand_and_keeps_what_both_have(
    term, librarian, slots, classes
):
    same = a_turn(term, slots[0], classes[0])
    a_turn(term, slots[1], classes[2])
    proposal = ready(term, librarian, slots, classes)
    actions.accept_proposal(proposal=proposal, by=librarian, now=NOW)

    assert standing(term) == {(slot.pk, one.pk) for slot, one in zip(slots, classes, strict=True)}
    assert Turn.objects.standing().filter(pk=same.pk).exists()
    assert Entry.objects.filter(verb="timetable.accept_proposal").count() == 1
    assert refused(actions.accept_proposal, proposal=proposal, by=librarian) == [
        Reason.PROPOSAL_DECIDED
    ]


def test_a_rotation_that_is_accepted_in_the_term_holds_from_tomorrow(
    school, term, librarian, slots, classes
):
    a_turn(term, slots[0], classes[2], now=BEFORE)
    proposal = ready(term, librarian, slots, classes)
    actions.accept_proposal(proposal=proposal, by=librarian, now=NOW)
    coming = {
        days: [(one.turn.slot_id, one.school_class.pk) for one in queries.turns_on(school, day)]
        for days, day in ((days, TODAY + timedelta(days=days)) for days in (0, 7))
    }
    assert coming == {0: [(slots[0].pk, classes[2].pk)], 7: [(slots[0].pk, classes[0].pk)]}
    actions.take_back_proposal(proposal=proposal, by=librarian, now=NOW)
    assert [one.school_class for one in queries.turns_on(school, TODAY)] == [classes[2]]
    assert [one.school_class for one in queries.turns_on(school, TODAY + timedelta(days=7))] == [
        classes[2]
    ]


def test_an_accepted_rotation_is_taken_back_as_a_whole_with_its_pins(
    term, librarian, slots, classes
):
    turn = a_turn(term, slots[2], classes[0], "a")
    actions.pin_turn(turn=turn, by=librarian, now=NOW)
    proposal = ready(term, librarian, slots, classes)
    actions.accept_proposal(proposal=proposal, by=librarian, now=NOW)
    actions.take_back_proposal(proposal=proposal, by=librarian, now=NOW)

    (back,) = queries.see_timetable(term)
    assert (back.slot, back.school_class, back.weeks, back.is_pinned) == (
        slots[2],
        classes[0],
        "a",
        True,
    )


def test_it_is_not_taken_back_over_a_class_that_was_moved_since(term, librarian, slots, classes):
    proposal = ready(term, librarian, slots, classes)
    actions.accept_proposal(proposal=proposal, by=librarian, now=NOW)
    actions.take_turn_away(turn=queries.see_timetable(term)[0], by=librarian, now=NOW)

    before = standing(term)
    assert refused(actions.take_back_proposal, proposal=proposal, by=librarian) == [
        Reason.ROTATION_CHANGED_SINCE
    ]
    assert standing(term) == before


def test_a_slot_removed_meanwhile_makes_a_proposal_out_of_date(term, librarian, slots, classes):
    proposal = ready(term, librarian, slots, classes)
    actions.remove_slot(slot=slots[1], by=librarian, now=NOW)

    assert refused(actions.accept_proposal, proposal=proposal, by=librarian) == [
        Reason.PROPOSAL_OUT_OF_DATE
    ]
    assert standing(term) == set()


def test_nothing_is_solved_without_a_rule_a_slot_or_time(school, term, librarian):
    ask = {"term": term, "by": librarian}
    assert refused(actions.ask_for_rotation, **ask) == [Reason.NOBODY_COMES, Reason.NO_SLOTS]
    comes(term)
    a_slot(school)
    asked(term, librarian)
    assert refused(actions.ask_for_rotation, **ask) == [Reason.SOLVING_ALREADY]
    with pytest.raises(TimetableRefused) as over:
        actions.ask_for_rotation(term=term, by=librarian, now=NOW + timedelta(days=200))
    assert Reason.TERM_IS_OVER in over.value.reasons


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"kind": "not"}, Reason.WISH_WITHOUT_TIME),
        ({"kind": "comes"}, Reason.WISH_WITHOUT_PURPOSE),
        (
            {"kind": "only", "weekdays": [1], "first_grade": 4, "last_grade": 3},
            Reason.WISH_GRADES_TURNED_ROUND,
        ),
        ({"kind": "comes", "purpose": "lending", "times": 8}, Reason.WISH_TOO_OFTEN),
    ],
)
def test_a_rule_that_says_nothing_is_refused(term, said, reason):
    assert refused(actions.change_wish, term=term, said=said, by=None) == [reason]
    assert not Wish.objects.exists()


def test_the_lessons_of_a_class_are_said_anew_each_time(term, slots, classes):
    period = slots[0].period
    for weekdays in ([0, 2], [1]):
        actions.set_lessons(
            term=term,
            school_class=classes[0],
            lessons=[(weekday, period) for weekday in weekdays],
            by=None,
            now=NOW,
        )
    assert [wish.weekdays for wish in queries.lessons_of(term, classes[0])] == [[1]]
