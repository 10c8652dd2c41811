"""Who comes into the reading room: a card, a whole class, a number; and the weeks of the term."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime, now
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
LONGEST_SHOWN = 24
"""Characters of a card that nobody has."""


@may("circulation.see_entrances")
@require_safe
def see_entrances(request: Request) -> HttpResponse:
    """Show who came today, and wait for the next card."""
    return _page(request)


@may("circulation.enter")
@require_POST
def enter(request: Request) -> HttpResponse:
    """Let a reader in by card."""
    code = request.POST.get("code", "").strip()
    if not code:
        messages.warning(request, _("Scan a card, or type its number. Nothing was written down."))
        return redirect("circulation.see_entrances")
    moment = now()
    try:
        came = actions.enter(school=request.school, code=code, by=request.user, now=moment)
    except actions.NobodyHasThisCard:
        words = _("Nobody has the card %(code)s. Scan it again, or count the person below.")
        messages.error(request, words % {"code": code[:LONGEST_SHOWN]})
    except actions.ReaderHasLeft:
        messages.error(request, _("The reader of this card has left the school."))
    else:
        _acknowledge(request, came, came.reader.name if came.reader else "", moment)
    return redirect("circulation.see_entrances")


@may("circulation.enter_class")
@require_POST
def enter_class(request: Request) -> HttpResponse:
    """Let a whole class in."""
    form = _class_form(request, request.POST)
    if not form.is_valid():
        return _page(request, class_form=form, status=422)
    school_class = form.classes[form.cleaned_data["school_class"]]
    moment = now()
    try:
        came = actions.enter_class(school_class=school_class, by=request.user, now=moment)
    except actions.NobodyInClass:
        messages.error(request, _("This class has no pupils."))
    else:
        year = school_year(request.school, request.school.day(moment))
        _acknowledge(request, came, class_name(school_class, year), moment)
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
    from_visits = request.POST.get("from") == "visits"
    return redirect("timetable.see_visits" if from_visits else "circulation.see_entrances")


@may("circulation.see_weeks")
@require_safe
def see_weeks(request: Request) -> HttpResponse:
    """Show the weeks of the term by class and by teacher, to print and to file."""
    weeks = queries.see_weeks(request.school, request.school.day(now()))
    totals = (
        {
            "counted": sum(weeks.counted),
            "people": sum(weeks.people),
            "missed": sum(row.missed for row in weeks.classes),
            "out_of_order": sum(row.out_of_order for row in weeks.classes),
        }
        if weeks
        else {}
    )
    return render(request, "office/entrances/weeks.html", {"weeks": weeks, "totals": totals})


def _acknowledge(request: Request, came: Entrance, name: str, moment: datetime) -> None:
    """Say who is in, and that a coming is counted once."""
    if came.at == moment:
        messages.success(request, _("%(name)s is in.") % {"name": name})
    else:
        at = f"{localtime(came.at):%H:%M}"
        words = _("%(name)s came in at %(at)s already: counted once.")
        messages.info(request, words % {"name": name, "at": at})


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
    day = queries.see_entrances(request.school, today)
    context = {
        "rows": [
            (one, class_name(one.school_class, year) if one.school_class else "")
            for one in day.lines[:SHOWN]
        ],
        "people": day.people,
        "class_form": class_form or _class_form(request),
        "count_form": count_form or CountForm(),
    }
    return render(request, "office/entrances/entrances.html", context, status=status)
