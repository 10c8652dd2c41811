"""A proposed roster: watching the solver, looking at what it found, deciding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Roster, Shift
from shuxiang.student_librarians.rules import Lack
from shuxiang.student_librarians.wording import lack
from shuxiang.web.access import Request, may
from shuxiang.web.office.helpers.standing import say
from shuxiang.web.office.helpers.week import week_of
from shuxiang.web.office.solving import gap_worth_saying, go_to, progress_of

ACCEPTED = Roster.State.ACCEPTED


@may("student_librarians.place_roster")
@require_safe
def see_proposed(request: Request, pk: int) -> HttpResponse:
    """Show how far the solver is, or the roster that it found."""
    roster = _roster(request, pk)
    context: dict[str, Any] = {"roster": roster, "term": roster.term}
    if roster.is_being_solved:
        context |= progress_of(roster)
        return render(request, "office/helpers/solving.html", context)
    if roster.state in (Roster.State.SOLVING, Roster.State.FAILED):
        return render(request, "office/helpers/not_found.html", context)
    context |= {"lacks": _lacks(roster), "state": roster.state}
    if roster.state == Roster.State.IMPOSSIBLE:
        return render(request, "office/helpers/impossible.html", context)
    context |= _shown(request, roster)
    return render(request, "office/helpers/proposed.html", context)


@may("student_librarians.place_roster")
@require_safe
def roster_progress(request: Request, pk: int) -> HttpResponse:
    """Show how far it is now; once it has ended the page shows what came of it."""
    roster = _roster(request, pk)
    if roster.is_being_solved:
        context = {"roster": roster, "term": roster.term, **progress_of(roster)}
        return render(request, "office/helpers/solving.html#progress", context)
    return go_to(reverse("student_librarians.see_proposed", args=[pk]))


@may("student_librarians.stop_roster")
@require_POST
def stop_roster(request: Request, pk: int) -> HttpResponse:
    """Let it be enough: the best that was found is proposed."""
    actions.stop_roster(roster=_roster(request, pk), by=request.user, now=now())
    return redirect("student_librarians.see_proposed", pk)


@may("student_librarians.place_roster")
@require_POST
def place_roster(request: Request, pk: int) -> HttpResponse:
    """Put the proposed roster in force."""
    done = _("The roster is in force. It can be taken back as a whole on this page.")
    return _decide(request, pk, actions.place_roster, done)


@may("student_librarians.take_roster_back")
@require_POST
def take_roster_back(request: Request, pk: int) -> HttpResponse:
    """Put in force again what stood before."""
    done = _("The roster stands as it was before.")
    return _decide(request, pk, actions.take_roster_back, done)


@may("student_librarians.set_roster_aside")
@require_POST
def set_roster_aside(request: Request, pk: int) -> HttpResponse:
    """Leave the roster as it stands."""
    actions.set_roster_aside(roster=_roster(request, pk), by=request.user, now=now())
    messages.success(request, _("The proposal is set aside; the roster stands as it is."))
    return redirect("student_librarians.see_roster")


def _decide(request: Request, pk: int, act: Callable[..., Roster], done: str) -> HttpResponse:
    try:
        act(roster=_roster(request, pk), by=request.user, now=now())
    except HelperRefused as refused:
        say(request, refused)
    else:
        messages.success(request, done)
    return redirect("student_librarians.see_proposed", pk)


def _roster(request: Request, pk: int) -> Roster:
    rosters = Roster.objects.select_related("term__school", "term__year", "school", "job")
    return get_object_or_404(rosters, school=request.school, pk=pk)


def _shown(request: Request, roster: Roster) -> dict[str, Any]:
    """Gather a week of it and each helper's share, in a fixed number of queries."""

    def between(first: date, last: date) -> list[queries.OnDuty]:
        return queries.proposed_between(roster, first, last)

    shares = queries.shares(roster)
    turns = [share.after for share in shares]
    week = week_of(request.school, _day(request, roster), between)
    return {
        **week,
        "has_before": roster.from_on < week["monday"],
        "has_after": week["sunday"] < roster.until_on,
        "shares": shares,
        "least": min(turns, default=0),
        "most": max(turns, default=0),
        "paired": roster.answer.get("shifts", 0) - roster.answer.get("unpaired", 0),
        "gap": gap_worth_saying(roster.answer),
        "is_uneven": max(turns, default=0) - min(turns, default=0) > 1,
        "gaps": queries.gaps(roster.term, now()) if roster.state == ACCEPTED else [],
    }


def _day(request: Request, roster: Roster) -> date:
    """Tell which week is asked for, within the roster's days."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return roster.from_on
    return min(max(asked, roster.from_on), roster.until_on)


def _lacks(roster: Roster) -> list[dict[str, Any]]:
    """Say shift by shift why places stay empty."""
    shifts = {shift.pk: shift for shift in Shift.objects.filter(school=roster.school)}
    found = [Lack(**each) for each in roster.answer.get("lacks", [])]
    return [
        {"shift": shifts[each.shift], "lack": each, "why": lack(each)}
        for each in found
        if each.shift in shifts
    ]
