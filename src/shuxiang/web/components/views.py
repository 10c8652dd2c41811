"""The gallery: every component once, with what a school would really show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuxiang.web.access import everyone
from shuxiang.web.components import samples


@everyone
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    return render(request, "components/gallery.html", samples.everything(request.GET))
