"""The term that a page of the rotation is about: the one that was chosen, or the nearest."""

from __future__ import annotations

from django.utils.timezone import now

from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import term_near
from shuxiang.web.access import Request
from shuxiang.web.keys import key_of


def chosen_term(request: Request) -> Term | None:
    """Find the term that the address names, or else the nearest; None if there is no term yet."""
    wanted = key_of(request.GET.get("term", ""))
    terms = Term.objects.filter(school=request.school).select_related("school", "year")
    found = terms.filter(pk=wanted).first() if wanted else None
    return found or term_near(request.school, request.school.day(now()))


def terms_offered(term: Term) -> dict[str, object]:
    """Gather what a page shows to choose another term."""
    terms = Term.objects.filter(school=term.school_id).select_related("year")
    return {"term": term, "terms": terms}
