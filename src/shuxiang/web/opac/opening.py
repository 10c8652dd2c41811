"""Whose catalogue is opened: a server of several schools shows none to strangers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

View = Callable[..., HttpResponseBase]


def of_a_school(view: View) -> View:
    """Lead whoever belongs to no school to the front page."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.school is None:  # type: ignore[attr-defined]
            return redirect("front")
        return view(request, *args, **kwargs)

    return opened
