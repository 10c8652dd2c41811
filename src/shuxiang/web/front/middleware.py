"""An empty home has one page: the one that sets it up."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shuxiang.platform.accounts.queries import nobody_yet
from shuxiang.platform.schools.middleware import WITHOUT_SCHOOL


class SetUpFirst:
    """Leads to the set-up page while nobody can sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_SCHOOL) or request.user.is_authenticated:
            return self.get_response(request)
        always = (reverse("set_up"), reverse("set_language"))
        if request.path not in always and nobody_yet():
            return redirect("set_up")
        return self.get_response(request)
