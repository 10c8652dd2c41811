"""Copies are struck off the books."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuxiang.catalogue import queries
from shuxiang.catalogue.actions import NotYetThere, PeriodClosed, WithdrawalRefused
from shuxiang.catalogue.models import Copy, WithdrawalBatch
from shuxiang.circulation.actions import CopiesAreOut, withdraw_copies
from shuxiang.circulation.queries import copies_out
from shuxiang.formats.text import LONGEST_CODE
from shuxiang.web.access import Request, may
from shuxiang.web.office.stock.forms import WithdrawalForm
from shuxiang.web.office.stock.refusals import say_faults

PAGE = 30


@may("catalogue.see_registers")
def see_withdrawals(request: Request) -> HttpResponse:
    """List the withdrawals, the latest on top."""
    batches = WithdrawalBatch.objects.filter(school=request.school).order_by("-id")
    page = Paginator(batches, PAGE).get_page(request.GET.get("page"))
    shown = WithdrawalBatch.objects.filter(pk__in=[batch.pk for batch in page]).order_by("-id")
    context = {"page": page, "documents": queries.documents(request.school, shown, "withdrawal")}
    return render(request, "office/stock/withdrawals.html", context)


@may("catalogue.see_registers")
def see_withdrawal(request: Request, pk: int) -> HttpResponse:
    """Show one withdrawal as the paper that is signed."""
    batch = get_object_or_404(WithdrawalBatch, school=request.school, pk=pk)
    (document,) = queries.documents(
        request.school, WithdrawalBatch.objects.filter(pk=batch.pk), "withdrawal"
    )
    copies = Copy.objects.filter(school=request.school, withdrawal=batch).order_by(
        "accession_number", "id"
    )
    rows = [
        (copy, queries.shown(copy.holding))
        for copy in copies.select_related("holding__title", "accession")
    ]
    context = {
        "batch": batch,
        "document": document,
        "rows": rows,
        "today": request.school.day(now()),
    }
    return render(request, "office/stock/withdrawal.html", context)


@may("catalogue.withdraw")
def withdraw(request: Request) -> HttpResponse:
    """Gather copies by scanning or from a title's page, say why, and strike them off."""
    asked = request.POST if request.method == "POST" else request.GET
    copies, unknown = _gathered(request, asked.getlist("copy"), asked.get("code", ""))
    today = request.school.day(now())
    form = WithdrawalForm(
        request.POST if "reason" in request.POST else None, initial={"withdrawn_on": today}
    )
    answer = _withdraw(request, copies, form) if copies and form.is_valid() else None
    if answer:
        return answer
    out = copies_out(copy.pk for copy in copies)
    context = {
        "form": form,
        "rows": [(copy, queries.shown(copy.holding), copy.pk in out) for copy in copies],
        "total_fen": sum(copy.posted_fen for copy in copies),
        "unknown": unknown,
        "any_out": bool(out),
    }
    status = 422 if form.errors else 200
    return render(request, "office/stock/withdraw.html", context, status=status)


def _gathered(request: Request, keys: Sequence[str], code: str) -> tuple[list[Copy], str]:
    """Fetch the copies chosen so far, and the one just scanned; tell a number nobody wears."""
    wanted = [int(key) for key in keys if key.isascii() and key.isdigit()]
    found = Copy.objects.filter(school=request.school).select_related("holding__title", "school")
    there = found.exclude(standing="withdrawn").in_bulk(wanted)
    copies = {pk: there[pk] for pk in wanted if pk in there}
    if not code.strip():
        return list(copies.values()), ""
    scanned = queries.copy_by_code(request.school, code)
    if scanned is None or scanned.standing == "withdrawn":
        return list(copies.values()), code.strip()[:LONGEST_CODE]
    copies[scanned.pk] = scanned
    return list(copies.values()), ""


def _withdraw(request: Request, copies: list[Copy], form: WithdrawalForm) -> HttpResponse | None:
    try:
        batch = withdraw_copies(copies=copies, by=request.user, now=now(), **form.cleaned_data)
    except CopiesAreOut as out:
        form.add_error(
            None,
            _("%(copies)s is with a reader or kept for one: take it back first.")
            % {"copies": ", ".join(str(copy) for copy in out.copies)},
        )
    except (WithdrawalRefused, PeriodClosed, NotYetThere) as refused:
        say_faults(form, refused)
    else:
        said = {"number": batch.number, "copies": len(copies)}
        messages.success(
            request,
            ngettext(
                "%(copies)s copy is struck off the books under number %(number)s.",
                "%(copies)s copies are struck off the books under number %(number)s.",
                len(copies),
            )
            % said,
        )
        return redirect("catalogue.see_withdrawal", batch.pk)
    return None
