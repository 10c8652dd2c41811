"""Signing in with the number of a card and a PIN."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_scopes import scope

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.pins import PinRests
from shuxiang.platform.accounts.queries import demo_pupil
from shuxiang.platform.accounts.rules import DEMO_PIN
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting
from shuxiang.readers import actions
from shuxiang.readers.queries import SIGN_IN, reader_of
from shuxiang.web.access import asked_for, everyone, on_the_way
from shuxiang.web.mine.forms import CardForm

BY_PASSWORD = "shuxiang.platform.accounts.backends.AccountBackend"  # noqa: S105 - a class
HALF_AN_HOUR = timedelta(minutes=30)
"""A pupil may have forgotten to sign out on somebody else's telephone."""


@everyone
@sensitive_post_parameters("pin")
@never_cache
def sign_in_by_card(request: HttpRequest) -> HttpResponse:
    """Let a pupil in, for half an hour."""
    if isinstance(request.user, Account):
        return redirect(asked_for(request, reverse("circulation.see_own_loans")))
    school: School | None = request.school  # type: ignore[attr-defined]
    form = CardForm(request.POST or None, school=school)
    if school and not _is_on(school):
        return render(request, "mine/shut.html", {"is_on": False}, status=404)
    if form.is_bound and form.is_valid() and (account := _let_in(form)):
        login(request, account, backend=BY_PASSWORD)
        request.session.set_expiry(now() + HALF_AN_HOUR)
        if account.must_change_password:
            return redirect(on_the_way(request, reverse("accounts.change_own_pin")))
        return redirect(asked_for(request, reverse("circulation.see_own_loans")))
    context = {
        "form": form,
        "next": asked_for(request, ""),
        "nobody_signs_in": True,
        **_to_try(school),
    }
    return render(request, "mine/sign_in.html", context, status=422 if form.is_bound else 200)


def _let_in(form: CardForm) -> Account | None:
    """Call the one action; what it refuses is said over the form."""
    typed = form.cleaned_data
    school: School = typed["school"]
    with scope(school=school):
        try:
            return actions.sign_in_by_card(
                school=school, card=typed["card"], pin=typed["pin"], now=now()
            )
        except actions.SignInOff:
            form.add_error(None, _("Your school has not turned this page on."))
        except actions.WrongPin:
            form.add_error(None, _("The number and the PIN do not match. Look at both once more."))
        except PinRests as rests:
            said = _(
                "There were ten wrong PINs in a row, so this card rests until %(time)s. "
                "Nobody else is kept waiting. Have you forgotten the PIN? "
                "The librarian gives you a new one at once."
            )
            until = localtime(rests.until).strftime("%H:%M")
            form.add_error(None, said % {"time": until})
    return None


def _is_on(school: School) -> bool:
    return bool(setting(school, SIGN_IN))


def _to_try(school: School | None) -> dict[str, Any]:
    """Offer a demo school's pupil."""
    pupil = demo_pupil(school) if school else None
    reader = reader_of(pupil) if pupil else None
    return {"demo_reader": reader, "demo_pin": DEMO_PIN}
