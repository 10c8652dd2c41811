"""Labels: which copies, on which sheet; their numbers, a first look, and the PDF."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shuxiang.catalogue import actions, queries
from shuxiang.paper import rules
from shuxiang.paper.faces import missing_faces
from shuxiang.platform.audit.models import Entry
from shuxiang.web.access import Request, may
from shuxiang.web.office.printing.forms import LabelForm
from shuxiang.web.office.printing.remembered import asked_for, remember
from shuxiang.web.office.printing.runs import LabelRun, run_of
from shuxiang.web.office.printing.views.answering import as_pdf, as_picture, saying_what_fails

LATEST = 5


@may("catalogue.give_labels")
@require_safe
def copy_labels(request: Request) -> HttpResponse:
    """Choose copies and a sheet, and see the first page."""
    asked = asked_for(request)
    form = LabelForm(asked, school=request.school)
    run = run_of(form) if form.is_valid() else None
    context = {
        "form": form,
        "run": run,
        "of": asked.get("of"),
        "asked": asked.urlencode(),
        "sheets": _sheets(form),
        "bare": queries.without_label(request.school).count(),
        "given": queries.labels_given(request.school, LATEST),
        "most": rules.MOST_COPIES,
        "missing": missing_faces(),
    }
    status = 200 if run else 422
    return render(request, "office/printing/labels.html", context, status=status)


def _sheets(form: LabelForm) -> list[tuple[Any, rules.Sheet, list[tuple[float, float]]]]:
    """Pair each choice of a sheet with its drawing: where its labels begin."""
    return [
        (choice, sheet, [sheet.corner(number) for number in range(sheet.fields)])
        for choice, sheet in zip(form["sheet"], rules.SHEETS.values(), strict=True)
    ]


@may("catalogue.give_labels")
@require_safe
@never_cache
@csp_replace({"object-src": [SELF]})
@saying_what_fails
def labels_pdf(request: Request) -> HttpResponse:
    """Print a run of labels, and remember how."""
    asked = asked_for(request)
    run = _run(request, asked)
    if not run:
        return redirect(f"{reverse('paper.copy_labels')}?{asked.urlencode()}")
    answer = as_pdf(run.paper(), f"{_('Labels')} {request.school.day(now())}")
    remember(answer, asked)
    return answer


@may("catalogue.give_labels")
@require_safe
@never_cache
@saying_what_fails
def labels_picture(request: Request) -> HttpResponse:
    """Draw the first page of a run."""
    run = _run(request, asked_for(request))
    return as_picture(run.paper()) if run else HttpResponse(status=404)


def _run(request: Request, asked: QueryDict) -> LabelRun | None:
    """Read what is to be printed; None if that is nothing."""
    form = LabelForm(asked, school=request.school)
    run = run_of(form) if form.is_valid() else None
    return run if run and run.count else None


@may("catalogue.give_labels")
@require_POST
def give_labels(request: Request) -> HttpResponse:
    """Give the copies of a run their numbers, so that their labels can be printed."""
    asked = asked_for(request)
    form = LabelForm(asked, school=request.school)
    copies = run_of(form).copies if form.is_valid() else []
    given = actions.give_labels(school=request.school, copies=copies, by=request.user, now=now())
    if given:
        count = len(given.details["copies"])
        said = ngettext(
            "%(count)s copy has its number now: print its label and stick it on.",
            "%(count)s copies have their numbers now: print the labels and stick them on.",
            count,
        )
        messages.success(request, said % {"count": count})
        if asked["of"] == "without":
            asked["of"], asked["given"] = "given", str(given.pk)
    else:
        messages.info(request, _("All these copies have their numbers already."))
    return redirect(f"{reverse('paper.copy_labels')}?{asked.urlencode()}")


@may("catalogue.take_labels_back")
@require_POST
def take_labels_back(request: Request, pk: int) -> HttpResponse:
    """Take back the numbers that one act gave."""
    given = get_object_or_404(
        Entry.objects.filter(school=request.school, verb="catalogue.give_labels"), pk=pk
    )
    copies = actions.take_labels_back(
        school=request.school, given=given, by=request.user, now=now()
    )
    said = ngettext(
        "%(count)s copy is without a label again.",
        "%(count)s copies are without labels again.",
        len(copies),
    )
    messages.success(request, said % {"count": len(copies)})
    return redirect("paper.copy_labels")
