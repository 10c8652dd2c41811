"""Did the classes come? What fell out and why, its catching up, and what a plan promises."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.forms import CharField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.circulation.actions import NobodyInClass, enter_class
from shuxiang.circulation.models import Entrance
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.queries import class_name
from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import MissedVisit, Slot, Turn
from shuxiang.timetable.queries import Offered
from shuxiang.timetable.rules import Put, Weeks
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of
from shuxiang.web.office.times.attended import A_MONTH, A_WEEK, attended
from shuxiang.web.office.times.chosen import chosen_term, terms_offered
from shuxiang.web.office.times.following import due_dates_follow
from shuxiang.web.office.times.forms import is_day
from shuxiang.web.office.times.kept import Kept
from shuxiang.web.office.times.standing import Standing
from shuxiang.web.office.times.visit_forms import MissForm

TWO_WEEKS = timedelta(days=14)
ENTER = "circulation.enter_class"
SHOWN = 24
"""Visits of which nobody said whether they took place."""


@may("timetable.see_timetable")
def see_visits(request: Request) -> HttpResponse:
    """Show times offered and times used by class, and what fell out."""
    today = request.school.day(now())
    term = chosen_term(request)
    if term is None:
        return redirect("timetable.see_timetable")
    is_near = term == queries.term_near(request.school, today)
    year = term.year.first_year
    found = attended(term, now())

    def named(visits: list[Offered]) -> list[tuple[Offered, str]]:
        return [(visit, class_name(visit.school_class, year)) for visit in visits]

    context: dict[str, Any] = {
        **terms_offered(term),
        "lines": found.lines,
        "a_week": A_WEEK,
        "a_month": A_MONTH,
        "unsaid": named(found.unsaid[:SHOWN]),
        "unsaid_in_all": len(found.unsaid),
        "fallen_out": named(found.fell_out),
        "to_fall_out": named(found.to_fall_out),
        **_came(request),
        "form": MissForm(term=term, initial=_meant(request, today)) if is_near else None,
    }
    return render(request, "office/times/visits.html", context)


@may("timetable.miss_visits")
@require_POST
@due_dates_follow
def miss_visits(request: Request) -> HttpResponse:
    """Write down that a class, or all that were due, did not come."""
    term = queries.term_near(request.school, request.school.day(now()))
    if term is None:
        raise Http404
    form = MissForm(request.POST, term=term)
    if not form.is_valid():
        messages.error(request, _why_not(form))
        return redirect("timetable.see_visits")
    try:
        missed = actions.miss_visits(school=request.school, **form.said, by=request.user, now=now())
    except TimetableRefused as refused:
        messages.error(request, wording.refusal(refused.objections[0]))
    else:
        said = _("%(count)s visits are written down as fallen out. Each can be caught up below.")
        messages.success(request, said % {"count": len(missed)})
    return redirect("timetable.see_visits")


@may("timetable.catch_up")
@due_dates_follow
def catch_up(request: Request, turn_id: int, on: str) -> HttpResponse:
    """Offer the free slots of two weeks, and give one of them in place of a visit that fell out."""
    turns = Turn.objects.select_related(
        "school", "term__year", "slot__period", "school_class__school"
    )
    turn = get_object_or_404(turns, school=request.school, pk=turn_id)
    missed_on = is_day(on)
    if missed_on is None:
        raise Http404
    if request.method == "POST":
        return _give(request, turn, on)
    first = max(request.school.day(now()), missed_on - TWO_WEEKS)
    name = class_name(turn.school_class, turn.term.year.first_year)
    context = {"turn": turn, "missed_on": missed_on, "name": name, **_places(turn, first)}
    return render(request, "office/times/catch_up.html", context)


@may("timetable.strike_missed")
@require_POST
@due_dates_follow
def strike_missed(request: Request, pk: int) -> HttpResponse:
    """Strike out that a visit was missed."""
    missed = get_object_or_404(
        MissedVisit.objects.select_related("school"), school=request.school, pk=pk
    )
    actions.strike_missed(missed=missed, by=request.user, now=now())
    messages.success(request, _("It is struck out: the class is expected as the rotation says."))
    return redirect("timetable.see_visits")


@may(ENTER)
@require_POST
def enter_class_late(request: Request, turn_id: int, on: str) -> HttpResponse:
    """Write down afterwards that a class came."""
    visit = _begun(request, turn_id, is_day(on))
    at = _begins(request.school, visit)
    try:
        came = enter_class(school_class=visit.school_class, by=request.user, now=now(), at=at)
    except NobodyInClass:
        messages.error(request, _("The class had no pupils that day. Nothing was written down."))
        return redirect("timetable.see_visits")
    return redirect(f"{reverse('timetable.see_visits')}?came={came.pk}")


def _came(request: Request) -> dict[str, object]:
    """Show what was written down afterwards, to be taken back in one press."""
    key = key_of(request.GET.get("came", "")) or 0
    whole = Entrance.objects.standing().filter(school=request.school, way=Entrance.Way.CLASS)
    came = whole.filter(pk=key).first()
    if came is None or came.school_class is None or not request.user.has_perm(ENTER):
        return {"came": None}
    year = school_year(request.school, came.on)
    return {"came": came, "came_name": class_name(came.school_class, year)}


def _begun(request: Request, turn_id: int, on: date | None) -> Offered:
    """Find the visit of a turn on a day, once it has begun."""
    for visit in queries.visits_offered(request.school, on, on) if on else []:
        has_begun = _begins(request.school, visit) <= now()
        if visit.turn.pk == turn_id and visit.takes_place and has_begun:
            return visit
    raise Http404


def _begins(school: School, visit: Offered) -> datetime:
    return datetime.combine(visit.on, visit.hours[0], tzinfo=ZoneInfo(school.zone))


def _meant(request: Request, today: date) -> dict[str, object]:
    """Fill in the class and the day whose button was pressed."""
    return {"on": is_day(request.GET.get("on", "")) or today, "whom": request.GET.get("class", "")}


def _why_not(form: MissForm) -> str:
    if form.errors.keys() == {"why"}:
        most = {"most": cast(CharField, form.fields["why"]).max_length}
        return _("The remark is longer than %(most)s characters. Nothing was written down.") % most
    return _("Say the day and the reason. Nothing was written down.")


def _places(turn: Turn, first: date) -> dict[str, object]:
    last = first + TWO_WEEKS
    places = queries.free_places(
        turn.school, turn.school_class, purpose=turn.slot.purpose, first=first, last=last, now=now()
    )
    kept = Kept(Standing.of(turn.term))

    def against(day: date, slot: Slot) -> list[str]:
        weeks = Weeks(queries.week_letter(turn.term, day).value)
        return kept.rules_against(Put(slot=slot.pk, school_class=turn.school_class_id, weeks=weeks))

    return {"places": [(day, slot, against(day, slot)) for day, slot in places], "last": last}


def _give(request: Request, turn: Turn, missed_on: str) -> HttpResponse:
    day, _between, written = request.POST.get("place", "").partition("/")
    on, gone, key = is_day(day), is_day(missed_on), key_of(written)
    if on is None or gone is None or key is None:
        raise Http404
    slots = Slot.objects.select_related("period")
    slot = get_object_or_404(slots, school=request.school, pk=key)
    try:
        actions.catch_up(turn=turn, missed_on=gone, on=on, slot=slot, by=request.user, now=now())
    except TimetableRefused as refused:
        messages.error(request, wording.refusal(refused.objections[0]))
    else:
        said = _("%(name)s catches up on %(day)s, %(slot)s. The desk and the calendar know.")
        name = class_name(turn.school_class, turn.term.year.first_year)
        where = wording.slot(slot.weekday, slot.period.name)
        messages.success(
            request,
            said % {"name": name, "day": date_format(on, "MONTH_DAY_FORMAT"), "slot": where},
        )
    return redirect("timetable.see_visits")
