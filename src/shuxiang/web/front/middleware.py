"""What holds for every page: an empty home has one, and a browser loads nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from shuxiang.platform.accounts.queries import nobody_yet
from shuxiang.platform.schools.middleware import WITHOUT_SCHOOL


class ContentPolicy(CSPMiddleware):
    """Writes the policy of the settings once for all answers, but for those whose view says otherwise."""

    def process_request(self, request: HttpRequest) -> None:
        """Give out no nonce: no page holds a script."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if any(said.startswith("_csp_") for said in vars(response)):
            return super().process_response(request, response)
        response.headers[HEADER] = self._usual()
        return response

    @cache  # noqa: B019 - there is one of it
    def _usual(self) -> str:
        plain = HttpResponse()
        return str(super().process_response(HttpRequest(), plain).headers[HEADER])


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
