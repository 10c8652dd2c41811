"""Reader cards: whose, a first look, and the PDF."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuxiang.paper.faces import missing_faces
from shuxiang.readers.actions import see_cards
from shuxiang.web.access import Request, may
from shuxiang.web.office.printing.choosing import CardRun, run_of, who_can_be_chosen
from shuxiang.web.office.printing.views.answering import as_pdf, as_picture, saying_what_fails


@may("readers.see_cards")
@require_safe
def reader_cards(request: Request) -> HttpResponse:
    """Choose a class, or readers, and see the first page."""
    run = _run(request)
    context = {
        "run": run,
        "who": request.GET.get("who", ""),
        "groups": who_can_be_chosen(request.school, run.day),
        "asked": request.GET.urlencode(),
        "missing": missing_faces(),
    }
    return render(request, "office/printing/cards.html", context)


@may("readers.see_cards")
@require_safe
@never_cache
@csp_replace({"object-src": [SELF]})
@saying_what_fails
def cards_pdf(request: Request) -> HttpResponse:
    """Print cards, and write down whose."""
    run = _run(request)
    if not run.readers:
        return redirect("paper.reader_cards")
    answer = as_pdf(run.paper(), run.title())
    see_cards(school=request.school, readers=run.readers, by=request.user, now=now())
    return answer


@may("readers.see_cards")
@require_safe
@never_cache
@saying_what_fails
def cards_picture(request: Request) -> HttpResponse:
    """Draw the first sheet of cards."""
    run = _run(request)
    return as_picture(run.paper()) if run.readers else HttpResponse(status=404)


def _run(request: Request) -> CardRun:
    return run_of(request.GET, request.school, request.school.day(now()))
