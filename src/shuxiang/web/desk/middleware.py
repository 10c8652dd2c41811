"""A locked desk is a locked browser: whoever finds it can't walk on into the office."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from shuxiang.web.desk import shift

STAY_OPEN = frozenset(
    {
        "circulation.see_desk",
        "circulation.board",
        "circulation.newest_entry",
        "desk.lock",
        "desk.unlock",
        "sign_out",
        "set_language",
    }
)
"""What can be asked of a locked desk; the acts of the desk answer themselves that it is locked."""


class LockedDesk:
    """Leads back to the lock whatever else is opened in a session whose desk is locked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if shift.was_locked(request) and not _stays_open(request):
            return redirect("circulation.see_desk")
        return self.get_response(request)


def _stays_open(request: HttpRequest) -> bool:
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return True
    asks_itself = getattr(found.func, "is_desk_act", False)
    return asks_itself or found.url_name in STAY_OPEN
