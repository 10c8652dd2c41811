"""An account and the reader that it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shuxiang.platform.accounts.actions import UsernameTaken, UsernameUnfit
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.queries import account_of
from shuxiang.readers import actions, queries
from shuxiang.readers.models import Reader
from shuxiang.web.access import Request, may
from shuxiang.web.office.people.account_forms import UsernameForm
from shuxiang.web.office.people.views.refusals import USERNAME_TAKEN, USERNAME_UNFIT
from shuxiang.web.office.people.views.rows import ReaderRow, rows_of

MOST = 20


@may("readers.open_account")
@never_cache
def open_account(request: Request, pk: int) -> HttpResponse:
    """Open an account for a reader and show its one-time password, once."""
    reader = get_object_or_404(Reader, pk=pk, school=request.school)
    form = UsernameForm(request.POST or None, initial={"username": reader.number})
    if form.is_bound and form.is_valid():
        try:
            username = form.cleaned_data["username"]
            issued = actions.open_account(
                reader=reader, username=username, by=request.user, now=now()
            )
        except UsernameTaken:
            form.add_error("username", str(USERNAME_TAKEN))
        except UsernameUnfit:
            form.add_error("username", str(USERNAME_UNFIT))
        except (actions.HasAccount, actions.AlreadyLeft, actions.NoAccountForThese):
            return redirect("readers.see_reader", pk=pk)
        else:
            shown = {"issued": issued, "reader": reader}
            return render(request, "office/people/password.html", shown)
    context = {"form": form, "reader": reader}
    status = 422 if form.is_bound else 200
    return render(request, "office/people/open_account.html", context, status=status)


@may("readers.link_account")
def link_account(request: Request, pk: int) -> HttpResponse:
    """Search the reader that an account is, and say so."""
    account = account_of(request.school, pk)
    if account is None:
        raise Http404
    if request.method == "POST":
        reader = _chosen(request)
        try:
            actions.link_account(account=account, reader=reader, by=request.user, now=now())
        except (actions.HasAccount, actions.AlreadyLeft):
            messages.error(request, _("This reader has another account, or has left."))
            return redirect("readers.link_account", pk=pk)
        messages.success(request, _said(account, reader))
        return redirect("accounts.change_account", pk=pk)
    text = request.GET.get("q", account.name).strip()
    present = queries.reader_of(account)
    context = {"account": account, "present": present, "text": text, "rows": _found(request, text)}
    return render(request, "office/people/link_account.html", context)


def _chosen(request: Request) -> Reader | None:
    key = request.POST.get("reader", "")
    if not key:
        return None
    if not key.isdecimal():
        raise Http404
    return get_object_or_404(Reader, pk=int(key), school=request.school)


def _said(account: Account, reader: Reader | None) -> str:
    if reader is None:
        return _("The account %(username)s is no reader's now.") % {"username": account.username}
    return _("The account %(username)s is that of %(name)s now.") % {
        "username": account.username,
        "name": reader.name,
    }


def _found(request: Request, text: str) -> list[ReaderRow]:
    day = request.school.day(now())
    found = queries.find_readers(request.school, text, MOST, day) if text else []
    return rows_of(request.school, [one for one in found if one.left_on is None], day)
