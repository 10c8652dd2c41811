"""The pupils who help in the demo: appointed at the term's beginning, on a roster, most of them come."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from shuxiang.demo.stage import Stage, moment
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import reader_of
from shuxiang.student_librarians import actions
from shuxiang.student_librarians.actions.rostering import propose_at_once
from shuxiang.student_librarians.models import Duty
from shuxiang.student_librarians.rules import Hours, from_kept
from shuxiang.timetable.models import Term

HELPERS = 8
NOON = (time(12, 10), time(13, 0))
GRADES = (4, 5)
WEEKS = 6
RELIABLE = 0.93
CLOSING = time(18, 0)
LEAST_SEAT, LAST_SEAT = 2, 8


def appoint(stage: Stage, term: Term, *, day: date) -> None:
    """Name, train, test and appoint a few pupils of the upper grades, and make their roster."""
    facts: dict[str, Any] = {"by": stage.librarian, "now": moment(day, time(7, 10))}
    for weekday in range(5):
        hours = Hours(weekday=weekday, starts_at=NOON[0], ends_at=NOON[1])
        actions.change_shift(school=stage.school, name="中午", hours=hours, places=2, **facts)
    posts = [
        actions.nominate(reader=reader, term=term, why="细心、负责，爱读书。", **facts)
        for reader in _chosen(stage)
    ]
    training = actions.plan_training(
        term=term, on=day, topic="借书还书、索书号与排架", place="图书馆", **facts
    )
    actions.take_attendance(training=training, came=posts, **facts)
    for number, post in enumerate(posts):
        exam = actions.sit_test(post=post, **facts)
        right = [from_kept(kept).right for kept in exam.questions]
        wrong = [0 if right[0] else 1, *right[1:]] if number % 2 else right
        actions.hand_in(test=exam, answers=wrong, **facts)
        actions.appoint(post=post, **facts)
    _roster(stage, term, day, facts)


def _roster(stage: Stage, term: Term, day: date, facts: dict[str, Any]) -> None:
    first = day + timedelta(days=1)
    last = min(term.ends_on, stage.today + timedelta(weeks=WEEKS))
    roster = propose_at_once(term=term, from_on=first, until_on=last)
    actions.place_roster(roster=roster, **facts)


def tick(stage: Stage, day: date) -> None:
    """Say at closing who came that day; now and then somebody forgot."""
    if day >= stage.today:
        return
    duties = list(Duty.objects.filter(school=stage.school, on=day).order_by("id"))
    if duties:
        came = [duty for duty in duties if stage.random.random() < RELIABLE]
        actions.tick_duties(
            school=stage.school,
            on=day,
            came=came,
            by=stage.librarian,
            now=moment(day, CLOSING),
        )


def _chosen(stage: Stage) -> list[Reader]:
    """Choose the helper whose account the demo shows, and pupils of the upper grades."""
    shown = [reader for reader in map(reader_of, stage.helpers) if reader]
    year = stage.present.first_year
    upper = [
        reader
        for school_class in stage.classes
        if school_class.grade(year) in GRADES
        for reader in stage.pupils[school_class.pk][LEAST_SEAT:LAST_SEAT]
    ]
    others = [reader for reader in upper if reader not in shown and reader != stage.shown]
    return [*shown, *others[:: max(1, len(others) // HELPERS)]][:HELPERS]
