"""Go back to a backup: what will happen, the password once more, and how far it is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shuxiang.platform.backup import actions, queries
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.queries import Backup
from shuxiang.platform.backup.wording import refusal
from shuxiang.web.access import Request, may
from shuxiang.web.office.safety import telling
from shuxiang.web.office.safety.forms import PasswordForm

ANEW = {"HX-Refresh": "true"}


@may("backup.ask_to_restore")
def ask_to_restore(request: Request, name: str) -> HttpResponse:
    """Say what going back to a backup does, and do it for whoever proves again who they are."""
    backup = _backup(request, name)
    if not queries.can_go_back():
        return redirect("backup.see")
    form = PasswordForm(request.POST or None)
    try:
        sealed = actions.fit(backup.path)
        if form.is_bound and form.is_valid():
            if _is_oneself(request, form.cleaned_data["password"]):
                facts: dict[str, Any] = {"school": request.school, "name": name, "now": now()}
                actions.ask_to_restore(**facts, by=request.user)
                return redirect("backup.see_restoring")
            form.add_error("password", _("This is not your password. Nothing was changed."))
    except BackupRefused as refused:
        why = refusal(refused.refusal, refused.details)
        shown = {"backup": telling.row_of(backup, request.school), "refused": why}
        status = 422 if form.is_bound else 200
        return render(request, "office/safety/restore.html", shown, status=status)
    shown = telling.going_back(request.school, backup, sealed) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "office/safety/restore.html", shown, status=status)


@may("backup.ask_to_restore")
@require_safe
def see_restoring(request: Request) -> HttpResponse:
    """Wait until it is done; whoever asks afterwards is signed out and led to the door."""
    if not queries.is_going_back():
        return HttpResponse(headers=ANEW) if request.htmx else redirect("backup.see")
    if request.htmx:
        return HttpResponse(status=204)
    return render(request, "office/safety/going_back.html")


def _backup(request: Request, name: str) -> Backup:
    try:
        return queries.backup_of(request.school, name)
    except queries.BackupMissing as missing:
        raise Http404 from missing


def _is_oneself(request: Request, password: str) -> bool:
    return authenticate(request, username=request.user.username, password=password) is not None
