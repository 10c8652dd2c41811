"""One's own password and PIN."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shuxiang.platform.accounts import actions
from shuxiang.web.access import Request, asked_for, may
from shuxiang.web.front.doors import way_in
from shuxiang.web.front.forms import OwnPasswordForm, PinForm


@may("accounts.change_own_password")
@sensitive_post_parameters()
@never_cache
def change_own_password(request: Request) -> HttpResponse:
    """Change the own password; a one-time password leads here first."""
    if request.user.signs_in_by_pin:
        return redirect("accounts.change_own_pin")
    form = OwnPasswordForm(request.POST or None, account=request.user)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            account = actions.change_own_password(
                account=request.user, old=typed.get("old", ""), new=typed["new"], now=now()
            )
        except actions.WrongPassword:
            form.add_error("old", _("This is not your present password."))
        except actions.PasswordIsPublic:
            form.add_error("new", _("This is the demo school's password, which everybody knows."))
        except ValidationError as weak:
            form.add_error("new", weak)
        else:
            update_session_auth_hash(request, account)
            messages.success(
                request, _("Your password is changed. Other browsers have been signed out.")
            )
            return redirect(asked_for(request, way_in(account)))
    return _page(request, password_form=form)


@may("accounts.set_pin")
@require_POST
@sensitive_post_parameters()
@never_cache
def set_pin(request: Request) -> HttpResponse:
    """Set the PIN that confirms one act at the desk."""
    form = PinForm(request.POST)
    if form.is_valid():
        try:
            pin = form.cleaned_data["pin"]
            actions.set_pin(account=request.user, pin=pin, by=request.user, now=now())
        except actions.PinUnfit:
            form.add_error(
                "pin", _("Take four to eight digits that are neither all the same nor in a row.")
            )
        else:
            messages.success(request, _("Your PIN is set. The desk asks for it to confirm."))
            return redirect("accounts.change_own_password")
    return _page(request, pin_form=form)


def _page(
    request: Request,
    *,
    password_form: OwnPasswordForm | None = None,
    pin_form: PinForm | None = None,
) -> HttpResponse:
    context = {
        "password_form": password_form or OwnPasswordForm(account=request.user),
        "pin_form": pin_form or PinForm(),
        "may_set_pin": request.user.has_perm("accounts.set_pin"),
        "next": asked_for(request, ""),
    }
    refused = any(form and form.is_bound for form in (password_form, pin_form))
    return render(request, "front/own.html", context, status=422 if refused else 200)
