"""Whose catalogue is opened, and for whom: a server of several schools shows none to strangers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting

View = Callable[..., HttpResponseBase]


def of_a_school(view: View) -> View:
    """Lead whoever belongs to no school to the front page; tell pages whether readers have their own."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        school: School | None = request.school  # type: ignore[attr-defined]
        if school is None:
            return redirect("front")
        request.readers_sign_in = setting(school, "readers.sign_in")  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return opened
