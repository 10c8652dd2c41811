"""Ten questions from the rules in force, each with one right answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shuxiang.circulation.rules import Mode, Reason, Terms, TermsRow, Weight
from shuxiang.student_librarians.rules import (
    COUNT,
    Kind,
    RulesInForce,
    Topic,
    from_kept,
    right_answers,
    write_test,
)
from shuxiang.student_librarians.wording import options, question
from shuxiang.timetable.rules import Calendar, SaidDay

MONDAY = date(2026, 11, 23)
SEEDS = range(40)


def in_force(**more):
    terms = Terms(max_loans=3, loan_days=14, renewals=1, renewal_days=7)
    row = TermsRow(category="pupil", grade=None, collection=None, terms=terms)
    return RulesInForce(rows=(row,), calendar=Calendar(), today=MONDAY, grade=3, **more)


RICH = replace(
    in_force(recall_on=date(2027, 1, 15), mode=Mode.TIMETABLE),
    rows=(
        *in_force().rows,
        TermsRow(
            category="teacher", grade=None, collection=None, terms=Terms(max_loans=10, loan_days=60)
        ),
        TermsRow(
            category="pupil",
            grade=None,
            collection=7,
            terms=Terms(max_loans=1, loan_days=1, in_room_only=True),
        ),
    ),
    collections={7: "工具书"},
)


def asked(rules, topic):
    """The first question about a topic among many tests."""
    for seed in SEEDS:
        for one in write_test(rules, seed=seed):
            if one.topic is topic:
                return one
    raise AssertionError(topic)


@pytest.mark.parametrize("rules", [in_force(), RICH], ids=["bare", "rich"])
def test_r30_ten_different_questions_with_one_right_answer_each(rules):
    for test in (write_test(rules, seed=seed) for seed in SEEDS):
        assert len({one.topic for one in test}) == COUNT
        for one in test:
            assert 0 <= one.right < len(one.options)
            words = options(one)
            assert len(set(words)) == len(words) >= 2, (question(one), words)
            assert from_kept(one.as_kept()) == one


@pytest.mark.parametrize(
    ("topic", "right"),
    [
        (Topic.LIMIT, 3),
        (Topic.LOAN_DAYS, 14),
        (Topic.RENEWALS, 1),
        (Topic.RENEWAL_DAYS, 7),
        (Topic.TEACHER_LIMIT, 10),
        (Topic.IN_ROOM_ONLY, "no"),
        (Topic.RECALL_DAY, "2027-01-15"),
        (Topic.MODE, "timetable"),
        (Topic.OVER_LIMIT, "ask"),
    ],
)
def test_r30_the_right_answer_is_what_the_rules_say(topic, right):
    one = asked(RICH, topic)
    assert one.options[one.right] == right


def test_r30_where_the_next_visit_decides_no_days_are_asked():
    terms = Terms(max_loans=3, loan_days=14, renewals=1, renewal_days=7, until_next_visit=True)
    rows = (TermsRow(category="pupil", grade=None, collection=None, terms=terms),)
    rules = replace(RICH, rows=rows, next_visit_on=date(2026, 11, 27))
    topics = {one.topic for seed in SEEDS for one in write_test(rules, seed=seed)}
    assert Topic.NEXT_VISIT in topics
    assert topics.isdisjoint({Topic.LOAN_DAYS, Topic.RENEWAL_DAYS, Topic.DUE_DAY})


def test_r30_another_rule_is_another_right_answer():
    strict = Terms(max_loans=5, loan_days=30, weights={Reason.READER_HAS_OVERDUE: Weight.REFUSE})
    rows = (TermsRow(category="pupil", grade=None, collection=None, terms=strict),)
    rules = replace(in_force(), rows=rows)
    limit, late = asked(rules, Topic.LIMIT), asked(rules, Topic.HAS_OVERDUE)
    assert (limit.options[limit.right], late.options[late.right]) == (5, "refuse")


def test_titles_are_counted_as_titles_and_a_collection_is_named_alone():
    holds = asked(in_force(), Topic.HOLDS)
    assert "几种书" in question(holds)
    assert all(answer.endswith("种") for answer in options(holds))
    assert question(asked(RICH, Topic.IN_ROOM_ONLY)) == "同学可以把“工具书”借回家吗？"


def test_r30_due_days_know_the_calendar():
    closed = {date(2026, 12, day): SaidDay(is_open=False, why="运动会") for day in (7, 8)}
    one = asked(replace(in_force(), calendar=Calendar(said=closed)), Topic.DUE_OVER_REST)
    lent_on = date.fromisoformat(one.details["lent_on"])
    due = date.fromisoformat(one.options[one.right])
    assert Calendar(said=closed).is_open(due)
    assert (due - lent_on).days > 14


def test_r30_the_right_answer_stands_at_no_fixed_place():
    for kind in (Kind.BOOKS, Kind.DAYS, Kind.DAY, Kind.DEED):
        every = [one for seed in SEEDS for one in write_test(RICH, seed=seed)]
        assert len({one.right for one in every if one.kind is kind}) > 1, kind


def test_r30_right_answers_are_counted():
    test = write_test(in_force(), seed=1)
    right = [one.right for one in test]
    assert right_answers(test, right) == COUNT
    assert right_answers(test, [None, *right[1:]]) == COUNT - 1


def test_without_rules_for_pupils_there_is_no_test():
    assert write_test(replace(in_force(), rows=()), seed=1) == ()
