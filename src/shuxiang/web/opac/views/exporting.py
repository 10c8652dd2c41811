"""A title handed over as a file."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from shuxiang.catalogue.queries import shown
from shuxiang.web.access import Request, everyone
from shuxiang.web.opac import citing
from shuxiang.web.opac.opening import of_a_school
from shuxiang.web.opac.records import isbns, people, the_holding

JSON_FOR_PEOPLE = {"ensure_ascii": False, "indent": 2}


@everyone
@require_safe
@of_a_school
def as_text(request: Request, pk: int) -> HttpResponse:
    """Give the citation alone."""
    holding = the_holding(request, pk)
    title = shown(holding)
    text = f"{citing.cite(title, people(holding))}\n"
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    return _named(answer, f"{title.name}.txt")


@everyone
@require_safe
@of_a_school
def as_ris(request: Request, pk: int) -> HttpResponse:
    """Give the title to a reference manager."""
    holding = the_holding(request, pk)
    title, url = shown(holding), _address(request, pk)
    text = citing.ris(title, people(holding), isbns(holding), url)
    answer = HttpResponse(text, content_type="application/x-research-info-systems; charset=utf-8")
    return _named(answer, f"{title.name}.ris")


@everyone
@require_safe
@of_a_school
def as_json(request: Request, pk: int) -> HttpResponse:
    """Give the title to another program."""
    holding = the_holding(request, pk)
    title, url = shown(holding), _address(request, pk)
    fields = citing.fields(title, people(holding), isbns(holding), url)
    return _named(JsonResponse(fields, json_dumps_params=JSON_FOR_PEOPLE), f"{title.name}.json")


def _address(request: Request, pk: int) -> str:
    return request.build_absolute_uri(reverse("opac.see_title", args=[pk]))


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    plain = "".join(char for char in name if char.isprintable() and char not in '\\/"')
    header = content_disposition_header(as_attachment=True, filename=plain)
    answer.headers["Content-Disposition"] = header or "attachment"
    return answer
