"""When something is refused or goes wrong: what happened, was it recorded, what to do."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from shuxiang.platform.database.failures import is_away

UNFORESEEN, AWAY = 500, 503
SAFE = ("GET", "HEAD", "OPTIONS")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a request could not be read, or that it was too big."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return _page(request, 413)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the account may not do this."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    return _page(request, 404)


def unforeseen(request: HttpRequest) -> HttpResponse:
    """Say that the house failed, or only its database, which a desk waits for; nothing here asks it."""
    return _page(request, AWAY if is_away(sys.exc_info()[1]) else UNFORESEEN)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old, or came from elsewhere (CSRF)."""
    return _page(request, 403, "csrf")


def locked_out(
    request: HttpRequest, original: HttpResponse | None, credentials: Any
) -> HttpResponse:
    """Say that a name is locked after too many wrong passwords, and for how long."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return _page(request, 429, minutes=minutes)


def _page(request: HttpRequest, status: int, name: str = "", **more: object) -> HttpResponse:
    template = f"front/errors/{name or status}.html"
    context = {"was_sent": request.method not in SAFE, **more}
    if status < UNFORESEEN and hasattr(request, "school"):
        return render(request, template, context, status=status)
    nobody = SimpleNamespace(school=None, user=AnonymousUser(), path=request.path)
    page = render_to_string(template, {**context, "request": nobody})
    return HttpResponse(page, status=status)
