"""Opening hours, by weekday."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.platform.schools.models import School
from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import OpeningHours, Weekday
from shuxiang.timetable.rules import Audience, For
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.forms import HoursForm, say_refusal

WANTED_MINUTES = 40 * 60
"""A week's opening while school is on: 中小学图书馆(室)规程 (教基〔2018〕5号)."""


SAME = ("opens_at", "closes_at", "audience", "grade", "room", "from_on", "until_on")
"""What rows of several weekdays have in common when they are shown as one."""


@may("timetable.change_opening_hours")
def see_opening_hours(request: Request) -> HttpResponse:
    """Show the hours, those that several weekdays share as one line, and how many they are a week."""
    groups: dict[tuple[object, ...], list[OpeningHours]] = {}
    for row in OpeningHours.objects.filter(school=request.school).order_by("opens_at", "weekday"):
        groups.setdefault(_said(row), []).append(row)
    open_days = {row.weekday for rows in groups.values() for row in rows}
    minutes = queries.minutes_a_week(request.school, request.school.day(now()))
    context = {
        "groups": [_line(rows) for rows in groups.values()],
        "closed_days": sorted(set(Weekday.values) - open_days),
        "hours_a_week": f"{minutes / 60:g}" if minutes % 60 == 0 else f"{minutes / 60:.1f}",
        "is_short": minutes < WANTED_MINUTES,
    }
    return render(request, "office/times/hours.html", context)


@may("timetable.change_opening_hours")
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
def remove_opening_hours(request: Request, pk: int) -> HttpResponse:
    """Remove hours from all the weekdays that share them."""
    rows = _alike(request.school, pk)
    actions.remove_opening_hours(hours=rows, by=request.user, now=now())
    messages.success(request, _("The hours are removed."))
    return redirect("timetable.see_opening_hours")


def _said(row: OpeningHours) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in SAME)


def _alike(school: School, pk: int) -> list[OpeningHours]:
    """Find a row with those of other weekdays that say the same."""
    one = get_object_or_404(OpeningHours, school=school, pk=pk)
    rows = OpeningHours.objects.filter(school=school).order_by("weekday", "id")
    return [row for row in rows if _said(row) == _said(one)]


def _line(rows: list[OpeningHours]) -> dict[str, object]:
    audience = Audience(kind=For(rows[0].audience), grade=rows[0].grade)
    return {
        "row": rows[0],
        "weekdays": [row.weekday for row in rows],
        "for_whom": wording.audience(audience),
    }


def _initial(rows: list[OpeningHours]) -> dict[str, object]:
    same = {name: getattr(rows[0], name) for name in SAME}
    return {"weekdays": [row.weekday for row in rows], **same}
