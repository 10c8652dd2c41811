"""Lesson periods, breaks and the noon rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.platform.schools.models import School
from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import Period, PeriodHours
from shuxiang.timetable.rules import Span, typical_periods
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.forms import PeriodForm, SeasonForm, is_day, say_refusal


@may("timetable.change_period")
def see_periods(request: Request) -> HttpResponse:
    """Show the day's periods, or offer the usual ones."""
    periods = Period.objects.filter(school=request.school)
    usual = () if periods else typical_periods(request.school.kind)
    context = {
        "periods": periods,
        "usual": usual,
        "seasons": _seasons(request.school),
        "overlaps": _overlaps(request.school, periods),
    }
    return render(request, "office/times/periods.html", context)


@may("timetable.shift_periods")
def shift_periods(request: Request) -> HttpResponse:
    """Let periods be later or earlier in summer or winter."""
    form = SeasonForm(request.POST or None, school=request.school)
    if request.method == "POST" and form.is_valid():
        try:
            actions.shift_periods(
                school=request.school,
                periods=form.cleaned_data["periods"],
                minutes=form.cleaned_data["minutes"],
                dates=form.dates,
                by=request.user,
                now=now(),
            )
        except TimetableRefused as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, _("Within these dates the periods have these hours."))
            return redirect("timetable.see_periods")
    status = 422 if form.errors else 200
    return render(request, "office/times/season.html", {"form": form}, status=status)


@may("timetable.remove_season")
@require_POST
def remove_season(request: Request) -> HttpResponse:
    """Let the periods keep their own hours again."""
    first, last = is_day(request.POST.get("first", "")), is_day(request.POST.get("last", ""))
    if first is None or last is None:
        raise Http404
    dates = Span(first=first, last=last)
    try:
        actions.remove_season(school=request.school, dates=dates, by=request.user, now=now())
    except TimetableRefused as refused:
        messages.error(request, wording.refusal(refused.objections[0]))
    else:
        messages.success(request, _("The periods keep their own hours again."))
    return redirect("timetable.see_periods")


def _overlaps(school: School, periods: Iterable[Period]) -> list[tuple[str, str, date | None]]:
    """Name the periods that run into each other, today or from a day to come on."""
    bells, today = queries.bells_of(school), school.day(now())
    names = {period.pk: period.name for period in periods}
    found: dict[tuple[str, str], date | None] = {}
    for day in sorted({today, *(day for day in bells.changes() if day > today)}):
        for one, later in bells.overlaps(day):
            found.setdefault((names[one], names[later]), None if day == today else day)
    return [(name, later, day) for (name, later), day in found.items()]


def _seasons(school: School) -> list[tuple[date, date, list[PeriodHours]]]:
    """Gather the rows that were entered at once."""
    found: dict[tuple[date, date], list[PeriodHours]] = {}
    for row in queries.seasons_of(school):
        found.setdefault((row.from_on, row.until_on), []).append(row)
    return [(first, last, rows) for (first, last), rows in found.items()]


@may("timetable.change_period")
def change_period(request: Request, pk: int | None = None) -> HttpResponse:
    """Enter a period, or change one."""
    period = get_object_or_404(Period, school=request.school, pk=pk) if pk else None
    initial = {name: getattr(period, name) for name in PeriodForm.base_fields} if period else {}
    form = PeriodForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.change_period(
                school=request.school,
                **form.cleaned_data,
                period=period,
                by=request.user,
                now=now(),
            )
        except TimetableRefused as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, _("“%(name)s” is entered.") % {"name": saved.name})
            return redirect("timetable.see_periods")
    status = 422 if form.errors else 200
    context = {"form": form, "period": period}
    return render(request, "office/times/period.html", context, status=status)


@may("timetable.remove_period")
@require_POST
def remove_period(request: Request, pk: int) -> HttpResponse:
    """Remove a period on which no slot rests."""
    period = get_object_or_404(Period, school=request.school, pk=pk)
    try:
        actions.remove_period(period=period, by=request.user, now=now())
    except TimetableRefused as refused:
        messages.error(request, wording.refusal(refused.objections[0]))
    else:
        messages.success(request, _("“%(name)s” is removed.") % {"name": period.name})
    return redirect("timetable.see_periods")


@may("timetable.add_typical_periods")
@require_POST
def add_typical_periods(request: Request) -> HttpResponse:
    """Enter the usual day of such a school."""
    try:
        periods = actions.add_typical_periods(school=request.school, by=request.user, now=now())
    except TimetableRefused as refused:
        messages.error(request, wording.refusal(refused.objections[0]))
    else:
        said = _("%(count)s periods are entered: change where your school differs.")
        messages.success(request, said % {"count": len(periods)})
    return redirect("timetable.see_periods")
