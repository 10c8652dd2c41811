"""Slots: which periods of the week a class can be given."""

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
from shuxiang.timetable.models import Period, Slot, Weekday
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.following import due_dates_follow
from shuxiang.web.office.times.forms import SlotForm, SlotsForm, say_refusal


@may("timetable.add_slots")
def add_slots(request: Request) -> HttpResponse:
    """Show the week's slots, and add some."""
    form = SlotsForm(request.POST or None, school=request.school)
    if request.method == "POST" and form.is_valid():
        given = {slot.pk for slot in queries.slots_given(request.school)}
        try:
            slots = actions.add_slots(
                school=request.school, **form.cleaned_data, by=request.user, now=now()
            )
        except TimetableRefused as refused:
            say_refusal(form, refused)
        else:
            added = sum(slot.pk not in given for slot in slots)
            if added:
                said = _("%(count)s slots are added.")
                messages.success(request, said % {"count": added})
            if there := len(slots) - added:
                said = _(
                    "%(count)s were there already and stay as they are: press one to change it."
                )
                messages.info(request, said % {"count": there})
            return redirect("timetable.add_slots")
    context = {"form": form, **_week(request.school)}
    return render(request, "office/times/slots.html", context, status=422 if form.errors else 200)


@may("timetable.change_slot")
@due_dates_follow
def change_slot(request: Request, pk: int) -> HttpResponse:
    """Change what a slot is for and how many classes it holds."""
    slots = Slot.objects.select_related("period")
    slot = get_object_or_404(slots, school=request.school, pk=pk)
    initial = {"purpose": slot.purpose, "capacity": slot.capacity}
    form = SlotForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_slot(slot=slot, **form.cleaned_data, by=request.user, now=now())
        except TimetableRefused as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, _("The slot is changed."))
            return redirect("timetable.add_slots")
    status = 422 if form.errors else 200
    return render(request, "office/times/slot.html", {"form": form, "chosen": slot}, status=status)


@may("timetable.remove_slot")
@require_POST
@due_dates_follow
def remove_slot(request: Request, pk: int) -> HttpResponse:
    """Give a slot no more."""
    slot = get_object_or_404(Slot, school=request.school, pk=pk)
    try:
        actions.remove_slot(slot=slot, by=request.user, now=now())
    except TimetableRefused as refused:
        messages.error(request, wording.refusal(refused.objections[0]))
    else:
        messages.success(request, _("The slot is removed: no class can be given it any more."))
    return redirect("timetable.add_slots")


def _week(school: School) -> dict[str, object]:
    slots = queries.slots_given(school)
    weekdays = sorted({*range(5), *(slot.weekday for slot in slots)})
    periods = list(Period.objects.filter(school=school))
    lines = [
        (
            period,
            [
                (weekday, [s for s in slots if (s.period_id, s.weekday) == (period.pk, weekday)])
                for weekday in weekdays
            ],
        )
        for period in periods
    ]
    names = [Weekday(weekday).label for weekday in weekdays]
    return {"lines": lines, "weekdays": names, "count": len(slots)}
