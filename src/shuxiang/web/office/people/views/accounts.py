"""Who signs in, as what, and new passwords."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shuxiang.platform.accounts import actions, queries
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.queries import reader_of
from shuxiang.web.access import Request, may
from shuxiang.web.office.people.account_forms import ChangeAccountForm, NewAccountForm
from shuxiang.web.office.people.views.refusals import USERNAME_TAKEN, USERNAME_UNFIT

A_PAGE = 50


@may("accounts.see_accounts")
def see_accounts(request: Request) -> HttpResponse:
    """List the school's accounts with their roles."""
    text = request.GET.get("q", "").strip()
    found = queries.see_accounts(request.school, text)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "office/people/accounts.html", {"page": page, "text": text})


@may("accounts.add_account")
@never_cache
def add_account(request: Request) -> HttpResponse:
    """Add an account and show its one-time password, once."""
    form = NewAccountForm(request.POST or None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            issued = actions.add_account(
                school=request.school,
                username=typed["username"],
                name=typed["name"],
                roles=_roles(typed["roles"]),
                by=request.user,
                now=now(),
            )
        except actions.UsernameTaken:
            form.add_error("username", str(USERNAME_TAKEN))
        except actions.UsernameUnfit:
            form.add_error("username", str(USERNAME_UNFIT))
        else:
            return render(request, "office/people/password.html", {"issued": issued})
    status = 422 if form.is_bound else 200
    return render(request, "office/people/add_account.html", {"form": form}, status=status)


@may("accounts.change_account")
def change_account(request: Request, pk: int) -> HttpResponse:
    """Change an account's name and roles, or shut it out."""
    account = _account(request, pk)
    initial = {
        "name": account.name,
        "roles": sorted(account.roles),
        "is_active": account.is_active,
    }
    form = ChangeAccountForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid() and _change(request, form, account):
        return redirect("accounts.see_accounts")
    context = {"form": form, "account": account, "reader": reader_of(account)}
    status = 422 if form.is_bound else 200
    return render(request, "office/people/change_account.html", context, status=status)


def _change(request: Request, form: ChangeAccountForm, account: Account) -> bool:
    typed = form.cleaned_data
    kept = account.roles & {Role.DISTRICT}  # not given here, so not taken away here
    try:
        actions.change_account(
            account=account,
            changes={"name": typed["name"].strip(), "is_active": typed["is_active"]},
            roles=_roles(typed["roles"]) | kept,
            by=request.user,
            now=now(),
        )
    except actions.LastAdministrator:
        form.add_error(
            None,
            _("The school needs somebody who gives accounts: name another administrator first."),
        )
        return False
    messages.success(request, _("The account of %(name)s is changed.") % {"name": typed["name"]})
    return True


@may("accounts.set_password")
@require_POST
@never_cache
def set_password(request: Request, pk: int) -> HttpResponse:
    """Give an account a one-time password and show it, once."""
    account = _account(request, pk)
    issued = actions.set_password(account=account, by=request.user, now=now())
    return render(request, "office/people/password.html", {"issued": issued, "is_new": True})


def _account(request: Request, pk: int) -> Account:
    if account := queries.account_of(request.school, pk):
        return account
    raise Http404


def _roles(chosen: list[str]) -> set[Role]:
    return {Role(role) for role in chosen}
