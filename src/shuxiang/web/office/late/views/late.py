"""What is late, by class: who is told today, and one class for its teacher."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from shuxiang.circulation import queries
from shuxiang.circulation.models import Forfeit, Notice
from shuxiang.circulation.queries import LateClass, ToTell
from shuxiang.circulation.rules import Step
from shuxiang.platform.schools.queries import school_year, settings_of
from shuxiang.readers.models import SchoolClass
from shuxiang.web.access import Request, may
from shuxiang.web.office.late.forms import ProposalForm, TellForm
from shuxiang.web.office.late.texts import NAMES, chat_text, name_of
from shuxiang.web.office.late.told import shown_notices
from shuxiang.web.office.own_classes import own_class

NOTICES_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Line:
    """A class as its row shows it, with the text for its chat."""

    late: LateClass
    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Task:
    """Somebody who is to be told today."""

    line: Line
    tell: ToTell
    whom: str
    channel: str
    names: str
    books: int


@may("circulation.see_late")
@require_safe
def see_late(request: Request) -> HttpResponse:
    """Show who is to be told today, and what is late by class."""
    today = request.school.day(now())
    lines = lines_of(request, queries.see_late(request.school, today))
    tasks = _tasks(lines)
    told = queries.see_notices(request.school).filter(on=today, taken_back_at=None)
    context = {
        "lines": lines,
        "classes": sum(bool(line.late.school_class) for line in lines),
        "tasks": tasks,
        "sums": _sums(tasks),
        "told": shown_notices(told, school_year(request.school, today)),
        "books": sum(line.late.books for line in lines),
        "slips": sum(len(task.tell.readers) for task in tasks if task.tell.step.channel == "slip"),
    }
    return render(request, "office/late/late.html", context)


@may("circulation.see_class_late")
@require_safe
def see_class_late(request: Request, pk: int) -> HttpResponse:
    """Show a class: whose books are late, and who was told; a teacher sees the own class."""
    return _page(request, own_class(request, pk))


@may("circulation.see_late")
@require_safe
def see_staff(request: Request) -> HttpResponse:
    """Show which books of teachers and staff are late."""
    return _page(request, None)


def _page(request: Request, school_class: SchoolClass | None) -> HttpResponse:
    today, chosen = request.school.day(now()), settings_of(request.school)
    late = queries.see_class_late(request.school, school_class, today)
    (line,) = lines_of(request, [late])
    key = school_class.pk if school_class else None
    told = queries.see_notices(request.school).filter(school_class=key)[:NOTICES_SHOWN]
    context = {
        "line": line,
        "late": late,
        "tasks": _tasks([line]),
        "told": shown_notices(told, school_year(request.school, today)),
        "names_shown": chosen[NAMES],
        "tell_form": TellForm(),
        "is_own": not request.user.has_perm("circulation.see_late"),
    }
    if school_class and chosen["late.class_forgoes"]:
        forfeits = queries.see_forfeits(request.school).filter(school_class=school_class)
        context["forfeits"] = forfeits[:NOTICES_SHOWN]
        asked = {"why": Forfeit.Why.LATE, "books": late.books or 1}
        if not forfeits.filter(state=Forfeit.State.PROPOSED).exists():
            context["proposal"] = ProposalForm(initial=asked, late=late.books)
    return render(request, "office/late/class.html", context)


def lines_of(request: Request, found: Iterable[LateClass]) -> list[Line]:
    """Name the classes and write the texts for their chats."""
    chosen = settings_of(request.school)
    return [
        Line(
            late=late,
            name=name_of(late),
            text=chat_text(late, school=request.school, chosen=chosen) if late.readers else "",
        )
        for late in found
    ]


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A step that is to be taken for several classes at once."""

    step: Step
    whom: str
    channel: str
    classes: int
    loans: list[int]


def _sums(tasks: Iterable[Task]) -> list[Sum]:
    """Join what several classes are to be told in the same way."""
    ways: dict[tuple[str, str], list[Task]] = {}
    for task in tasks:
        ways.setdefault((task.whom, task.channel), []).append(task)
    return [
        Sum(
            step=alike[0].tell.step,
            whom=whom,
            channel=channel,
            classes=len(alike),
            loans=[loan for task in alike for loan in task.tell.loans],
        )
        for (whom, channel), alike in ways.items()
        if len(alike) > 1
    ]


def _tasks(lines: Iterable[Line]) -> list[Task]:
    """List who is to be told, the readers themselves first."""
    tasks = [
        Task(
            line=line,
            tell=tell,
            whom=str(Notice.Whom(tell.step.whom).label),
            channel=str(Notice.Channel(tell.step.channel).label),
            names="、".join(one.reader.name for one in tell.readers),
            books=len(tell.loans),
        )
        for line in lines
        for tell in line.late.to_tell
    ]
    return sorted(tasks, key=lambda task: task.tell.step.after_days)
