"""Coming in, going out, and the language of the screens."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shuxiang.platform.accounts import actions
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.queries import demo_accounts
from shuxiang.platform.accounts.rules import DEMO_PASSWORD
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting
from shuxiang.readers.queries import SIGN_IN
from shuxiang.web.access import asked_for, everyone, on_the_way
from shuxiang.web.front.doors import way_in
from shuxiang.web.front.forms import SignInForm

A_YEAR = 365 * 24 * 60 * 60


@everyone
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in by name and password; a demo school offers its accounts."""
    if isinstance(request.user, Account):
        return redirect(asked_for(request, way_in(request.user)))
    form = SignInForm(request, request.POST or None)
    if form.is_bound and form.is_valid():
        account = form.get_user()
        actions.sign_in(account=account, now=now())
        login(request, account)
        if account.must_change_password:
            return redirect(on_the_way(request, way_in(account)))
        return redirect(asked_for(request, way_in(account)))
    school: School | None = request.school  # type: ignore[attr-defined]
    context = {
        "form": form,
        "next": asked_for(request, ""),
        "unrecorded": "unrecorded" in request.GET,
        "demo_accounts": demo_accounts(school) if school else [],
        "demo_password": DEMO_PASSWORD,
        "by_card": bool(school and setting(school, SIGN_IN)),
    }
    return render(request, "front/sign_in.html", context, status=422 if form.is_bound else 200)


@everyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let somebody out."""
    logout(request)
    return redirect("front")


@everyone
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Show the screens in another language, to this account everywhere or to this browser."""
    language = request.POST.get("language", "")
    answer = redirect(asked_for(request, reverse("front")))
    if language not in dict(settings.LANGUAGES):
        return answer
    if isinstance(request.user, Account):
        actions.choose_language(account=request.user, language=language, now=now())
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer
