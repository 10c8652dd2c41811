"""What the page of a class visit shows: the class, the lesson, the pile, and the last rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuxiang.circulation.models import Visit
from shuxiang.circulation.queries import Board, Pupil, State, board, newest_entry, place_of_visit
from shuxiang.readers.queries.photos import photos_of
from shuxiang.timetable.queries import lesson_now, period_of
from shuxiang.web.access import Request
from shuxiang.web.components.people import photo_url
from shuxiang.web.desk.helping import check_class
from shuxiang.web.desk.pace import Pace, pace

HUES = 6
DONE = (State.LENT, State.KEPT, State.LATE, State.AWAY)
"""Pupils who need no more time at the desk."""
CLOTHES = {
    State.LENT: "lent",
    State.KEPT: "kept",
    State.LATE: "late",
    State.AWAY: "away",
    State.BACK: "todo",
    State.OUT: "todo",
    State.WAITING: "todo",
}
GROUPS = {
    State.LENT: "good",
    State.KEPT: "wait",
    State.LATE: "bad",
    State.AWAY: "none",
    State.BACK: "todo",
    State.OUT: "todo",
    State.WAITING: "todo",
}
SHAPES = {
    State.LENT: "check",
    State.BACK: "arrow-down-left",
    State.OUT: "clock",
    State.WAITING: "minus",
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One pupil on the grid."""

    pupil: Pupil
    number: int
    kind: str
    icon: str
    words: str
    group: str
    """The chip that counts this pupil."""
    photo: str = ""
    """Where the portrait is found, for the librarian alone."""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """The lesson in which the class is here."""

    name: str
    starts: datetime
    ends: datetime
    left: int
    """Minutes until it ends; 0 once it has."""
    gone: int
    """Minutes since it began."""
    whole: int


def visit_of(request: Request, visit_id: int) -> Visit:
    """Find a visit of this school.

    :raises Http404: if there is none
    :raises NotServed: if it is of a class that this helper does not serve
    """
    rows = Visit.objects.select_related(
        "school", "school_class__school", "turn__slot__period", "turn__school"
    )
    visit = get_object_or_404(rows, school=request.school, pk=visit_id)
    check_class(request, visit.school_class_id)
    return visit


def board_context(visit: Visit, now: datetime, *, helper: bool) -> dict[str, Any]:
    """Gather all that changes on the page of a visit, in a fixed number of queries."""
    shown = board(visit, visit.school.day(now))
    lesson = lesson_of(visit, now)
    done = sum(1 for pupil in shown.pupils if pupil.state in DONE)
    return {
        "board": shown,
        "cells": cells(shown, helper=helper, photos=_photos(shown, helper=helper)),
        "parts": parts(shown),
        "pile": pile(shown),
        "done": done,
        "lesson": lesson,
        "pace": _pace(shown, done, lesson, now),
        "missing": shown.to_return - shown.returned,
        "newest": newest_entry(visit),
        "place": place_of_visit(visit),
    }


def cells(
    shown: Board, *, helper: bool, photos: Mapping[int, str] = MappingProxyType({})
) -> list[Cell]:
    """Clothe every pupil of the grid, with the portraits of those who have one."""
    return [
        cell(place, pupil, helper=helper, photo=photos.get(pupil.reader.pk, ""))
        for place, pupil in enumerate(shown.pupils, start=1)
    ]


def _photos(shown: Board, *, helper: bool) -> dict[int, str]:
    readers = [pupil.reader for pupil in shown.pupils]
    return {} if helper else photos_of(shown.visit.school, readers)


def cell(place: int, pupil: Pupil, *, helper: bool, photo: str = "") -> Cell:
    """Clothe one pupil of the grid: a number, a word, a shape and a colour."""
    return Cell(
        pupil=pupil,
        number=pupil.reader.seat or place,
        kind=CLOTHES[pupil.state],
        icon=SHAPES.get(pupil.state, ""),
        words=state_words(pupil, helper=helper),
        group=GROUPS[pupil.state],
        photo=photo_url(pupil.reader.pk, photo),
    )


def state_words(pupil: Pupil, *, helper: bool) -> str:
    """Say in a few characters where a pupil stands; a helper learns that something is late."""
    words = {
        State.LENT: _("took %(n)s") % {"n": pupil.lent},
        State.KEPT: _("renewed %(n)s") % {"n": pupil.renewed},
        State.LATE: _("late") if helper else _("late by %(n)s") % {"n": pupil.late_days},
        State.AWAY: _("away"),
        State.BACK: _("%(n)s back") % {"n": pupil.returned},
        State.OUT: _("not back yet"),
        State.WAITING: _("nothing out"),
    }
    return words[pupil.state]


def parts(shown: Board) -> list[tuple[str, int]]:
    """Part the bar of the class into its groups."""
    counts = dict.fromkeys(GROUPS.values(), 0)
    for pupil in shown.pupils:
        counts[GROUPS[pupil.state]] += 1
    return list(counts.items())


def pile(shown: Board) -> list[int]:
    """Draw a spine a book that came back, in the hues of shelves, and a gap for each to come."""
    missing = shown.to_return - shown.returned
    return [place % HUES + 1 for place in range(shown.returned)] + [0] * missing


def sums(shown: Board) -> list[tuple[str, int]]:
    """Count the states as the list at the end tells them; what did not happen is left out."""
    words = {
        State.LENT: _("took books"),
        State.KEPT: _("renewed"),
        State.BACK: _("returned, took nothing"),
        State.OUT: _("brought nothing back"),
        State.WAITING: _("took nothing"),
        State.LATE: _("late"),
        State.AWAY: _("away"),
    }
    return [(said, shown.counts[state]) for state, said in words.items() if state in shown.counts]


def lesson_of(visit: Visit, now: datetime) -> Lesson | None:
    """Tell the lesson of a visit: its turn's, or else the one that goes on now."""
    period = period_of(visit.turn, visit.on) if visit.turn else lesson_now(visit.school, now)
    if period is None:
        return None
    starts, ends = _at(now, period.starts_at), _at(now, period.ends_at)
    return Lesson(
        name=period.name,
        starts=starts,
        ends=ends,
        left=max(0, _minutes(now, ends)),
        gone=min(max(0, _minutes(starts, now)), _minutes(starts, ends)),
        whole=_minutes(starts, ends),
    )


def _pace(shown: Board, done: int, lesson: Lesson | None, now: datetime) -> Pace:
    return pace(
        done=done,
        whole=len(shown.pupils),
        began=shown.visit.opened_at,
        now=now,
        ends=lesson.ends if lesson else None,
    )


def _at(now: datetime, clock: Any) -> datetime:
    return localtime(now).replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)
