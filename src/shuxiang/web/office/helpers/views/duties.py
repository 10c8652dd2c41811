"""The roster: a week, a day, who came; making it anew, and changing it by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Duty, Post, Shift
from shuxiang.timetable.queries import calendar
from shuxiang.web.access import Request, may
from shuxiang.web.keys import keys_of
from shuxiang.web.office.helpers.forms import DutyForm, RosterForm
from shuxiang.web.office.helpers.standing import doubts_of, say, term_shown
from shuxiang.web.office.helpers.week import week_of


@may("student_librarians.on_duty")
@require_safe
def see_roster(request: Request) -> HttpResponse:
    """Show a week of the roster, and make it anew."""
    shown = term_shown(request)
    today = request.school.day(now())
    newest = queries.latest_roster(shown.term) if shown.term else None
    gaps = queries.gaps(shown.term, now()) if shown.term else []
    context = {
        "shown": shown,
        "newest": newest,
        "solving": bool(newest and newest.is_being_solved),
        "form": _roster_form(shown.term, today),
        "today": today,
        "doubts": doubts_of(request, Shift.objects.given().filter(school=request.school)),
        "gaps": gaps,
        **_week(request, today, gaps),
    }
    return render(request, "office/helpers/roster.html", context)


@may("student_librarians.on_duty")
@require_safe
def print_roster(request: Request) -> HttpResponse:
    """Show a week of the roster for paper."""
    today = request.school.day(now())
    context = {"shown": term_shown(request), "today": today, **_week(request, today)}
    return render(request, "office/helpers/roster_print.html", context)


@may("student_librarians.ask_for_roster")
@require_POST
def ask_for_roster(request: Request) -> HttpResponse:
    """Have a fair roster made for some weeks."""
    shown, form = term_shown(request), RosterForm(request.POST)
    if shown.term is None or not form.is_valid():
        messages.error(request, _("Say from which day to which day the roster shall be."))
        return redirect("student_librarians.see_roster")
    try:
        roster = actions.ask_for_roster(
            term=shown.term, **form.cleaned_data, by=request.user, now=now()
        )
    except HelperRefused as refused:
        say(request, refused)
        return redirect("student_librarians.see_roster")
    made = {"from_on": roster.from_on, "until_on": roster.until_on}
    if made != form.cleaned_data:
        said = _(
            "The roster is made from %(from_on)s to %(until_on)s: "
            "the other days are over, or not in the term."
        )
        named = {name: date_format(day, "MONTH_DAY_FORMAT") for name, day in made.items()}
        messages.warning(request, said % named)
    return redirect("student_librarians.see_proposed", roster.pk)


@may("student_librarians.fill_gaps")
@require_POST
def fill_gaps(request: Request) -> HttpResponse:
    """Put helpers where they are missing; who is on duty stays."""
    shown = term_shown(request)
    if shown.term is None:
        raise Http404
    try:
        roster = actions.fill_gaps(term=shown.term, by=request.user, now=now())
    except HelperRefused as refused:
        say(request, refused)
    else:
        said = ngettext(
            "%(n)s place was filled; that can be taken back as a whole, or changed day by day.",
            "%(n)s places were filled; that can be taken back as a whole, or changed day by day.",
            roster.answer["filled"],
        )
        messages.success(request, said % {"n": roster.answer["filled"]})
    return redirect("student_librarians.see_roster")


@may("student_librarians.on_duty")
@require_safe
def on_duty(request: Request, on: str) -> HttpResponse:
    """Show who is on duty on a day, and say who came."""
    day = _day(on)
    today = request.school.day(now())
    lines = queries.on_duty(request.school, day, now=now())
    days = calendar(request.school, around=day)
    weekday = days.timetable_weekday(day)
    if weekday is None:  # a make-up day of which nobody has said whose lessons it keeps
        weekday = day.weekday()
    shifts = Shift.objects.given().filter(school=request.school, weekday=weekday)
    term = term_shown(request).term
    posts = Post.objects.appointed().filter(term=term)
    context = {
        "day": day,
        "lines": lines,
        "shifts": [
            {"shift": each, "free": each.places - sum(one.shift == each for one in lines)}
            for each in shifts
        ],
        "helpers": queries.lines_of(posts, term) if term else [],
        "is_closed": not days.is_open(day),
        "is_today": day == today,
        "is_over": day < today,
        "is_to_come": day > today,
    }
    return render(request, "office/helpers/day.html", context)


@may("student_librarians.tick_duties")
@require_POST
def tick_duties(request: Request, on: str) -> HttpResponse:
    """Say by ticks who came."""
    day = _day(on)
    keys = keys_of(request.POST.getlist("came"))
    came = Duty.objects.filter(school=request.school, on=day, pk__in=keys)
    try:
        count = actions.tick_duties(
            school=request.school, on=day, came=came, by=request.user, now=now()
        )
    except HelperRefused as refused:
        say(request, refused)
    else:
        said = ngettext("%(n)s helper came.", "%(n)s helpers came.", count)
        messages.success(request, said % {"n": count})
    return redirect("student_librarians.on_duty", on)


@may("student_librarians.come_to_duty")
@require_POST
def come_to_duty(request: Request, on: str) -> HttpResponse:
    """Note a helper's coming by the scan of a badge or a card."""
    code = request.POST.get("code", "")[:80]
    try:
        duty = actions.come_to_duty(school=request.school, code=code, by=request.user, now=now())
    except HelperRefused as refused:
        say(request, refused)
    else:
        messages.success(request, _("%(name)s is here.") % {"name": duty.post.reader})
    return redirect("student_librarians.on_duty", on)


@may("student_librarians.give_duty")
@require_POST
def give_duty(request: Request, on: str) -> HttpResponse:
    """Put a helper on duty by hand."""
    form = DutyForm(request.POST, school=request.school)
    if not form.is_valid():
        messages.error(request, _("Choose a shift and a helper."))
        return redirect("student_librarians.on_duty", on)
    try:
        actions.give_duty(**form.cleaned_data, on=_day(on), by=request.user, now=now())
    except HelperRefused as refused:
        say(request, refused)
    return redirect("student_librarians.on_duty", on)


@may("student_librarians.take_duty_away")
@require_POST
def take_duty_away(request: Request, pk: int) -> HttpResponse:
    """Take one helper off one turn."""
    duty = get_object_or_404(Duty, school=request.school, pk=pk)
    try:
        actions.take_duty_away(duty=duty, by=request.user, now=now())
    except HelperRefused as refused:
        say(request, refused)
    return redirect("student_librarians.on_duty", duty.on.isoformat())


def _week(request: Request, today: date, gaps: Iterable[queries.Gap] = ()) -> dict[str, Any]:
    asked = request.GET.get("week", "")

    def between(first: date, last: date) -> list[queries.OnDuty]:
        return queries.duties_between(request.school, first, last, now=now())

    return week_of(request.school, _day(asked) if asked else today, between, gaps)


def _roster_form(term: Any, today: date) -> RosterForm:
    ends = term.ends_on if term else today
    return RosterForm(initial={"from_on": today, "until_on": max(today, ends)})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as strange:
        raise Http404 from strange
