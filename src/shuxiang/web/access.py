"""Every view says who may open it. A view that says nothing is refused by the tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, resolve_url

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School

OWN_PASSWORD = "accounts.change_own_password"  # noqa: S105 - the name of a page


class Request(HttpRequest):
    """A request behind a guard: somebody has signed in, and their school is known."""

    user: Account  # type: ignore[assignment]
    school: School
    htmx: Any


View = Callable[..., HttpResponseBase]


def may(permission: str) -> Callable[[View], View]:
    """Open a view to those whose role has the permission: the name of an action or of a query."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            known = cast(Request, request)
            if known.user.must_change_password and permission != OWN_PASSWORD:
                return _lead(request, OWN_PASSWORD, status=403)
            if not known.user.has_perm(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def everyone(view: View) -> View:
    """Open a view to anybody, signed in or not."""
    view.access = "everyone"  # type: ignore[attr-defined]
    return view


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who is there; what was sent meanwhile is not recorded, and the page says so."""
    asked = QueryDict(mutable=True)
    if request.method in ("GET", "HEAD"):
        asked["next"] = request.headers.get("HX-Current-URL") or request.get_full_path()
    else:
        asked["next"] = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "/")
        asked["unrecorded"] = "1"
    return _lead(request, f"{resolve_url(settings.LOGIN_URL)}?{asked.urlencode('/')}", status=401)


def _lead(request: HttpRequest, to: str, *, status: int) -> HttpResponse:
    """Send a browser elsewhere; a part of a page can't be swapped for that, so htmx is told to go."""
    answer = redirect(to)
    if request.headers.get("HX-Request") != "true":
        return answer
    return HttpResponse(status=status, headers={"HX-Redirect": answer["Location"]})
