"""Solving a rotation: asking for it, watching, looking at the proposal, deciding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import Proposal, Term, Turn, Wish
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of
from shuxiang.web.office.solving import gap_worth_saying, go_to, progress_of
from shuxiang.web.office.times.following import due_dates_follow
from shuxiang.web.office.times.proposed import shown
from shuxiang.web.office.times.saying import Said, is_lesson, said, said_pins

State = Proposal.State
NEEDS_ROOM = frozenset({Wish.Kind.COMES, Wish.Kind.WANTS})
"""What can't be kept by itself where there are too few slots."""


@may("timetable.ask_for_rotation")
@require_POST
def ask_for_rotation(request: Request) -> HttpResponse:
    """Have a rotation solved."""
    wanted = key_of(request.POST.get("term", ""))
    terms = Term.objects.filter(school=request.school).select_related("school", "year")
    term = get_object_or_404(terms, pk=wanted)
    try:
        proposal = actions.ask_for_rotation(term=term, by=request.user, now=now())
    except TimetableRefused as refused:
        messages.error(request, wording.refusal(refused.objections[0]))
        return redirect(f"{reverse('timetable.see_wishes')}?term={term.pk}")
    return redirect("timetable.see_proposal", proposal.pk)


@may("timetable.accept_proposal")
@require_safe
def see_proposal(request: Request, pk: int) -> HttpResponse:
    """Show how far the solver is, the rotation it found, or the wishes that clash."""
    proposal = _proposal(request, pk)
    context: dict[str, Any] = {"proposal": proposal, "term": proposal.term}
    match proposal.state:
        case State.SOLVING if proposal.is_being_solved:
            return render(request, "office/times/solving.html", context | progress_of(proposal))
        case State.IMPOSSIBLE:
            return render(request, "office/times/impossible.html", context | _clash(proposal))
        case State.FAILED | State.SOLVING:
            return render(request, "office/times/not_found.html", context)
    context |= shown(proposal)
    context |= {"wishes": _wishes(proposal), "gap": gap_worth_saying(proposal.answer)}
    context["from_day"] = _from_day(request, proposal)
    return render(request, "office/times/proposal.html", context)


@may("timetable.accept_proposal")
@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """Show how far it is now; once it has ended the page shows what came of it."""
    proposal = _proposal(request, pk)
    if proposal.is_being_solved:
        context = {"proposal": proposal, "term": proposal.term, **progress_of(proposal)}
        return render(request, "office/times/solving.html#progress", context)
    return go_to(reverse("timetable.see_proposal", args=[pk]))


@may("timetable.stop_solving")
@require_POST
def stop_solving(request: Request, pk: int) -> HttpResponse:
    """Let it be enough: the best that was found is taken."""
    proposal = _proposal(request, pk)
    actions.stop_solving(proposal=proposal, by=request.user, now=now())
    return redirect("timetable.see_proposal", pk)


@may("timetable.accept_proposal")
@require_POST
@due_dates_follow
def accept_proposal(request: Request, pk: int) -> HttpResponse:
    """Let the solved rotation stand."""
    done = _(
        "The rotation holds as proposed from %(day)s on. It can be taken back as a whole on this page."
    )
    return _decide(request, pk, actions.accept_proposal, done)


@may("timetable.take_back_proposal")
@require_POST
@due_dates_follow
def take_back_proposal(request: Request, pk: int) -> HttpResponse:
    """Let the rotation stand that stood before."""
    done = _("From %(day)s on the rotation holds as it was before.")
    return _decide(request, pk, actions.take_back_proposal, done)


@may("timetable.set_proposal_aside")
@require_POST
def set_proposal_aside(request: Request, pk: int) -> HttpResponse:
    """Leave the rotation as it stands."""
    proposal = _proposal(request, pk)
    actions.set_proposal_aside(proposal=proposal, by=request.user, now=now())
    messages.success(request, _("The proposal is set aside; the rotation stands as it is."))
    return redirect(f"{reverse('timetable.see_wishes')}?term={proposal.term_id}")


def _decide(request: Request, pk: int, act: Callable[..., Proposal], done: str) -> HttpResponse:
    proposal = _proposal(request, pk)
    try:
        act(proposal=proposal, by=request.user, now=now())
    except TimetableRefused as refused:
        for objection in refused.objections:
            messages.error(request, wording.refusal(objection))
    else:
        messages.success(request, done % {"day": _from_day(request, proposal)})
    return redirect("timetable.see_proposal", pk)


def _from_day(request: Request, proposal: Proposal) -> str:
    """Write from which day it holds what is decided today."""
    day = queries.holds_from(proposal.term, request.school.day(now()))
    return date_format(day, "MONTH_DAY_FORMAT")


def _proposal(request: Request, pk: int) -> Proposal:
    proposals = Proposal.objects.select_related("term__school", "term__year", "job")
    return get_object_or_404(proposals, school=request.school, pk=pk)


def _wishes(proposal: Proposal) -> list[Said]:
    missed = proposal.answer.get("missed", {})
    wishes = [wish for wish in queries.wishes_of(proposal.term) if not is_lesson(wish)]
    return said(proposal.term, wishes, missed=missed)


def _clash(proposal: Proposal) -> dict[str, object]:
    answer, term = proposal.answer, proposal.term
    wishes = said(term, queries.wishes_of(term), costs=answer["costs"])
    turns: list[Turn] = queries.see_timetable(term)
    pins = said_pins(term, turns, answer["costs"])
    clashing = [one for one in (*wishes, *pins) if one.key in answer["clash"]]
    cheapest = next((one for one in clashing if one.key == answer["cheapest"]), None)
    alone = clashing[0] if clashing and len(answer["clash"]) == 1 else None
    lacks_room = alone and alone.wish and alone.wish.kind in NEEDS_ROOM
    return {
        "clashing": clashing,
        "cheapest": None if alone else cheapest,
        "is_least": answer["is_least"],
        "alone": alone,
        "lacks_room": lacks_room,
    }
