"""Change a title, a school's part of it, and one copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import Copy, Holding
from shuxiang.formats import money
from shuxiang.web.access import Request, may
from shuxiang.web.office.stock.forms import CopyForm, HoldingForm, StandingForm, TitleForm
from shuxiang.web.office.stock.refusals import say_faults, words


def _holding(request: Request, pk: int) -> Holding:
    holdings = Holding.objects.filter(school=request.school)
    return get_object_or_404(holdings.select_related("title", "school"), pk=pk)


@may("catalogue.change_title")
def change_title(request: Request, pk: int) -> HttpResponse:
    """Change what describes a title."""
    holding = _holding(request, pk)
    shown = queries.shown(holding)
    shared = queries.is_shared(holding)
    form = TitleForm(request.POST or None, initial=_title_said(holding, shown))
    if shared:
        del form.fields["isbn"]
    if request.method == "POST" and form.is_valid():
        actions.change_title(
            holding=holding,
            changes=form.shared_values(),
            numbers=None if shared else form.cleaned_data["isbn"],
            by=request.user,
            now=now(),
        )
        messages.success(request, _("The title is changed."))
        return redirect("catalogue.see_title", holding.pk)
    context = {"form": form, "holding": holding, "shown": shown, "shared": shared}
    status = 422 if form.errors else 200
    return render(request, "office/stock/title_form.html", context, status=status)


def _title_said(holding: Holding, shown: queries.ShownTitle) -> dict[str, object]:
    said: dict[str, object] = {
        name: getattr(shown, name) for name in TitleForm.base_fields if name != "isbn"
    }
    said["price"] = "" if shown.price is None else money.to_text(money.to_fen(shown.price))
    numbers = holding.title.numbers.order_by("id")
    said["isbn"] = "; ".join(number.written or number.value for number in numbers)
    return said


@may("catalogue.change_holding")
def change_holding(request: Request, pk: int) -> HttpResponse:
    """Change the class, the call number and the school's own notes."""
    holding = _holding(request, pk)
    form = HoldingForm(request.POST or None, initial=HoldingForm.of(holding))
    if request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        if changes["clc"] != holding.clc and changes["book_number"] == holding.book_number:
            changes["book_number"] = ""  # a number belongs to its class
        try:
            changed = actions.change_holding(
                holding=holding, changes=changes, by=request.user, now=now()
            )
        except (actions.TitleRefused, actions.PeriodClosed) as refused:
            say_faults(form, refused)
        else:
            messages.success(request, _said_of_call_number(changed))
            return redirect("catalogue.see_title", holding.pk)
    context = {"form": form, "holding": holding, "shown": queries.shown(holding)}
    status = 422 if form.errors else 200
    return render(request, "office/stock/holding_form.html", context, status=status)


def _said_of_call_number(holding: Holding) -> str:
    if not holding.call_number:
        return _("The book has no class now, and no call number.")
    return _("The call number is %(call)s now; write new spine labels for its copies.") % {
        "call": holding.call_number
    }


def _copy(request: Request, pk: int) -> Copy:
    copies = Copy.objects.filter(school=request.school)
    return get_object_or_404(
        copies.select_related("holding__title", "school", "accession", "shelf"), pk=pk
    )


@may("catalogue.change_copy")
def change_copy(request: Request, pk: int) -> HttpResponse:
    """Change a copy's label, price and place."""
    copy = _copy(request, pk)
    form = CopyForm(request.POST or None, school=request.school, initial=CopyForm.of(copy))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_copy(copy=copy, changes=form.cleaned_data, by=request.user, now=now())
        except (actions.CopyRefused, actions.PeriodClosed) as refused:
            say_faults(form, refused)
        else:
            messages.success(request, _("Copy %(copy)s is changed.") % {"copy": copy})
            return _back_to(copy)
    context = {
        "form": form,
        "copy": copy,
        "shown": queries.shown(copy.holding),
        "standing": StandingForm(initial={"standing": copy.standing}),
        "former": copy.former_barcodes.order_by("-until"),
    }
    status = 422 if form.errors else 200
    return render(request, "office/stock/copy_form.html", context, status=status)


@may("catalogue.set_standing")
@require_POST
def set_standing(request: Request, pk: int) -> HttpResponse:
    """Say anew where a copy stands."""
    copy = _copy(request, pk)
    form = StandingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose where the copy stands."))
        return redirect("catalogue.change_copy", copy.pk)
    try:
        changed = actions.set_standing(
            copy=copy, standing=form.cleaned_data["standing"], by=request.user, now=now()
        )
    except actions.CopyRefused as refused:
        messages.error(request, words(refused.fault, refused.value))
    else:
        said = {"copy": changed, "standing": changed.get_standing_display()}
        messages.success(request, _("Copy %(copy)s: %(standing)s.") % said)
    return _back_to(copy)


def _back_to(copy: Copy) -> HttpResponse:
    address = reverse("catalogue.see_title", args=[copy.holding_id])
    return redirect(f"{address}?copy={copy.pk}#copy-{copy.pk}")
