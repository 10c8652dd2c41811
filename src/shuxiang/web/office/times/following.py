"""What is out is due by the calendar and the rotation as they now stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.circulation.actions import follow_calendar
from shuxiang.web.access import Request

View = Callable[..., HttpResponse]


def due_dates_follow(view: View) -> View:
    """Let due dates follow what a page has changed in days, hours, terms or visits, and say how many did."""

    @wraps(view)
    def following(request: Request, *args: int | str, **kwargs: int | str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            _follow(request)
        return response

    return following


def _follow(request: Request) -> None:
    if moved := follow_calendar(school=request.school, by=request.user, now=now()):
        said = _(
            "With this, %(count)s books that are out are due on another day, as the calendar and the rotation now have it."
        )
        messages.info(request, said % {"count": moved})
