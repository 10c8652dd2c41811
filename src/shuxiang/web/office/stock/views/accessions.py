"""Batches: the deliveries that came in."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import AccessionBatch, Copy
from shuxiang.web.access import Request, may
from shuxiang.web.office.stock.forms import AccessionForm
from shuxiang.web.office.stock.refusals import say_faults

PAGE = 30
COPIES_ON_PAGE = 100


@may("catalogue.see_catalogue")
def see_accessions(request: Request) -> HttpResponse:
    """List the batches, the latest on top."""
    batches = AccessionBatch.objects.filter(school=request.school).order_by("-id")
    page = Paginator(batches, PAGE).get_page(request.GET.get("page"))
    shown = AccessionBatch.objects.filter(pk__in=[batch.pk for batch in page]).order_by("-id")
    context = {"page": page, "documents": queries.documents(request.school, shown, "accession")}
    return render(request, "office/stock/accessions.html", context)


@may("catalogue.see_catalogue")
def see_accession(request: Request, pk: int) -> HttpResponse:
    """Show one batch with its copies; all of them when it is to be printed."""
    batch = get_object_or_404(AccessionBatch, school=request.school, pk=pk)
    (document,) = queries.documents(
        request.school, AccessionBatch.objects.filter(pk=batch.pk), "accession"
    )
    copies = (
        Copy.objects.filter(school=request.school, accession=batch)
        .select_related("holding__title", "shelf", "withdrawal")
        .prefetch_related("holding__title__numbers")
        .order_by("accession_number", "id")
    )
    prints = "print" in request.GET
    size = max(1, document.tally.total.copies) if prints else COPIES_ON_PAGE
    page = Paginator(copies, size).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "document": document,
        "page": page,
        "rows": [(copy, queries.shown(copy.holding)) for copy in page],
        "is_open": queries.is_open(batch),
        "today": request.school.day(now()),
    }
    template = "accession_print" if prints else "accession"
    return render(request, f"office/stock/{template}.html", context)


@may("catalogue.open_accession")
def open_accession(request: Request) -> HttpResponse:
    """Open a batch, then begin to take books in."""
    today = request.school.day(now())
    form = AccessionForm(request.POST or None, initial={"received_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.open_accession(
                school=request.school, by=request.user, now=now(), **form.cleaned_data
            )
        except (actions.PeriodClosed, actions.NotYetThere) as refused:
            say_faults(form, refused)
        else:
            messages.success(
                request, _("Batch %(number)s is open. Scan the first book.") % {"number": batch}
            )
            return redirect(f"{reverse('catalogue.add_title')}?accession={batch.pk}")
    status = 422 if form.errors else 200
    return render(request, "office/stock/accession_form.html", {"form": form}, status=status)


@may("catalogue.change_accession")
def change_accession(request: Request, pk: int) -> HttpResponse:
    """Put right what a batch says of itself."""
    batch = get_object_or_404(AccessionBatch, school=request.school, pk=pk)
    said = {name: getattr(batch, name) for name in AccessionForm.base_fields}
    form = AccessionForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_accession(
                accession=batch, changes=form.cleaned_data, by=request.user, now=now()
            )
        except (actions.PeriodClosed, actions.NotYetThere, actions.DayIsPosted) as refused:
            say_faults(form, refused)
        else:
            messages.success(request, _("Batch %(number)s is changed.") % {"number": batch})
            return redirect("catalogue.see_accession", batch.pk)
    context = {"form": form, "batch": batch}
    status = 422 if form.errors else 200
    return render(request, "office/stock/accession_form.html", context, status=status)


@may("catalogue.remove_accession")
@require_POST
def remove_accession(request: Request, pk: int) -> HttpResponse:
    """Remove a batch with which nothing has come in."""
    batch = get_object_or_404(AccessionBatch, school=request.school, pk=pk)
    try:
        actions.remove_accession(accession=batch, by=request.user, now=now())
    except actions.DayIsPosted:
        messages.error(request, _("Books have come in with this batch, so it stays."))
        return redirect("catalogue.see_accession", pk)
    messages.success(request, _("Batch %(number)s is removed.") % {"number": batch})
    return redirect("catalogue.see_accessions")
