"""How long names are kept, and what goes when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.platform.schools.actions import change_settings
from shuxiang.platform.schools.queries import setting
from shuxiang.web.access import Request, may
from shuxiang.web.office.safety import telling
from shuxiang.web.office.safety.forms import DaysForm

DAYS = "retention.days_after_term"
HELPER_DAYS = "retention.helper_days"
SHOWN = 10


@may("circulation.to_forget")
def to_forget(request: Request) -> HttpResponse:
    """Show what will go and when, under the days that hold or others that are tried."""
    kept = int(setting(request.school, DAYS))
    form = DaysForm(request.GET if "days" in request.GET else {"days": kept})
    days = form.cleaned_data["days"] if form.is_valid() else kept
    return _page(request, form, kept=kept, days=days)


@may("schools.change_settings")
@require_POST
def change_days(request: Request) -> HttpResponse:
    """Let the number of days that was tried hold."""
    kept = int(setting(request.school, DAYS))
    form = DaysForm(request.POST)
    if not form.is_valid():
        return _page(request, form, kept=kept, days=kept)
    days = form.cleaned_data["days"]
    change_settings(school=request.school, changes={DAYS: days}, by=request.user, now=now())
    messages.success(
        request, _("Names are now kept for %(days)s days after the term.") % {"days": days}
    )
    return redirect("circulation.to_forget")


def _page(request: Request, form: DaysForm, *, kept: int, days: int) -> HttpResponse:
    school, today = request.school, request.school.day(now())
    helper_days = int(setting(school, HELPER_DAYS))
    shown = {
        "form": form,
        "kept": kept,
        "days": days,
        "due_now": telling.due_now(school, today, days),
        "due_next": telling.due_next(school, today, days),
        "helper_days": helper_days,
        "helpers_due": telling.helpers_due(school, today, helper_days),
        "gone": telling.gone(school, SHOWN),
    }
    status = 422 if form.errors else 200
    return render(request, "office/safety/retention.html", shown, status=status)
