"""Every view says who may open it. A view that says nothing is refused by the tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School

OWN_PASSWORD = "accounts.change_own_password"  # noqa: S105 - the name of an action
OWN_PIN = "accounts.change_own_pin"
LONGEST_NONCE = 40
METHODS = ("GET", "HEAD", "POST")  # what a browser sends; a view narrows it further


class Request(HttpRequest):
    """A request as views get it: who asks, in which school, by which means."""

    user: Account
    school: School
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


def may(permission: str) -> Callable[[View], View]:
    """Open the view only to whom the permission is given."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if not request.user.is_authenticated:
                return _lead_to_sign_in(request)
            first = _secret_to_change(request.user)
            if first and permission != first:
                return _lead_to(request, resolve_url(first))
            if not request.user.has_perm(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def _secret_to_change(account: Account) -> str:
    """Name what has to be changed before anything else opens, if anything."""
    if not account.must_change_password:
        return ""
    return OWN_PIN if account.signs_in_by_pin else OWN_PASSWORD


def everyone(view: View) -> View:
    """Open the view to all, signed in or not."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return view(request, *args, **kwargs)

    open_view.access = "everyone"  # type: ignore[attr-defined]
    return open_view


def nonce_of(request: HttpRequest) -> str:
    """Read the number by which a repeated request is known; pages make it no longer than is kept."""
    return request.POST.get("nonce", "")[:LONGEST_NONCE]


def asked_for(request: HttpRequest, otherwise: str) -> str:
    """Give the page that was wanted before, if it is one of this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if here else otherwise


def on_the_way(request: HttpRequest, address: str) -> str:
    """Give the address of a page that comes first, and lets go on to the one that was wanted before."""
    wanted = asked_for(request, "")
    return f"{address}?{urlencode({'next': wanted})}" if wanted else address


def _lead_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to sign in and back; what was sent without signing in says that it was not recorded."""
    if request.method in {"GET", "HEAD"}:
        back = request.get_full_path()
        return _lead_to(request, redirect_to_login(_page_seen(request, back)).url)
    address = redirect_to_login(_page_seen(request, "/")).url
    return _lead_to(request, f"{address}&{urlencode({'unrecorded': 1})}")


def _page_seen(request: HttpRequest, otherwise: str) -> str:
    """Return the page that asked for a part of itself; a part alone is no page to come back to."""
    return HtmxDetails(request).current_url_abs_path or otherwise


def _lead_to(request: HttpRequest, address: str) -> HttpResponseBase:
    """Redirect the whole page, also when only a part of it was asked for."""
    if HtmxDetails(request):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponse(status=302, headers={"Location": address})
