"""Every view says who may open it. A view that says nothing is refused by the tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

View = Callable[..., HttpResponseBase]


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send whoever has not signed in to sign in; a part of a page can't be swapped for that."""
    if request.headers.get("HX-Request") == "true":
        answer = HttpResponse(status=401)
        back = request.headers.get("HX-Current-URL", "/")
        answer["HX-Redirect"] = redirect_to_login(back).url
        return answer
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return redirect_to_login(back)


def may(permission: str) -> Callable[[View], View]:
    """Open the view only to whom the permission is given."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not request.user.has_perm(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def everyone(view: View) -> View:
    """Open the view to all, signed in or not."""
    view.access = "everyone"  # type: ignore[attr-defined]
    return view
