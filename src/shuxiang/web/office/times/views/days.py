"""The month: which days are open, and the school's own word for them."""

from __future__ import annotations

import calendar as almanac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import DayException, Weekday
from shuxiang.timetable.rules import Calendar, DayKind, public_day
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.following import due_dates_follow
from shuxiang.web.office.times.forms import OPEN, DayForm, UnsetForm, is_day, say_refusal

MONTHS_IN_A_YEAR = 12
OWN = frozenset({DayKind.SAID_OPEN, DayKind.SAID_CLOSED})


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A day of the month as it is drawn; without a day it is a blank."""

    day: date | None = None
    css: str = ""
    note: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Word:
    """What the school has said of a run of days."""

    on: date
    until: date
    is_open: bool
    follows: str
    why: str


@may("timetable.set_day")
@due_dates_follow
def set_day(request: Request) -> HttpResponse:
    """Show a month, and take the school's word for its days."""
    today = request.school.day(now())
    chosen = is_day(request.GET.get("on", ""))
    form = DayForm(request.POST or None, initial={"on": chosen} if chosen else None)
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        is_open = asked.pop("state") == OPEN
        try:
            days = actions.set_day(
                school=request.school, **asked, is_open=is_open, by=request.user, now=now()
            )
        except TimetableRefused as refused:
            say_refusal(form, refused)
        else:
            said = _("%(count)s days are open.") if is_open else _("%(count)s days are closed.")
            messages.success(request, said % {"count": len(days)})
            _say_what_stays(request, asked, days)
            return redirect(f"{request.path}?month={asked['on']:%Y-%m}")
    month = _month(request.GET.get("month", ""), chosen or today)
    context = {"form": form, "words": _words(request), **_page(request, month, today, chosen)}
    return render(request, "office/times/days.html", context, status=422 if form.errors else 200)


def _say_what_stays(
    request: Request, asked: Mapping[str, Any], days: Iterable[DayException]
) -> None:
    """Name the days of a range of which the school had said something before."""
    done = {day.on for day in days}
    within = DayException.objects.filter(
        school=request.school, on__range=(asked["on"], asked["until"] or asked["on"])
    )
    if stay := [day for day in within.order_by("on") if day.on not in done]:
        named = "、".join(
            f"{date_format(day.on, 'MONTH_DAY_FORMAT')} {day.why}".strip() for day in stay
        )
        said = _("Left as the school had said before: %(days)s. Change them one by one.")
        messages.info(request, said % {"days": named})


@may("timetable.unset_day")
@require_POST
@due_dates_follow
def unset_day(request: Request) -> HttpResponse:
    """Take back the school's word for a run of days."""
    form = UnsetForm(request.POST)
    if form.is_valid():
        count = actions.unset_day(
            school=request.school, **form.cleaned_data, by=request.user, now=now()
        )
        said = _("For %(count)s days the calendar holds again.")
        messages.success(request, said % {"count": count})
    return redirect("timetable.set_day")


def _month(text: str, otherwise: date) -> date:
    return is_day(f"{text}-01") or otherwise.replace(day=1)


def _page(request: Request, month: date, today: date, chosen: date | None) -> dict[str, object]:
    days = queries.calendar(request.school, around=month)
    last = month.replace(day=almanac.monthrange(month.year, month.month)[1])
    blanks = [Cell(css="blank")] * month.weekday()
    dates = [month + timedelta(days=step) for step in range(last.day)]
    cells = [*blanks, *(_cell(day, days, {"today": today, "chosen": chosen}) for day in dates)]
    return {
        "month": month,
        "earlier": (month - timedelta(days=1)).replace(day=1) if month > date(2000, 1, 1) else None,
        "later": last + timedelta(days=1) if month < date(2199, 1, 1) else None,
        "cells": cells,
        "weekdays": [weekday.label for weekday in Weekday],
        "open_days": sum(days.is_open(day) for day in dates),
        "provisional": month.year if days.is_provisional(month) else None,
        "today": today,
    }


def _cell(day: date, days: Calendar, marked: Mapping[str, date | None]) -> Cell:
    kind = days.kind(day)
    css = [] if days.is_open(day) else ["shut"]
    css += ["own"] if kind in OWN else []
    css += [mark for mark, marked_day in marked.items() if day == marked_day]
    title = str(wording.DAY_KINDS[kind])
    if _is_outside(day, kind, days):
        title = _("In no term that is entered")
    return Cell(day=day, css=" ".join(css), note=_note(day, kind, days), title=title)


def _is_outside(day: date, kind: DayKind, days: Calendar) -> bool:
    """Tell a day that would be one of school, had it not been left outside all terms."""
    is_known = bool(days.terms) and kind is DayKind.SCHOOL_DAY
    return is_known and queries.term_of(days, day) is None


def _note(day: date, kind: DayKind, days: Calendar) -> str:
    """Say in a word what is special about a day."""
    if kind in OWN:
        word = days.said[day]
        return word.why or (_("open") if word.is_open else _("closed"))
    public = public_day(day)
    if kind is DayKind.HOLIDAY and public:
        return str(wording.HOLIDAYS[public.holiday])
    if public and public.is_work:
        return _("make-up")
    if _is_outside(day, kind, days):
        return _("no term")
    return _("vacation") if kind is DayKind.VACATION else ""


def _words(request: Request) -> list[Word]:
    """Join what was said alike of days that follow each other, the latest first."""
    runs: list[list[DayException]] = []
    for one in DayException.objects.filter(school=request.school).order_by("on"):
        if runs and _goes_on(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [_word(run) for run in reversed(runs)]


def _goes_on(before: DayException, after: DayException) -> bool:
    alike = (before.is_open, before.follows, before.why) == (
        after.is_open,
        after.follows,
        after.why,
    )
    return alike and after.on - before.on == timedelta(days=1)


def _word(run: Iterable[DayException]) -> Word:
    first, *rest = run
    last = rest[-1] if rest else first
    follows = "" if first.follows is None else str(Weekday(first.follows).label)
    return Word(on=first.on, until=last.on, is_open=first.is_open, follows=follows, why=first.why)
