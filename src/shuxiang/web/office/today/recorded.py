"""What the records of helpers, visits and orientation leave to be done; one question each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuxiang.programmes.models import Missed
from shuxiang.student_librarians.models import Meeting, Post, Problem, Training
from shuxiang.timetable.models import MissedVisit, Term
from shuxiang.web.office.today.task import Task

TO_CATCH_UP = timedelta(days=14)
"""How long a class that could not come is spoken of."""


def recorded(term: Term, today: date) -> Iterator[Task]:
    """List today's sessions with the helpers, and what is left open."""
    for training in Training.objects.filter(term=term, on=today):
        words = _("Train the helpers: %(topic)s") % {"topic": training.topic}
        address = reverse("student_librarians.take_attendance", args=[training.pk])
        yield Task(words=words, when=_at(training.starts_at), address=address, is_pressing=True)
    for meeting in Meeting.objects.filter(term=term, on=today):
        address = reverse("student_librarians.change_meeting", args=[meeting.pk])
        yield Task(
            words=_("Meet the helpers"),
            when=_at(meeting.starts_at),
            address=address,
            is_pressing=True,
        )
    yield from _helpers(term)
    yield from _classes(term, today)


def _helpers(term: Term) -> Iterator[Task]:
    if n := Post.objects.filter(term=term, state=Post.State.PROPOSED).count():
        words = ngettext(
            "Decide about %(n)s candidate for helper", "Decide about %(n)s candidates for helper", n
        )
        yield _soon(words, n, "student_librarians.see_posts")
    if n := Problem.objects.filter(meeting__term=term, settled_on=None).count():
        words = ngettext(
            "Put %(n)s problem right that a meeting raised",
            "Put %(n)s problems right that meetings raised",
            n,
        )
        yield _soon(words, n, "student_librarians.see_meetings")


def _classes(term: Term, today: date) -> Iterator[Task]:
    missed = MissedVisit.objects.filter(school=term.school, caught_up_on=None)
    span = (max(today - TO_CATCH_UP, term.starts_on), today)
    if n := missed.filter(on__range=span).count():
        words = ngettext(
            "Let %(n)s missed visit be caught up", "Let %(n)s missed visits be caught up", n
        )
        yield _soon(words, n, "timetable.see_visits")
    if n := Missed.objects.filter(session__term=term, caught_up_on=None).count():
        words = ngettext(
            "Introduce %(n)s pupil to the library who was not there",
            "Introduce %(n)s pupils to the library who were not there",
            n,
        )
        yield _soon(words, n, "programmes.see_orientation")


def _soon(words: str, n: int, page: str) -> Task:
    return Task(words=words % {"n": n}, when=_("soon"), address=reverse(page))


def _at(clock: time | None) -> str:
    return f"{clock:%H:%M}" if clock else _("today")
