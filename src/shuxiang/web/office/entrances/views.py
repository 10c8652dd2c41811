"""Who comes into the reading room: a card, a whole class, a number; and the weeks of the term."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.circulation import actions, queries
from shuxiang.circulation.models import Entrance
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_name
from shuxiang.web.access import Request, may
from shuxiang.web.office.entrances.forms import ClassForm, CountForm

SHOWN = 40


@may("circulation.see_entrances")
@require_safe
def see_entrances(request: Request) -> HttpResponse:
    """Show who came today, and wait for the next card."""
    return _page(request)


@may("circulation.enter")
@require_POST
def enter(request: Request) -> HttpResponse:
    """Let a reader in by card."""
    code = request.POST.get("code", "")
    try:
        actions.enter(school=request.school, code=code, by=request.user, now=now())
    except actions.NobodyHasThisCard:
        messages.error(
            request, _("Nobody has this card. Scan it again, or count the person below.")
        )
    except actions.ReaderHasLeft:
        messages.error(request, _("The reader of this card has left the school."))
    return redirect("circulation.see_entrances")


@may("circulation.enter_class")
@require_POST
def enter_class(request: Request) -> HttpResponse:
    """Let a whole class in."""
    form = _class_form(request, request.POST)
    if not form.is_valid():
        return _page(request, class_form=form, status=422)
    school_class = form.classes[form.cleaned_data["school_class"]]
    try:
        actions.enter_class(school_class=school_class, by=request.user, now=now())
    except actions.NobodyInClass:
        messages.error(request, _("This class has no pupils."))
    return redirect("circulation.see_entrances")


@may("circulation.enter_count")
@require_POST
def enter_count(request: Request) -> HttpResponse:
    """Write down how many came."""
    form = CountForm(request.POST)
    if not form.is_valid():
        return _page(request, count_form=form, status=422)
    actions.enter_count(
        school=request.school,
        category=Reader.Category(form.cleaned_data["category"]),
        people=form.cleaned_data["people"],
        by=request.user,
        now=now(),
    )
    return redirect("circulation.see_entrances")


@may("circulation.take_entrance_back")
@require_POST
def take_entrance_back(request: Request, pk: int) -> HttpResponse:
    """Strike out a coming that was written by mistake."""
    entrance = get_object_or_404(Entrance, school=request.school, pk=pk)
    actions.take_entrance_back(entrance=entrance, by=request.user, now=now())
    messages.success(request, _("Struck out; it is counted no more."))
    return redirect("circulation.see_entrances")


@may("circulation.see_weeks")
@require_safe
def see_weeks(request: Request) -> HttpResponse:
    """Show the weeks of the term by class and by teacher, to print and to file."""
    weeks = queries.see_weeks(request.school, request.school.day(now()))
    return render(request, "office/entrances/weeks.html", {"weeks": weeks})


def _class_form(request: Request, typed: object = None) -> ClassForm:
    return ClassForm(typed, school=request.school, today=request.school.day(now()))


def _page(
    request: Request,
    *,
    class_form: ClassForm | None = None,
    count_form: CountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = request.school.day(now())
    year = school_year(request.school, today)
    came = queries.see_entrances(request.school, today)
    context = {
        "rows": [
            (one, class_name(one.school_class, year) if one.school_class else "")
            for one in came[:SHOWN]
        ],
        "people": came.aggregate(people=Sum("people"))["people"] or 0,
        "class_form": class_form or _class_form(request),
        "count_form": count_form or CountForm(),
    }
    return render(request, "office/entrances/entrances.html", context, status=status)
