"""The lending rules: terms by category, grade and collection, and how each class comes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.circulation import actions
from shuxiang.circulation.models import LendingMode, LendingTerms
from shuxiang.circulation.queries import due_between_visits
from shuxiang.formats.classname import grade_name
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.queries import class_name
from shuxiang.web.access import Request, may
from shuxiang.web.office.times.lending_forms import ModeForm, NewTermsForm, TermsForm


@may("circulation.change_terms")
def terms_rows(request: Request) -> HttpResponse:
    """Show the lending rules, and how the classes come."""
    today = request.school.day(now())
    rows = LendingTerms.objects.filter(school=request.school).select_related("collection")
    modes = LendingMode.objects.filter(school=request.school).select_related("school_class__school")
    year = school_year(request.school, today)
    context = {
        "by_days": len(due_between_visits(request.school, today)),
        "rows": [{"row": row, "grade": row.grade and grade_name(row.grade)} for row in rows],
        "modes": [
            {"row": row, "whom": _whom(row, year), "is_to_come": row.from_on > today}
            for row in modes.order_by("-from_on", "grade", "school_class", "id")
        ],
    }
    return render(request, "office/times/lending.html", context)


@may("circulation.change_terms")
def add_terms(request: Request) -> HttpResponse:
    """Add a rule for a category, a grade and a collection."""
    form = NewTermsForm(request.POST or None, school=request.school)
    if request.method == "POST" and form.is_valid():
        actions.change_terms(school=request.school, row=form.row, by=request.user, now=now())
        messages.success(request, _("The rule is entered: it holds from the next loan on."))
        return redirect("circulation.terms_rows")
    status = 422 if form.errors else 200
    return render(request, "office/times/lending_form.html", {"form": form}, status=status)


@may("circulation.change_terms")
def change_terms(request: Request, pk: int) -> HttpResponse:
    """Change a rule; for whom and for what it is stays."""
    rows = LendingTerms.objects.select_related("collection")
    row = get_object_or_404(rows, school=request.school, pk=pk)
    form = TermsForm(request.POST or None, initial=TermsForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        key = {"category": row.category, "grade": row.grade, "collection": row.collection}
        actions.change_terms(
            school=request.school, row={**key, **form.row}, by=request.user, now=now()
        )
        messages.success(request, _("The rule is changed: it holds from the next loan on."))
        return redirect("circulation.terms_rows")
    context = {"form": form, "row": row, "grade": row.grade and grade_name(row.grade)}
    status = 422 if form.errors else 200
    return render(request, "office/times/lending_form.html", context, status=status)


@may("circulation.remove_terms")
@require_POST
def remove_terms(request: Request, pk: int) -> HttpResponse:
    """Take a rule off."""
    row = get_object_or_404(LendingTerms, school=request.school, pk=pk)
    actions.remove_terms(terms=row, by=request.user, now=now())
    messages.success(request, _("The rule is removed: the next more general one holds."))
    return redirect("circulation.terms_rows")


@may("circulation.set_mode")
def set_mode(request: Request) -> HttpResponse:
    """Let all, a grade or a class come in another way from a day on."""
    today = request.school.day(now())
    form = ModeForm(request.POST or None, school=request.school, today=today)
    if request.method == "POST" and form.is_valid():
        actions.set_mode(school=request.school, **form.asked, by=request.user, now=now())
        messages.success(request, _("The way of lending is set from that day on."))
        return redirect("circulation.terms_rows")
    status = 422 if form.errors else 200
    return render(request, "office/times/mode_form.html", {"form": form}, status=status)


@may("circulation.take_back_mode")
@require_POST
def take_back_mode(request: Request, pk: int) -> HttpResponse:
    """Strike out a change of the way of lending."""
    row = get_object_or_404(LendingMode, school=request.school, pk=pk)
    actions.take_back_mode(row=row, by=request.user, now=now())
    messages.success(request, _("It is struck out: what was said before holds again."))
    return redirect("circulation.terms_rows")


def _whom(row: LendingMode, year: int) -> str:
    if row.school_class:
        return class_name(row.school_class, year)
    return grade_name(row.grade) if row.grade else _("The whole school")
