"""The school's list of a new school year is brought: the file, and its columns if nobody knows them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.interop.excel import asking, keeping, preview, wording
from shuxiang.interop.excel.fields import Kind, ReaderField
from shuxiang.interop.excel.new_year import Brought, YearList, keep_list, read_year
from shuxiang.interop.excel.preview import NoHeader
from shuxiang.interop.excel.sheets import FileRefused
from shuxiang.platform.schools.queries import school_year
from shuxiang.platform.schools.rules import year_to_plan
from shuxiang.readers import actions as readers
from shuxiang.readers.queries.new_year import see_new_year
from shuxiang.web.access import Request, may
from shuxiang.web.office.loading.forms import ColumnsForm
from shuxiang.web.office.opening.forms import YearForm

_LIST = "year_list"  # of the session: the list whose columns somebody names


@may("readers.see_new_year")
@require_safe
def see_years(request: Request) -> HttpResponse:
    """Show the new school years so far, and offer to bring the next list."""
    return _years(request, YearForm(**_asked(request)))


@may("readers.bring_year")
@require_POST
def bring(request: Request) -> HttpResponse:
    """Read the school's list and keep it to be looked at; nothing else is recorded."""
    form = YearForm(request.POST, request.FILES, **_asked(request))
    if not form.is_valid():
        return _years(request, form)
    _forget(request)
    file = form.cleaned_data["file"]
    brought = keep_list(
        school=request.school,
        name=file.name,
        chunks=file.chunks(),
        first_year=form.cleaned_data["first_year"],
        is_asked=form.cleaned_data["by_hand"],
        now=now(),
    )
    request.session[_LIST] = asdict(brought)
    try:
        found = read_year(school=request.school, brought=brought)
    except FileRefused as refused:
        _forget(request)
        form.add_error("file", wording.fault(refused))
        return _years(request, form)
    except NoHeader:
        return redirect("readers.name_year_columns")
    return _brought(request, brought, found)


@may("readers.bring_year")
def name_columns(request: Request) -> HttpResponse:
    """Say by hand what the columns of the list hold; it is remembered for the next list."""
    brought = Brought(**request.session[_LIST]) if _LIST in request.session else None
    sheets = preview.sheets_in(keeping.folder_of(brought.folder)) if brought else []
    if brought is None or not sheets:
        return redirect("readers.see_new_year")
    form = ColumnsForm(request.POST or None, kind=Kind.READERS, sheets=sheets)
    if form.is_bound and form.is_valid() and (answer := _by_hand(request, brought, form)):
        return answer
    held = {column["field"] for sheet in sheets for column in sheet["columns"]}
    context = {
        "form": form,
        "brought": brought,
        "has_names": ReaderField.NAME in held,
    }
    status = 422 if form.is_bound else 200
    return render(request, "office/opening/year_columns.html", context, status=status)


def _by_hand(request: Request, brought: Brought, form: ColumnsForm) -> HttpResponse | None:
    """Read the list as somebody said; the form is told if it can't be read so."""
    school, mapped = request.school, form.mapped()
    asking.remember(
        school=school,
        kind=Kind.READERS,
        folder=brought.folder,
        mapped=mapped,
        by=request.user,
        now=now(),
    )
    try:
        found = read_year(school=school, brought=brought, mapped=mapped)
    except FileRefused as refused:
        form.add_error(None, wording.fault(refused))
    except NoHeader:
        words = _("No class could be read: say which column holds the class of the new year.")
        form.add_error(None, words)
    else:
        return _brought(request, brought, found)
    return None


def _brought(request: Request, brought: Brought, found: YearList) -> HttpResponse:
    year = readers.bring_year(
        school=request.school,
        first_year=brought.first_year,
        file=brought.name,
        listed=found.listed,
        unread=found.unread,
        by=request.user,
        now=now(),
    )
    _forget(request)
    return redirect("readers.year_plan", year.pk)


def _forget(request: Request) -> None:
    """Throw away the file that was brought: its rows are kept, or were not wanted."""
    if before := request.session.pop(_LIST, None):
        keeping.throw_away(before["folder"])


def _years(request: Request, form: YearForm) -> HttpResponse:
    context = {"years": see_new_year(request.school), "form": form}
    return render(
        request, "office/opening/years.html", context, status=422 if form.is_bound else 200
    )


def _asked(request: Request) -> dict[str, Any]:
    today = request.school.day(now())
    return {
        "this_year": school_year(request.school, today),
        "initial": {"first_year": year_to_plan(today)},
    }
