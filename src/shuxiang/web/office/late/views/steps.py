"""The school's own steps: after how many days who is told, and how."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.platform.schools import actions
from shuxiang.platform.schools.queries import settings_of
from shuxiang.web.access import Request, may
from shuxiang.web.office.late.forms import LateSettingsForm, StepFormSet, steps_from
from shuxiang.web.office.late.texts import NAMES


@may("schools.change_settings")
def change_steps(request: Request) -> HttpResponse:
    """Change who is told when, and what the school allows; only what differs is written."""
    chosen = settings_of(request.school)
    initial = {name: chosen[f"late.{name}"] for name in LateSettingsForm.base_fields}
    form = LateSettingsForm(request.POST or None, initial=initial)
    rows = StepFormSet(request.POST or None, initial=chosen["late.steps"], prefix="steps")
    is_bound = request.method == "POST"
    if is_bound and form.is_valid() and rows.is_valid():
        asked = {f"late.{name}": form.cleaned_data[name] for name in form.fields}
        asked["late.steps"] = steps_from(rows)
        changes = {name: value for name, value in asked.items() if value != chosen[name]}
        if changes:
            actions.change_settings(
                school=request.school, changes=changes, by=request.user, now=now()
            )
        messages.success(request, _("The steps hold from now on."))
        return redirect("late.steps")
    context = {"form": form, "rows": rows, "names_shown": chosen[NAMES]}
    return render(request, "office/late/steps.html", context, status=422 if is_bound else 200)
