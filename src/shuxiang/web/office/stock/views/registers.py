"""The registers: summary, by class, and one line a copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.catalogue import actions, queries
from shuxiang.formats.clc import MAIN_CLASSES
from shuxiang.platform.schools.queries import school_year
from shuxiang.web.access import Request, may
from shuxiang.web.office.stock.forms import ClosingForm, SpanForm
from shuxiang.web.office.stock.refusals import closed_words

COPIES_ON_PAGE = 100
FIRST_MONTH = 9


@dataclass(frozen=True)
class Span:
    """The days that a register shows, and the spans that are offered beside them."""

    form: SpanForm
    from_on: date
    until_on: date
    offers: tuple[tuple[str, date, date], ...]


def _span(request: Request) -> Span:
    """Read the days asked for; the calendar year so far if none were, or none that make sense."""
    today = request.school.day(now())
    year = school_year(request.school, today)
    offers = (
        (_("This year"), date(today.year, 1, 1), today),
        (_("Last year"), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        (_("This school year"), date(year, FIRST_MONTH, 1), today),
        (_("All years"), date(1900, 1, 1), today),
    )
    _name, from_on, until_on = offers[0]
    asked = "from_on" in request.GET
    form = SpanForm(
        request.GET if asked else None, initial={"from_on": from_on, "until_on": until_on}
    )
    if asked and form.is_valid():
        from_on, until_on = form.cleaned_data["from_on"], form.cleaned_data["until_on"]
    return Span(form, from_on, until_on, offers)


def _show(request: Request, template: str) -> HttpResponse:
    span = _span(request)
    context = {
        "span": span,
        "registers": queries.see_registers(
            school=request.school, from_on=span.from_on, until_on=span.until_on
        ),
        "closed_until": queries.closed_until(request.school),
        "closing": ClosingForm(),
        "today": request.school.day(now()),
        "main_classes": MAIN_CLASSES,
    }
    return render(request, f"office/stock/{template}.html", context)


@may("catalogue.see_registers")
def see_registers(request: Request) -> HttpResponse:
    """Show the summary register: what came, what went, what is there."""
    return _show(request, "register_summary")


@may("catalogue.see_registers")
def see_classes(request: Request) -> HttpResponse:
    """Show the register by class."""
    return _show(request, "register_classes")


@may("catalogue.see_registers")
def see_copies(request: Request) -> HttpResponse:
    """Show the individual register: one line a copy."""
    span = _span(request)
    copies = queries.see_copies(school=request.school, from_on=span.from_on, until_on=span.until_on)
    page = Paginator(copies, COPIES_ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "span": span,
        "page": page,
        "rows": [(copy, queries.shown(copy.holding)) for copy in page],
        "page_fen": sum(copy.posted_fen for copy in page),
        "today": request.school.day(now()),
    }
    return render(request, "office/stock/register_copies.html", context)


@may("catalogue.close_period")
@require_POST
def close_period(request: Request) -> HttpResponse:
    """Close the registers up to a day."""
    form = ClosingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say up to which day the registers shall be closed."))
        return redirect("catalogue.see_registers")
    try:
        period = actions.close_period(
            school=request.school, by=request.user, now=now(), **form.cleaned_data
        )
    except actions.PeriodClosed as closed:
        messages.error(request, closed_words(closed))
    except actions.NotYetThere:
        messages.error(request, _("This day has not come yet: take today or an earlier day."))
    else:
        said = {"day": date_format(period.until_on)}
        messages.success(
            request,
            _("The registers are closed up to %(day)s: nothing is dated there any more.") % said,
        )
    return redirect("catalogue.see_registers")
