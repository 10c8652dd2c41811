"""Choosing the own PIN: first of all after a slip, and whenever one likes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from shuxiang.platform.accounts.actions import change_own_pin as change
from shuxiang.platform.accounts.pins import OwnPinUnfit
from shuxiang.web.access import asked_for, may
from shuxiang.web.mine.forms import OwnPinForm
from shuxiang.web.mine.opening import ReaderRequest, own


@may("accounts.change_own_pin")
@sensitive_post_parameters()
@own
def change_own_pin(request: ReaderRequest) -> HttpResponse:
    """Take six digits that only this reader knows."""
    if not request.user.signs_in_by_pin:
        return redirect("accounts.change_own_password")
    form = OwnPinForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            account = change(
                account=request.user,
                pin=form.cleaned_data["pin"],
                known=[request.reader.card, request.reader.number],
                now=now(),
            )
        except OwnPinUnfit:
            form.add_error("pin", _unfit())
        else:
            update_session_auth_hash(request, account)
            messages.success(request, _("Your PIN is changed. Tell it to nobody."))
            return redirect(asked_for(request, reverse("circulation.see_own_loans")))
    status = 422 if form.is_bound else 200
    return render(request, "mine/pin.html", {"form": form}, status=status)


def _unfit() -> str:
    return _(
        "Take six digits that are not all alike or in a row, "
        "not part of your card's number, and not the PIN you have now."
    )
