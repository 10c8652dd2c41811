"""Lesson periods, breaks and the noon rest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.timetable import actions, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import Period
from shuxiang.timetable.rules import typical_periods
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.forms import PeriodForm, say_refusal


@may("timetable.change_period")
def see_periods(request: Request) -> HttpResponse:
    """Show the day's periods, or offer the usual ones."""
    periods = Period.objects.filter(school=request.school)
    usual = () if periods else typical_periods(request.school.kind)
    return render(request, "office/times/periods.html", {"periods": periods, "usual": usual})


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
