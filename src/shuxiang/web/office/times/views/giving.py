"""The rotation given to the classes: a sheet, a calendar to follow, a workbook."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.paper.rotation_book import rotation_book
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name, classes_at_school
from shuxiang.timetable import actions, queries
from shuxiang.timetable.models import ClassFeed, Term
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.chosen import chosen_term, terms_offered

BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@may("timetable.renew_feed")
@require_safe
def see_classes(request: Request) -> HttpResponse:
    """Show for each class what it can be given: its sheet and its calendar."""
    term = _term(request)
    year = term.year.first_year
    feeds = {one.school_class_id: one for one in ClassFeed.objects.filter(school=request.school)}
    lines = [
        {
            "school_class": one,
            "name": class_name(one, year),
            "address": _address(request, feeds[one.pk]) if one.pk in feeds else "",
        }
        for one in classes_at_school(request.school, year)
    ]
    return render(request, "office/times/classes.html", terms_offered(term) | {"lines": lines})


@may("timetable.see_timetable")
@require_safe
def print_class(request: Request, pk: int) -> HttpResponse:
    """Show when one class comes, to hang up in it: its turns, and every day of the term."""
    one = _class(request, pk)
    term = _term(request)
    turns = [turn for turn in queries.see_timetable(term) if turn.school_class_id == one.pk]
    visits = queries.visits_offered(request.school, term.starts_on, term.ends_on, school_class=one)
    today = request.school.day(now())
    context = {
        "term": term,
        "name": class_name(one, term.year.first_year),
        "turns": turns,
        "months": _by_month([visit for visit in visits if visit.takes_place], today),
        "today": today,
    }
    return render(request, "office/times/class_print.html", context)


@may("timetable.renew_feed")
@require_POST
def renew_feed(request: Request, pk: int) -> HttpResponse:
    """Give a class's calendar a new secret address."""
    one = _class(request, pk)
    is_first = queries.feed_of(one) is None
    actions.renew_feed(school_class=one, by=request.user, now=now())
    said = (
        _("The calendar has an address: pass it on.")
        if is_first
        else _(
            "The calendar has a new address. The former one leads nowhere now; pass this one on."
        )
    )
    messages.success(request, said)
    return redirect(f"{reverse('timetable.give_out')}#class-{one.pk}")


@may("timetable.close_feed")
@require_POST
def close_feed(request: Request, pk: int) -> HttpResponse:
    """Let a class's calendar be followed no more."""
    one = _class(request, pk)
    actions.close_feed(school_class=one, by=request.user, now=now())
    messages.success(request, _("The address leads nowhere now."))
    return redirect(f"{reverse('timetable.give_out')}#class-{one.pk}")


@may("timetable.see_timetable")
@require_safe
def as_book(request: Request) -> HttpResponse:
    """Give the rotation as a workbook."""
    term = _term(request)
    page = rotation_book(term, queries.see_timetable(term))
    name = content_disposition_header(True, _("rotation %(day)s.xlsx") % {"day": term.starts_on})
    return HttpResponse(page, content_type=BOOK, headers={"Content-Disposition": name})


def _term(request: Request) -> Term:
    term = chosen_term(request)
    if term is None:
        raise Http404
    return term


def _class(request: Request, pk: int) -> SchoolClass:
    classes = SchoolClass.objects.select_related("school")
    return get_object_or_404(classes, school=request.school, pk=pk)


def _address(request: Request, feed: ClassFeed) -> str:
    return request.build_absolute_uri(reverse("follow_class", args=[feed.secret]))


def _by_month(
    visits: list[queries.Offered], today: date
) -> list[tuple[date, list[tuple[queries.Offered, bool]]]]:
    """Gather the visits by their months, each with whether it is over."""
    months: dict[date, list[tuple[queries.Offered, bool]]] = {}
    for visit in visits:
        months.setdefault(visit.on.replace(day=1), []).append((visit, visit.on < today))
    return list(months.items())
