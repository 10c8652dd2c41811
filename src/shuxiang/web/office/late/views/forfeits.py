"""A class forgoes a prize once: the proposal, and what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.circulation import actions, queries
from shuxiang.circulation.models import Forfeit
from shuxiang.platform.schools.queries import school_year, setting
from shuxiang.readers.queries import class_name
from shuxiang.web.access import Request, may
from shuxiang.web.office.late.forms import DecisionForm, ProposalForm
from shuxiang.web.office.own_classes import own_class


@may("circulation.see_forfeits")
@require_safe
def see_forfeits(request: Request) -> HttpResponse:
    """List the proposals, and what was decided."""
    return _page(request)


@may("circulation.propose_forfeit")
@require_POST
def propose_forfeit(request: Request, pk: int) -> HttpResponse:
    """Propose that a class forgoes the prize once."""
    school_class = own_class(request, pk)
    late = queries.see_class_late(request.school, school_class, request.school.day(now()))
    form = ProposalForm(request.POST, late=late.books)
    if not form.is_valid():
        why = form.errors.get("books", [_("Say for how many books.")])[0]
        messages.error(request, str(why))
        return redirect("circulation.see_class_late", pk)
    asked = form.cleaned_data | {"why": Forfeit.Why(form.cleaned_data["why"])}
    try:
        actions.propose_forfeit(school_class=school_class, by=request.user, now=now(), **asked)
    except actions.NoForfeits:
        messages.error(request, _("The school lets no class forgo a prize."))
    except actions.ProposedAlready:
        messages.info(request, _("A proposal about this class waits for its decision already."))
    else:
        messages.success(request, _("Proposed. Write down here what is decided."))
    return redirect("circulation.see_forfeits")


@may("circulation.decide_forfeit")
@require_POST
def decide_forfeit(request: Request, pk: int) -> HttpResponse:
    """Write down what was decided, by whom."""
    forfeit = get_object_or_404(Forfeit, school=request.school, pk=pk)
    form = DecisionForm(request.POST, today=request.school.day(now()))
    if not form.is_valid():
        return _page(request, wrong=(pk, form), status=422)
    try:
        actions.decide_forfeit(
            forfeit=forfeit,
            is_agreed=request.POST.get("agreed") == "yes",
            by=request.user,
            now=now(),
            **form.cleaned_data,
        )
    except actions.AlreadyDecided:
        messages.info(request, _("It was decided already."))
    else:
        messages.success(request, _("The decision is written down."))
    return redirect("circulation.see_forfeits")


@may("circulation.take_forfeit_back")
@require_POST
def take_forfeit_back(request: Request, pk: int) -> HttpResponse:
    """Take a proposal back."""
    forfeit = get_object_or_404(Forfeit, school=request.school, pk=pk)
    actions.take_forfeit_back(forfeit=forfeit, by=request.user, now=now())
    messages.success(request, _("The proposal is taken back; the class keeps its prize."))
    return redirect("circulation.see_forfeits")


def _page(
    request: Request, *, wrong: tuple[int, DecisionForm] | None = None, status: int = 200
) -> HttpResponse:
    today = request.school.day(now())
    year = school_year(request.school, today)
    rows = [
        {
            "forfeit": one,
            "name": class_name(one.school_class, year),
            "form": wrong[1]
            if wrong and wrong[0] == one.pk
            else DecisionForm(initial={"on": today}, today=today, auto_id=f"id_{one.pk}_%s"),
        }
        for one in queries.see_forfeits(request.school)
    ]
    context = {"rows": rows, "is_on": setting(request.school, actions.FORGOES)}
    return render(request, "office/late/forfeits.html", context, status=status)
