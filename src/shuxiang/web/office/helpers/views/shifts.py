"""When helpers are wanted."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.student_librarians import actions
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Shift
from shuxiang.web.access import Request, may
from shuxiang.web.office.helpers.forms import NewShiftForm, ShiftForm, say_refusal
from shuxiang.web.office.helpers.standing import doubts_of


@may("student_librarians.change_shift")
@require_safe
def see_shifts(request: Request) -> HttpResponse:
    """Show when helpers are wanted each week, and how many."""
    shifts = Shift.objects.given().filter(school=request.school)
    context = {"shifts": shifts, "places": sum(shift.places for shift in shifts)}
    context["doubts"] = doubts_of(request, shifts)
    return render(request, "office/helpers/shifts.html", context)


@may("student_librarians.change_shift")
def add_shifts(request: Request) -> HttpResponse:
    """Enter the same hours on several weekdays."""
    form = NewShiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                for weekday in form.cleaned_data["weekdays"]:
                    _write(request, form, weekday)
        except HelperRefused as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, _("The shifts are entered."))
            return redirect("student_librarians.see_shifts")
    status = 422 if form.errors else 200
    return render(request, "office/helpers/shift.html", {"form": form}, status=status)


@may("student_librarians.change_shift")
def change_shift(request: Request, pk: int) -> HttpResponse:
    """Change the hours of a shift, or how many are wanted."""
    shift = get_object_or_404(Shift.objects.given(), school=request.school, pk=pk)
    initial = {name: getattr(shift, name) for name in ("name", "starts_at", "ends_at", "places")}
    form = ShiftForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, form, shift.weekday, shift)
        except HelperRefused as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, _("The shift is changed."))
            return redirect("student_librarians.see_shifts")
    status = 422 if form.errors else 200
    context = {"form": form, "shift": shift, "doubts": doubts_of(request, [shift])}
    return render(request, "office/helpers/shift.html", context, status=status)


@may("student_librarians.remove_shift")
@require_POST
def remove_shift(request: Request, pk: int) -> HttpResponse:
    """Give a shift no more."""
    shift = get_object_or_404(Shift, school=request.school, pk=pk)
    actions.remove_shift(shift=shift, by=request.user, now=now())
    messages.success(request, _("Nobody is wanted at these hours any more."))
    return redirect("student_librarians.see_shifts")


def _write(request: Request, form: ShiftForm, weekday: int, shift: Shift | None = None) -> None:
    actions.change_shift(
        school=request.school,
        name=form.cleaned_data["name"],
        hours=form.hours(weekday),
        places=form.cleaned_data["places"],
        by=request.user,
        now=now(),
        shift=shift,
    )
