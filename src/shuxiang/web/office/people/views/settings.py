"""What the school says of itself, and what it has chosen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.platform.schools import actions
from shuxiang.platform.schools.queries import settings_of
from shuxiang.web.access import Request, may
from shuxiang.web.office.people.account_forms import SchoolForm, SettingsForm


@may("schools.change_settings")
def change_settings(request: Request) -> HttpResponse:
    """Change what the school has chosen; only what differs is written."""
    chosen = settings_of(request.school)
    form = SettingsForm(request.POST or None, initial=_shown(chosen))
    if form.is_bound and form.is_valid():
        typed = {field.replace("__", "."): value for field, value in form.cleaned_data.items()}
        changes = {name: value for name, value in typed.items() if value != chosen[name]}
        if changes:
            actions.change_settings(
                school=request.school, changes=changes, by=request.user, now=now()
            )
            messages.success(request, _("The settings hold from now on."))
        return redirect("schools.change_settings")
    status = 422 if form.is_bound else 200
    return render(request, "office/people/settings.html", {"form": form}, status=status)


@may("schools.change_school")
def change_school(request: Request) -> HttpResponse:
    """Change the school's name, kind or time zone."""
    school = request.school
    initial = {name: getattr(school, name) for name in SchoolForm.base_fields}
    form = SchoolForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            if changes:
                actions.change_school(school=school, changes=changes, by=request.user, now=now())
        except actions.UnknownZone:
            form.add_error("zone", _("There is no time zone of this name."))
        else:
            messages.success(request, _("What is said of the school is changed."))
            return redirect("schools.change_school")
    status = 422 if form.is_bound else 200
    return render(request, "office/people/school.html", {"form": form}, status=status)


def _shown(chosen: dict[str, Any]) -> dict[str, Any]:
    shown = {name.replace(".", "__"): value for name, value in chosen.items()}
    shown["desk__confirm_reasons"] = "\n".join(chosen["desk.confirm_reasons"])
    return shown
