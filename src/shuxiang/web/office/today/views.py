"""The door of the office, and its first page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shuxiang.circulation import queries as circulation
from shuxiang.platform.backup.queries import last_backup
from shuxiang.platform.schools.models import School
from shuxiang.student_librarians.queries import on_duty
from shuxiang.timetable import queries, wording
from shuxiang.timetable.models import Term
from shuxiang.timetable.rules import Calendar, DayKind, public_day, week_number
from shuxiang.web.access import Request, everyone, may
from shuxiang.web.office.nav import links
from shuxiang.web.office.today import beginnings, coming, doing, waiting

A_DAY = timedelta(days=1)
WITHOUT_WHICH_NOTHING = frozenset({"term", "readers", "books"})


@everyone
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Lead to the first room that the account may enter."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    rooms = links(request)
    return redirect(rooms[0].url if rooms else "front")


@may("circulation.see_loans")
@require_safe
def today_in_figures(request: Request) -> HttpResponse:
    """Show what is to be done today; a new library is shown how to begin."""
    moment = now()
    today = request.school.day(moment)
    steps = beginnings.steps(request.school)
    missing = [step for step in steps if not step.is_done]
    if any(step.name in WITHOUT_WHICH_NOTHING for step in missing):
        context = {"steps": steps, "done": len(steps) - len(missing), "next_step": missing[0]}
        return render(request, "office/today/beginning.html", {**context, **_backup(moment)})
    days = queries.calendar(request.school, around=today)
    context = {
        "missing": missing,
        "today": today,
        "before": (before := days.on_or_before(today - A_DAY)),
        "figures": circulation.today_in_figures(request.school, today, before),
        "duty": [one for one in on_duty(request.school, today, now=moment) if not one.falls_out],
        "state": queries.open_state(request.school, moment),
        **_day(request.school, days, moment),
        **_backup(moment),
    }
    return render(request, "office/today/today.html", {**context, "lead": _lead(context)})


def _lead(day: dict[str, Any]) -> str:
    """Say the day in one line."""
    said = []
    if day["term"]:
        said.append(_("Week %(week)s, %(letter)s.") % day)
    if day["closed_why"]:
        said.append(_("Closed today: %(closed_why)s.") % day)
    elif day["classes"]:
        n = day["classes"]
        said.append(ngettext("%(n)s class comes today.", "%(n)s classes come today.", n) % {"n": n})
    else:
        said.append(_("No class is due today."))
    if n := day["to_shelve"]:
        shelve = ngettext("%(n)s book waits to be shelved.", "%(n)s books wait to be shelved.", n)
        said.append(shelve % {"n": n})
    if n := day["late_books"]:
        said.append(ngettext("%(n)s book is late.", "%(n)s books are late.", n) % {"n": n})
    between = "" if (get_language() or "").startswith("zh") else " "
    return between.join(said)


def _day(school: School, days: Calendar, moment: datetime) -> dict[str, Any]:
    today, clock = school.day(moment), localtime(moment).time()
    rows = coming.rows_of(school, days, today=today, clock=clock)
    classes = [row.school_class for row in rows if row.school_class]
    late = waiting.late_classes(school, today, classes)
    trolley = waiting.on_trolley(school)
    shelf = waiting.on_hold_shelf(school, today)
    term = queries.term_on(school, today)
    late_here = {row.late.school_class.pk: row.late for row in late if row.late.school_class}
    return {
        "rows": [(row, late_here.get(row.school_class or 0)) for row in rows],
        "tasks": doing.tasks(
            term=term,
            late=late,
            unfetched=shelf.unfetched,
            now=moment,
        ),
        "clock": clock,
        "lesson": queries.lesson_now(school, moment),
        "classes": len(classes),
        "late": late[: waiting.CLASSES_SHOWN],
        "late_classes": sum(bool(row.late.school_class) for row in late),
        "late_books": sum(row.late.books for row in late),
        "trolley": trolley,
        "to_shelve": sum(len(row.copies) for row in trolley),
        "in_room": waiting.in_room(school, moment),
        "holds": shelf.shown,
        "ready": shelf.ready,
        "wait": shelf.wait,
        "kind": days.kind(today),
        "closed_why": _closed_why(days, today),
        **_weeks(term, today, days),
    }


def _weeks(term: Term | None, today: date, days: Calendar) -> dict[str, Any]:
    if term is None:
        return {"term": None}
    provisional = [day.year for day in (today, term.ends_on) if days.is_provisional(day)]
    return {
        "term": term,
        "week": week_number(term.starts_on, today),
        "letter": wording.LETTERS[queries.week_letter(term, today)],
        "provisional": provisional[0] if provisional else None,
    }


def _closed_why(days: Calendar, today: date) -> str:
    """Say why the library is closed today; empty on an open day."""
    if days.is_open(today):
        return ""
    kind, public = days.kind(today), public_day(today)
    if kind is DayKind.SAID_CLOSED and days.said[today].why:
        return days.said[today].why
    if kind is DayKind.HOLIDAY and public:
        return str(wording.HOLIDAYS[public.holiday])
    return str(wording.DAY_KINDS[kind])


def _backup(moment: datetime) -> dict[str, Any]:
    return {"backup": last_backup(now=moment)}
