"""Opening hours, by weekday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.platform.schools.models import School
from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import OpeningHours, Weekday
from shuxiang.timetable.rules import Bells, Hours, HoursOfDay, minutes_a_week
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.following import due_dates_follow
from shuxiang.web.office.times.forms import HoursForm, bell_key, say_refusal

WANTED_MINUTES = 40 * 60
"""A week's opening while school is on: 中小学图书馆(室)规程 (教基〔2018〕5号)."""


@may("timetable.change_opening_hours")
def see_opening_hours(request: Request) -> HttpResponse:
    """Show the hours, those that several weekdays share as one line, and how many they are a week."""
    today = request.school.day(now())
    rows = list(_rows(request.school))
    bells = queries.bells_of(request.school)
    groups: dict[Hours, list[OpeningHours]] = {}
    for row in rows:
        groups.setdefault(_same(row), []).append(row)
    lines = [_line(hours, rows, today, bells) for hours, rows in groups.items()]
    minutes = minutes_a_week([queries.as_said(row) for row in rows], today, bells)
    context = {
        "groups": sorted(lines, key=_in_order),
        "closed_days": sorted(set(Weekday.values) - {row.weekday for row in rows}),
        "hours_a_week": f"{minutes / 60:g}" if minutes % 60 == 0 else f"{minutes / 60:.1f}",
        "is_short": minutes < WANTED_MINUTES,
    }
    return render(request, "office/times/hours.html", context)


@may("timetable.change_opening_hours")
@due_dates_follow
def change_opening_hours(request: Request, pk: int | None = None) -> HttpResponse:
    """Enter hours for several weekdays, or change those that are there."""
    rows = _alike(request.school, pk) if pk else []
    initial = _initial(rows) if rows else {"weekdays": list(range(5))}
    form = HoursForm(request.POST or None, school=request.school, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.change_opening_hours(
                school=request.school,
                wanted=form.wanted,
                in_place_of=rows,
                by=request.user,
                now=now(),
            )
        except TimetableRefused as refused:
            say_refusal(form, refused)
        else:
            said = _("The hours are entered for %(days)s weekdays.")
            messages.success(request, said % {"days": len(saved)})
            return redirect("timetable.see_opening_hours")
    context = {"form": form, "rows": rows}
    return render(
        request, "office/times/hours_form.html", context, status=422 if form.errors else 200
    )


@may("timetable.remove_opening_hours")
@require_POST
@due_dates_follow
def remove_opening_hours(request: Request, pk: int) -> HttpResponse:
    """Remove hours from all the weekdays that share them."""
    rows = _alike(request.school, pk)
    actions.remove_opening_hours(hours=rows, by=request.user, now=now())
    messages.success(request, _("The hours are removed."))
    return redirect("timetable.see_opening_hours")


def _rows(school: School) -> models.QuerySet[OpeningHours]:
    rows = OpeningHours.objects.filter(school=school).order_by("weekday", "id")
    return rows.select_related("from_period", "until_period")


def _same(row: OpeningHours) -> Hours:
    """What rows of several weekdays have in common when they are shown as one."""
    return replace(queries.as_said(row), weekday=0)


def _alike(school: School, pk: int) -> list[OpeningHours]:
    """Find a row with those of other weekdays that say the same."""
    one = get_object_or_404(_rows(school), pk=pk)
    return [row for row in _rows(school) if _same(row) == _same(one)]


def _line(hours: Hours, rows: list[OpeningHours], today: date, bells: Bells) -> dict[str, object]:
    return {
        "row": rows[0],
        "weekdays": [row.weekday for row in rows],
        "for_whom": wording.audience(hours.audience),
        "following": wording.hours(hours) if hours.rings else "",
        "clocks": hours.on(max(today, hours.from_on or today), bells),
    }


def _in_order(line: dict[str, object]) -> tuple[time, object]:
    clocks = line["clocks"]
    return (clocks.opens_at if isinstance(clocks, HoursOfDay) else time.max, line["weekdays"])


def _initial(rows: list[OpeningHours]) -> dict[str, object]:
    hours = queries.as_said(rows[0])
    same = ("opens_at", "closes_at", "audience", "grade", "room", "from_on", "until_on")
    return {
        "weekdays": [row.weekday for row in rows],
        **{name: getattr(rows[0], name) for name in same},
        "opens": bell_key(hours.opens_at),
        "closes": bell_key(hours.closes_at),
    }
