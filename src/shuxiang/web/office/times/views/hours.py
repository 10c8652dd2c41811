"""Opening hours, by weekday."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import OpeningHours, Weekday
from shuxiang.timetable.rules import Audience, For
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.forms import HoursForm, say_refusal

WANTED_MINUTES = 40 * 60
"""A week's opening while school is on: 中小学图书馆(室)规程 (教基〔2018〕5号)."""


@may("timetable.change_opening_hours")
def see_opening_hours(request: Request) -> HttpResponse:
    """Show the hours of each weekday, and how many they are a week."""
    rows = list(OpeningHours.objects.filter(school=request.school))
    week = [
        (weekday.label, [_row(row) for row in rows if row.weekday == weekday])
        for weekday in Weekday
    ]
    minutes = queries.minutes_a_week(request.school, request.school.day(now()))
    context = {
        "week": week,
        "any": bool(rows),
        "hours_a_week": f"{minutes / 60:g}" if minutes % 60 == 0 else f"{minutes / 60:.1f}",
        "is_short": minutes < WANTED_MINUTES,
    }
    return render(request, "office/times/hours.html", context)


@may("timetable.change_opening_hours")
def change_opening_hours(request: Request, pk: int | None = None) -> HttpResponse:
    """Enter hours for several weekdays, or change a row."""
    row = get_object_or_404(OpeningHours, school=request.school, pk=pk) if pk else None
    initial = _initial(row) if row else {"weekdays": range(5)}
    form = HoursForm(request.POST or None, school=request.school, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.change_opening_hours(
                school=request.school,
                wanted=form.wanted,
                in_place_of=row,
                by=request.user,
                now=now(),
            )
        except TimetableRefused as refused:
            say_refusal(form, refused)
        else:
            said = _("The hours are entered for %(days)s weekdays.")
            messages.success(request, said % {"days": len(saved)})
            return redirect("timetable.see_opening_hours")
    status = 422 if form.errors else 200
    return render(
        request, "office/times/hours_form.html", {"form": form, "row": row}, status=status
    )


@may("timetable.remove_opening_hours")
@require_POST
def remove_opening_hours(request: Request, pk: int) -> HttpResponse:
    """Remove one row of the hours."""
    row = get_object_or_404(OpeningHours, school=request.school, pk=pk)
    actions.remove_opening_hours(hours=row, by=request.user, now=now())
    messages.success(request, _("The hours are removed."))
    return redirect("timetable.see_opening_hours")


def _row(row: OpeningHours) -> dict[str, object]:
    audience = Audience(kind=For(row.audience), grade=row.grade)
    return {"row": row, "for_whom": wording.audience(audience)}


def _initial(row: OpeningHours) -> dict[str, object]:
    names = ("opens_at", "closes_at", "audience", "grade", "room", "from_on", "until_on")
    return {"weekdays": [row.weekday], **{name: getattr(row, name) for name in names}}
