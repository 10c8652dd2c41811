"""The page is there for readers of a school that has turned it on; for others it says why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from shuxiang.platform.schools.queries import setting
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import SIGN_IN, reader_of
from shuxiang.web.access import Request

View = Callable[..., HttpResponse]


class ReaderRequest(Request):
    """A request of somebody who borrows."""

    reader: Reader


def own(view: View) -> View:
    """Open a view to whoever is a reader, with the reader; nothing that it shows is kept outside."""

    @wraps(view)
    def opened(request: ReaderRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_on = setting(request.school, SIGN_IN)
        reader = reader_of(request.user) if is_on else None
        if reader is None or reader.left_on:
            return render(request, "mine/shut.html", {"is_on": is_on}, status=404)
        reader.school = request.school
        request.reader = reader
        return view(request, *args, **kwargs)

    return never_cache(opened)
