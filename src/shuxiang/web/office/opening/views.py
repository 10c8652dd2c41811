"""A term opens: the list of what must be ready, and the new school year."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.circulation import actions as circulation
from shuxiang.circulation.queries import clearing
from shuxiang.platform.schools.rules import FIRST_MONTH_OF_YEAR
from shuxiang.readers import actions as readers
from shuxiang.readers.models import NewYear, Reader
from shuxiang.readers.queries import last_classes
from shuxiang.readers.queries.new_year import (
    last_year_done,
    resting_on_year,
    year_plan,
)
from shuxiang.readers.rules.new_year import Step
from shuxiang.timetable.actions.opening import tick_opening
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import term_near
from shuxiang.timetable.rules.opening import Look
from shuxiang.web.access import Request, may
from shuxiang.web.keys import keys_of
from shuxiang.web.office.opening import checklist, lines

A_PAGE = 100
NO_SEAT = 999
EARLY = timedelta(days=62)
"""Before a school year begins: nobody carries it out sooner, unless by mistake."""


@may("timetable.see_opening")
@require_safe
def see_opening(request: Request) -> HttpResponse:
    """Show what must be ready before the term opens, and what is."""
    today = request.school.day(now())
    term = term_near(request.school, today)
    if term and term.ends_on < today:  # the next one is not entered yet
        term = None
    found = checklist.items(term) if term else []
    ready = sum(item.is_ready for item in found)
    context = {"term": term, "items": found, "ready": ready, "todo": len(found) - ready}
    return render(request, "office/opening/opening.html", context)


@may("timetable.tick_opening")
@require_POST
def tick(request: Request, pk: int) -> HttpResponse:
    """Say that a thing was looked at and is ready, or that it is not after all."""
    term = get_object_or_404(Term, school=request.school, pk=pk)
    said = request.POST.get("look", "")
    if said not in set(Look):
        raise Http404
    tick_opening(
        term=term,
        look=Look(said),
        is_good=request.POST.get("is_good") == "yes",
        by=request.user,
        now=now(),
    )
    return redirect("timetable.see_opening")


@may("readers.see_new_year")
@require_safe
def see_year(request: Request, pk: int) -> HttpResponse:
    """Show which way every pupil goes; once it was carried out, what came of it."""
    year = _year(request, pk)
    if year.done_at:
        return render(request, "office/opening/year_done.html", _done(year))
    plan = year_plan(year)
    said = request.GET.get("step", "")
    chosen = Step(said) if said in set(Step) else lines.first_shown(plan.counts)
    owing = clearing.books_out(request.school, lines.leaving(plan.lines))
    rows = lines.shown(
        plan.lines, chosen, school=request.school, first_year=year.first_year, owing=owing
    )
    today = request.school.day(now())
    context = {
        "year": year,
        "plan": plan,
        "owing": owing,
        "today": today,
        "is_early": today < date(year.first_year, FIRST_MONTH_OF_YEAR, 1) - EARLY,
        "is_other_year": lines.is_of_another_year(plan.counts),
        "filters": lines.filters(plan.counts, chosen),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "left_alone": lines.grades(plan.not_listed, school=request.school, year=year.first_year),
        "new_classes": lines.classes(plan.new_classes, school=request.school, year=year.first_year),
    }
    return render(request, "office/opening/year_plan.html", context)


@may("readers.begin_year")
@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    """Carry out what was shown."""
    year = _year(request, pk)
    try:
        circulation.begin_year(
            year=year, shown=request.POST.get("shown", ""), by=request.user, now=now()
        )
    except readers.YearNotAsShown:
        words = _(
            "Readers were changed meanwhile. Nothing was recorded: look at the list once more."
        )
        messages.warning(request, words)
    except (readers.NumberTaken, readers.CardTaken) as taken:
        words = _("The number %(number)s names somebody else by now. Nothing was recorded.")
        messages.warning(request, words % {"number": taken})
    return redirect("readers.year_plan", year.pk)


@may("readers.undo_year")
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a new school year back, apart from those of whom the page said so."""
    year = _year(request, pk)
    named = keys_of(request.POST.get("apart_from", "").split())
    try:
        undone = circulation.undo_year(year=year, apart_from=named, by=request.user, now=now())
    except readers.YearNotLast:
        messages.warning(request, _("Only the last new school year can be taken back, and once."))
    except readers.YearRests:
        words = _(
            "Something was done with a pupil meanwhile. Nothing was taken back: look at the list once more."
        )
        messages.warning(request, words)
    except (readers.NumberTaken, readers.CardTaken) as taken:
        words = _("The number %(number)s names somebody else by now. Nothing was taken back.")
        messages.warning(request, words % {"number": taken})
    else:
        messages.success(request, lines.taken_back(len(undone.trace["stay"])))
    return redirect("readers.year_plan", year.pk)


@may("readers.give_year_up")
@require_POST
def give_up(request: Request, pk: int) -> HttpResponse:
    """Forget a list that was only looked at."""
    readers.give_year_up(year=_year(request, pk), by=request.user, now=now())
    messages.info(request, _("The list is forgotten. Nothing was recorded."))
    return redirect("readers.see_new_year")


@may("circulation.clearance_slip")
@require_safe
def slip(request: Request, pk: int) -> HttpResponse:
    """Show a slip to print for who leaves with everything brought back; else what is missing."""
    reader = get_object_or_404(
        Reader.objects.select_related("school"), school=request.school, pk=pk
    )
    found = clearing.clearance_slip(reader)
    context = {"slip": found, "today": request.school.day(now()), "school": request.school}
    return render(request, "office/opening/slip.html", context)


def _done(year: NewYear) -> dict[str, Any]:
    if year.undone_at:
        return {"year": year, "staying": _by_name(year, year.trace.get("stay", ()))}
    gone = _by_name(year, year.trace["left"])
    out = clearing.books_out(year.school, year.trace["left"])
    last = last_classes(out)
    is_last = last_year_done(year.school) == year
    staying = resting_on_year(year) if is_last else ()
    return {
        "year": year,
        "is_last": is_last,
        "staying": _by_name(year, staying),
        "apart_from": " ".join(map(str, staying)),
        "counts": lines.counted(year.counts),
        "owing": sorted(
            ((one, out[one.pk], str(last.get(one.pk, ""))) for one in gone if one.pk in out),
            key=lambda owes: (owes[2], owes[0].seat or NO_SEAT),
        ),
        "clear": [one for one in gone if one.pk not in out],
    }


def _by_name(year: NewYear, keys: Collection[int]) -> QuerySet[Reader]:
    return Reader.objects.filter(school=year.school, pk__in=keys).order_by("name", "id")


def _year(request: Request, pk: int) -> NewYear:
    found = NewYear.objects.filter(school=request.school, pk=pk).select_related("school").first()
    if found is None:
        raise Http404
    return found
