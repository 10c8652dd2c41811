"""The rotations of three plans come out of rules that are entered, and nothing else."""

from __future__ import annotations

from datetime import time

import pytest

from shuxiang.readers.queries import classes_at_school
from shuxiang.readers.tests.factories import NOW, YEAR, a_class
from shuxiang.timetable import actions, queries
from shuxiang.timetable.models import Slot, Wish
from shuxiang.timetable.rules import Hours, Weeks, missed
from shuxiang.timetable.rules.modelling import Model
from shuxiang.timetable.tests.factories import a_period, a_term

GRADES = range(1, 7)
MON, TUE, WED, THU, FRI = range(5)
LENDING, READING = Slot.Purpose.LENDING, Slot.Purpose.READING
Kind = Wish.Kind


@pytest.fixture
def term(school):
    """Six grades of three classes, and a term."""
    for grade in GRADES:
        for number in (1, 2, 3):
            a_class(school, grade, number)
    return a_term(school)


def slots(school, *, names, weekdays=range(5), purpose=LENDING, capacity=1):
    hours = {"第3节": 10, "午间": 12, "第5节": 13, "第6节": 14, "第7节": 15, "课后": 16}
    periods = [
        school.periods.get(name) or a_period(school, name, time(hours[name])) for name in names
    ]
    school.periods |= {period.name: period for period in periods}
    actions.add_slots(
        school=school,
        weekdays=list(weekdays),
        periods=periods,
        purpose=purpose,
        capacity=capacity,
        by=None,
        now=NOW,
    )


@pytest.fixture(autouse=True)
def _periods(school):
    school.periods = {}


def rule(term, kind, *grades, **said):
    """Enter a rule for a grade, for grades from the first to the last, or for all."""
    whom = {"first_grade": grades[0], "last_grade": grades[-1]} if grades else {}
    actions.change_wish(term=term, said={"kind": kind, **whom, **said}, by=None, now=NOW)


def solved(term):
    """Solve, and tell by grade which turns there are: weekday, hour, weeks, purpose."""
    problem = queries.problem_of(term)
    answer = Model(problem).solve(seconds=10, workers=1)
    assert missed(problem, answer.puts) == []
    slot_of = {slot.pk: slot for slot in queries.slots_given(term.school)}
    classes = {one.pk: one for one in classes_at_school(term.school, YEAR)}
    by_class: dict[int, list[tuple[int, int, Weeks, str]]] = {pk: [] for pk in classes}
    for put in answer.puts:
        slot = slot_of[put.slot]
        hour = slot.period.starts_at.hour
        by_class[put.school_class].append((slot.weekday, hour, put.weeks, slot.purpose))
    by_grade: dict[int | None, list[list[tuple[int, int, Weeks, str]]]] = {}
    for pk, turns in by_class.items():
        by_grade.setdefault(classes[pk].grade(YEAR), []).append(turns)
    return by_grade


def test_r27_plan_3_youngest_read_on_two_afternoons_and_others_borrow_every_second_week(
    school, term
):
    slots(school, names=["第3节", "第5节", "第6节"])
    slots(school, names=["第3节", "第5节", "第6节"], purpose=READING, capacity=2)
    slots(school, names=["午间"], purpose=READING, capacity=6)
    then = {"weekdays": [MON, WED], "part": Wish.Part.AFTERNOON}
    rule(term, Kind.COMES, 1, 2, purpose=READING, every=1, **then)
    rule(term, Kind.COMES, 3, 6, purpose=LENDING, every=2)
    by_grade = solved(term)

    for (turn,) in by_grade[1] + by_grade[2]:
        weekday, hour, weeks, purpose = turn
        assert (weekday in (MON, WED), hour >= 13, weeks, purpose) == (
            True,
            True,
            Weeks.EVERY,
            READING,
        )
    for grade in (3, 4, 5, 6):
        for (turn,) in by_grade[grade]:
            assert turn[2] in (Weeks.A, Weeks.B)
            assert turn[3] == LENDING


def test_r27_noon_is_neither_morning_nor_afternoon(school, term):
    slots(school, names=["第3节", "午间", "第5节"], purpose=LENDING, capacity=4)
    rule(term, Kind.COMES, purpose=LENDING, every=1)
    rule(term, Kind.NOT, part=Wish.Part.MORNING)
    rule(term, Kind.NOT, part=Wish.Part.AFTERNOON)
    rule(term, Kind.ONLY, 1, 6, part=Wish.Part.NOON)
    everything = [turn for turns in solved(term).values() for (turn,) in turns]
    assert {hour for _, hour, *_ in everything} == {12}


def test_r27_plan_6_each_grade_has_its_afternoon_friday_is_the_teachers_the_youngest_only_read(
    school, term
):
    slots(school, names=["第5节", "第6节", "第7节"])
    slots(school, names=["第3节", "第5节"], purpose=READING)
    rule(term, Kind.COMES, 3, 6, purpose=LENDING, every=1, part=Wish.Part.AFTERNOON)
    for grade, weekday in ((3, MON), (4, TUE), (5, WED), (6, THU)):
        rule(term, Kind.ONLY, grade, weekdays=[weekday], purpose=LENDING)
    rule(term, Kind.NOT, weekdays=[FRI], why="教师借书")
    rule(term, Kind.COMES, 1, 2, purpose=READING, every=1)
    by_grade = solved(term)

    for grade, weekday in ((3, MON), (4, TUE), (5, WED), (6, THU)):
        assert {(day, weeks) for (turn,) in by_grade[grade] for day, _, weeks, _ in [turn]} == {
            (weekday, Weeks.EVERY)
        }
    for turns in by_grade[1] + by_grade[2]:
        assert {purpose for *_, purpose in turns} == {READING}
    everything = [turn for grade in by_grade.values() for turns in grade for turn in turns]
    assert FRI not in {weekday for weekday, *_ in everything}


def test_r27_plan_2_every_class_reads_once_a_week_and_borrows_twice_a_month_when_it_is_open(
    school, term
):
    hours = [
        Hours(weekday=day, opens_at=start, closes_at=end)
        for day in (MON, TUE, WED, THU)
        for start, end in ((time(12), time(13)), (time(15), time(17)))
    ]
    actions.change_opening_hours(school=school, wanted=hours, by=None, now=NOW)
    slots(school, names=["午间", "第7节", "课后"])
    slots(school, names=["午间", "第7节", "课后"], purpose=READING, capacity=2)
    rule(term, Kind.COMES, purpose=READING, every=1)
    rule(term, Kind.COMES, purpose=LENDING, every=2)
    by_grade = solved(term)

    for grade in GRADES:
        for turns in by_grade[grade]:
            assert sorted((purpose, weeks is Weeks.EVERY) for _, _, weeks, purpose in turns) == [
                (LENDING, False),
                (READING, True),
            ]
            assert {weekday for weekday, *_ in turns} <= {MON, TUE, WED, THU}
