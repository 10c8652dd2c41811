"""What the records of helpers, visits and orientation leave to be done; one question each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from shuxiang.programmes.queries import still_to_learn
from shuxiang.student_librarians.models import Meeting, Post, Problem, Training
from shuxiang.student_librarians.queries import gaps
from shuxiang.timetable.models import MissedVisit, Term
from shuxiang.web.office.today.task import Task

TO_CATCH_UP = timedelta(days=14)
"""How long a class that could not come is spoken of."""
AHEAD = 7
"""Days ahead in which helpers are looked for."""


def recorded(term: Term, now: datetime) -> Iterator[Task]:
    """List today's sessions with the helpers, the turns without helpers, and what is left open."""
    today = term.school.day(now)
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
    yield from _turns_without_helpers(term, now)
    for left, said, page in _left_open(term, today):
        if n := left.count():
            yield Task(words=said % {"n": n}, when=_("soon"), address=reverse(page))


def _turns_without_helpers(term: Term, now: datetime) -> Iterator[Task]:
    if missing := gaps(term, now, days=AHEAD):
        words = ngettext(
            "Find helpers for %(n)s turn on duty",
            "Find helpers for %(n)s turns on duty",
            len(missing),
        )
        is_today = missing[0].on == term.school.day(now)
        yield Task(
            words=words % {"n": len(missing)},
            when=_("today") if is_today else _("soon"),
            address=reverse("student_librarians.see_roster"),
            is_pressing=is_today,
        )


def _left_open(term: Term, today: date) -> Iterator[tuple[QuerySet[Any], Promise, str]]:
    """Give what may be left open: the rows, the words for their number, and the page."""
    yield (
        Post.objects.filter(term=term, state=Post.State.PROPOSED),
        ngettext_lazy(
            "Decide about %(n)s candidate for helper",
            "Decide about %(n)s candidates for helper",
            "n",
        ),
        "student_librarians.see_posts",
    )
    yield (
        Problem.objects.filter(meeting__term=term, settled_on=None),
        ngettext_lazy(
            "Put %(n)s problem right that a meeting raised",
            "Put %(n)s problems right that meetings raised",
            "n",
        ),
        "student_librarians.see_meetings",
    )
    span = (max(today - TO_CATCH_UP, term.starts_on), today)
    yield (
        MissedVisit.objects.filter(school=term.school, caught_up_on=None, on__range=span),
        ngettext_lazy(
            "Let %(n)s missed visit be caught up", "Let %(n)s missed visits be caught up", "n"
        ),
        "timetable.see_visits",
    )
    yield (
        still_to_learn(term),
        ngettext_lazy(
            "Introduce %(n)s pupil to the library who was not there",
            "Introduce %(n)s pupils to the library who were not there",
            "n",
        ),
        "programmes.see_orientation",
    )


def _at(clock: time | None) -> str:
    return f"{clock:%H:%M}" if clock else _("today")
