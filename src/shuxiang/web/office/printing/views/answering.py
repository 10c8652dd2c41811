"""How printed things are given to the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from shuxiang.paper.press import FacesMissing, Paper, picture, print_pdf
from shuxiang.platform.jobs.child import ChildFailed
from shuxiang.web.access import Request

View = Callable[..., HttpResponse]


def saying_what_fails(view: View) -> View:
    """Answer with a page that says why nothing was printed."""

    @wraps(view)
    def printing(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except FacesMissing as missing:
            context = {"missing": str(missing)}
        except ChildFailed:
            context = {"missing": ""}
        return render(request, "office/printing/trouble.html", context, status=503)

    return printing


def as_pdf(paper: Paper, name: str) -> HttpResponse:
    """Give pages as a PDF that opens in the browser, under a name fit to be kept."""
    answer = HttpResponse(print_pdf(paper), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    return answer


def as_picture(paper: Paper) -> HttpResponse:
    """Give the first page as a picture."""
    return HttpResponse(picture(paper), content_type="image/png")
