"""What the school wants of its helpers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.platform.schools import actions as schools
from shuxiang.platform.schools.queries import settings_of
from shuxiang.student_librarians.queries import is_by_appointment
from shuxiang.web.access import Request, may
from shuxiang.web.office.helpers.forms import HelperSettingsForm


@may("student_librarians.appoint")
def change_settings(request: Request) -> HttpResponse:
    """Say how many sessions and right answers are wanted, and whether pupils may apply."""
    chosen = settings_of(request.school)
    initial = {name: chosen[f"helpers.{name}"] for name in HelperSettingsForm.base_fields}
    form = HelperSettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data.items()
        changes = {f"helpers.{name}": value for name, value in asked if value != initial[name]}
        if changes:
            schools.change_settings(
                school=request.school, changes=changes, by=request.user, now=now()
            )
        messages.success(request, _("From now on these rules hold."))
        return redirect("student_librarians.settings")
    context = {"form": form, "by_appointment": is_by_appointment(request.school)}
    status = 422 if form.errors else 200
    return render(request, "office/helpers/settings.html", context, status=status)
