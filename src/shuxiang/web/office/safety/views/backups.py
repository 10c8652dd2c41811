"""The list of backups, one more, where they go, and one that leaves the computer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.platform.backup import actions, folders, queries
from shuxiang.platform.backup.failures import BackupFailed
from shuxiang.platform.backup.rules import Why
from shuxiang.platform.backup.wording import trouble
from shuxiang.platform.schools.queries import only_school
from shuxiang.web.access import Request, may
from shuxiang.web.office.safety import telling
from shuxiang.web.office.safety.forms import FolderForm, PasswordForm


@may("backup.see")
def see(request: Request) -> HttpResponse:
    """Show when the last backup was made, and all that are kept."""
    return _page(request, FolderForm(initial={"folder": _chosen()}))


@may("backup.make")
@require_POST
def make(request: Request) -> HttpResponse:
    """Make a backup now."""
    try:
        backup = actions.make(why=Why.ASKED, by=request.user, now=now())
    except BackupFailed as failed:
        messages.error(request, trouble(failed.trouble, failed.folder))
    else:
        messages.success(
            request,
            _("Backed up to %(folder)s and verified.") % {"folder": backup.path.parent},
        )
    return redirect("backup.see")


@may("backup.choose_folder")
@require_POST
def choose_folder(request: Request) -> HttpResponse:
    """Let backups go to another folder, if it can take them."""
    if only_school() is None:
        raise Http404
    form = FolderForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    folder = form.cleaned_data["folder"]
    try:
        chosen = actions.choose_folder(
            school=request.school, folder=folder, by=request.user, now=now()
        )
    except BackupFailed as failed:
        form.add_error("folder", trouble(failed.trouble, failed.folder))
        return _page(request, form, status=422)
    messages.success(request, _("From now on backups go to %(folder)s.") % {"folder": chosen})
    return redirect("backup.see")


@may("backup.download")
def download(request: Request, name: str) -> HttpResponseBase:
    """Give a backup to whoever proves again who they are."""
    try:
        backup = queries.backup_of(request.school, name)
    except queries.BackupMissing as missing:
        raise Http404 from missing
    form = PasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        password = form.cleaned_data["password"]
        if authenticate(request, username=request.user.username, password=password):
            path = actions.download(school=request.school, name=name, by=request.user, now=now())
            answer = FileResponse(path.open("rb"), as_attachment=True, filename=name)
            answer.headers["Cache-Control"] = "no-store"
            return answer
        form.add_error("password", _("This is not your password. Nothing was downloaded."))
    shown = {"form": form, "backup": telling.row_of(backup, request.school)}
    status = 422 if form.errors else 200
    return render(request, "office/safety/download.html", shown, status=status)


def _page(request: Request, form: FolderForm, status: int = 200) -> HttpResponse:
    last, backups = queries.last_backup(now=now()), queries.see(request.school)
    shown: dict[str, Any] = {
        "rows": [telling.row_of(backup, request.school) for backup in backups],
        "going_back": f"shuxiang restore {telling.quoted(backups)}",
        "can_go_back": queries.can_go_back(),
        "is_postgres": connection.vendor == "postgresql",
        "went_back": telling.went_back(queries.last_going_back(now=now())),
        "last": last,
        "trouble": telling.trouble_of(last),
        "folder": folders.chosen_folder(),
        "form": form if only_school() else None,
        "is_apart": folders.is_safe_place(folders.chosen_folder()),
    }
    return render(request, "office/safety/backups.html", shown, status=status)


def _chosen() -> str:
    folder = folders.chosen_folder()
    return "" if folder == folders.home_folder() else str(folder)
