"""Terms: the list, and the form for one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import school_year_of
from shuxiang.timetable import actions, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import calendar
from shuxiang.timetable.rules import TermDates, week_number
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.following import due_dates_follow
from shuxiang.web.office.times.forms import TermForm, say_refusal


@may("timetable.change_term")
def see_terms(request: Request) -> HttpResponse:
    """Show the terms, the latest on top."""
    today = request.school.day(now())
    terms = Term.objects.filter(school=request.school).select_related("year").order_by("-starts_on")
    rows = [
        {
            "term": term,
            "weeks": week_number(term.starts_on, term.ends_on),
            "when": _when(term, today),
        }
        for term in terms
    ]
    return render(request, "office/times/terms.html", {"rows": rows, "today": today})


@may("timetable.change_term")
@due_dates_follow
def change_term(request: Request, pk: int | None = None) -> HttpResponse:
    """Enter a term, or change one."""
    term = get_object_or_404(Term, school=request.school, pk=pk) if pk else None
    around = term.year.first_year if term else school_year_of(request.school.day(now()))
    initial = _initial(request.school, term, around)
    form = TermForm(request.POST or None, around=around, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_term(
                school=request.school,
                first_year=form.cleaned_data["first_year"],
                number=form.cleaned_data["number"],
                dates=form.dates,
                term=term,
                by=request.user,
                now=now(),
            )
        except TimetableRefused as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, _("The term is entered: due dates keep to it from now on."))
            _doubt(request, form.dates)
            return redirect("timetable.see_terms")
    status = 422 if form.errors else 200
    return render(request, "office/times/term.html", {"form": form, "term": term}, status=status)


@may("timetable.remove_term")
@require_POST
@due_dates_follow
def remove_term(request: Request, pk: int) -> HttpResponse:
    """Remove a term on which nothing rests."""
    term = get_object_or_404(Term, school=request.school, pk=pk)
    try:
        actions.remove_term(term=term, by=request.user, now=now())
    except TimetableRefused as refused:
        messages.error(request, wording.refusal(refused.objections[0]))
    else:
        messages.success(request, _("The term is removed."))
    return redirect("timetable.see_terms")


def _doubt(request: Request, dates: TermDates) -> None:
    """Tell which day of the end of term is a closed one: what is due then is due earlier."""
    days = calendar(request.school, around=dates.starts_on)
    for day, said in (
        (dates.last_lending_on, _("The library is closed on %(day)s, the last lending day.")),
        (
            dates.recall_on,
            _(
                "The library is closed on %(day)s, the recall day: books are due on the open day before."
            ),
        ),
    ):
        if day and not days.is_open(day):
            messages.warning(request, said % {"day": date_format(day, "MONTH_DAY_FORMAT")})


def _when(term: Term, today: date) -> str:
    if term.ends_on < today:
        return "past"
    return "now" if term.starts_on <= today else "later"


def _initial(school: School, term: Term | None, around: int) -> dict[str, Any]:
    if term:
        return {
            "first_year": around,
            "number": term.number,
            "starts_on": term.starts_on,
            "ends_on": term.ends_on,
            "last_lending_on": term.last_lending_on,
            "recall_on": term.recall_on,
        }
    there = Term.objects.filter(school=school, year__first_year=around)
    taken = set(there.values_list("number", flat=True))
    if taken >= {1, 2}:
        return {"first_year": around + 1, "number": 1}
    return {"first_year": around, "number": 2 if 1 in taken else 1}
