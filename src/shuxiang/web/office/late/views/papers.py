"""What is printed of late books: slips to hand out, the sheet for the meeting, today's classes."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from shuxiang.circulation import queries
from shuxiang.circulation.queries import LateClass, LateReader
from shuxiang.platform.schools.queries import school_year, setting
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import turns_on
from shuxiang.web.access import Request, may
from shuxiang.web.office.late.texts import NAMES
from shuxiang.web.office.late.views.late import lines_of
from shuxiang.web.office.own_classes import classes_of, own_class


@may("circulation.see_class_late")
@require_safe
def slips(request: Request, pk: int | None = None) -> HttpResponse:
    """Print a slip a pupil or a slip a class, of one class or of all that one looks after."""
    today = request.school.day(now())
    wanted = own_class(request, pk) if pk else None
    recall = _term_to_recall(request, today)
    books = (
        queries.see_books_to_recall(recall, today)
        if recall
        else queries.see_late(request.school, today)
    )
    own = _own(request, books)
    found = [late for late in own if wanted is None or late.school_class == wanted]
    is_due = request.GET.get("due") == "1"
    lines = lines_of(request, found)
    context = {
        "lines": lines,
        "pupils": [(line, one) for line in lines for one in _for_slips(line.late, is_due=is_due)],
        "by_class": request.GET.get("for") == "class",
        "is_due": is_due,
        "today": today,
        "school_class": wanted,
        "recall": recall,
        "recall_on": recall and queries.recall_day(recall),
        "last_day": _last_day(request, today),
    }
    return render(request, "office/late/slips.html", context)


@may("circulation.see_late")
@require_safe
def meeting(request: Request) -> HttpResponse:
    """Print the sheet for the morning meeting: a row a class, to be ticked."""
    today = request.school.day(now())
    lines = lines_of(request, queries.see_late(request.school, today))
    context = {
        "lines": sorted(lines, key=lambda line: (line.late.grade or 99, line.name)),
        "today": today,
        "names_shown": setting(request.school, NAMES),
        "books": sum(line.late.books for line in lines),
    }
    return render(request, "office/late/meeting.html", context)


@may("circulation.see_morning_list")
@require_safe
def see_morning_list(request: Request) -> HttpResponse:
    """Print what the classes that come today have not brought back."""
    today = request.school.day(now())
    due = turns_on(request.school, today)
    found = queries.see_morning_list(
        request.school, dict.fromkeys(one.school_class for one in due), today
    )
    periods = {one.school_class.pk: one.period for one in reversed(due)}
    context = {
        "rows": [
            (line, periods[late.school_class.pk])
            for late, line in zip(found, lines_of(request, found), strict=True)
            if late.school_class
        ],
        "today": today,
    }
    return render(request, "office/late/morning.html", context)


def _term_to_recall(request: Request, today: date) -> Term | None:
    """Give the term whose books are called back, if the slips are for that."""
    if request.GET.get("recall") != "1":
        return None
    return queries.term_to_recall(request.school, today)


def _last_day(request: Request, today: date) -> date | None:
    """Tell the recall day, if it is still to come."""
    term = queries.term_to_recall(request.school, today)
    day = queries.recall_day(term) if term else None
    return day if day and day >= today else None


def _own(request: Request, found: list[LateClass]) -> list[LateClass]:
    """Leave a teacher the own classes."""
    if request.user.has_perm("circulation.see_late"):
        return found
    own = classes_of(request, school_year(request.school, request.school.day(now())))
    return [late for late in found if late.school_class in own]


def _for_slips(late: LateClass, *, is_due: bool) -> tuple[LateReader, ...]:
    """Choose whose slips are printed: all, or of those whose slip is due today."""
    if not is_due:
        return late.readers
    return tuple(
        one for tell in late.to_tell if tell.step.channel == "slip" for one in tell.readers
    )
