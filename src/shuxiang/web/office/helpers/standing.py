"""Which term the pages show, and why something cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.utils.timezone import now

from shuxiang.student_librarians import queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Shift
from shuxiang.student_librarians.wording import refusal
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import term_near
from shuxiang.web.access import Request


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The term that is looked at, and those that can be."""

    term: Term | None
    terms: Sequence[Term]


def term_shown(request: Request) -> Shown:
    """Give the term that was asked for, or else the present one, the next or the last."""
    terms = list(
        Term.objects.filter(school=request.school)
        .select_related("year", "school")
        .order_by("-starts_on")
    )
    asked = request.GET.get("term", "")
    chosen = next((term for term in terms if str(term.pk) == asked), None)
    if chosen is None and terms:
        near = term_near(request.school, request.school.day(now()))
        chosen = next((term for term in terms if near and term.pk == near.pk), None)
    return Shown(term=chosen, terms=terms)


def say(request: Request, refused: HelperRefused) -> None:
    """Tell each objection at the head of the next page."""
    for objection in refused.objections:
        messages.error(request, refusal(objection))


def doubts_of(request: Request, shifts: Iterable[Shift]) -> list[queries.Doubt]:
    """Find what speaks against some hours in the term that is looked at."""
    term = term_shown(request).term
    return queries.doubts(shifts, term, request.school.day(now())) if term else []
