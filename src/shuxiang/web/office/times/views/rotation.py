"""The rotation: the week as a table, giving a class its slot, and the sheet for the wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.platform.schools.models import School
from shuxiang.readers.queries import class_name
from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import Slot, Term, Turn
from shuxiang.timetable.rules import Letter, Weeks, week_number
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of
from shuxiang.web.office.times.chosen import chosen_term, terms_offered
from shuxiang.web.office.times.following import due_dates_follow
from shuxiang.web.office.times.forms import NewTurnForm, TurnForm
from shuxiang.web.office.times.kept import Kept
from shuxiang.web.office.times.standing import Standing
from shuxiang.web.office.times.week import Pick
from shuxiang.web.office.times.week_sheet import one_week

A_WEEK = timedelta(days=7)


@may("timetable.see_timetable")
def see_timetable(request: Request) -> HttpResponse:
    """Show the week of a term, and let a class be put into it."""
    today = request.school.day(now())
    term = chosen_term(request)
    standing = Standing.of(term) if term else None
    if standing is None or not (standing.slots or standing.turns):
        return render(request, "office/times/rotation_empty.html", {"term": term})
    is_over = standing.term.ends_on < today
    may_change = request.user.has_perm("timetable.give_turn") and not is_over
    only = _letter(request.GET.get("weeks", ""))
    context = {
        **_week(request, standing, today, may_change=may_change),
        "standing": standing,
        **terms_offered(standing.term),
        "only": only,
        "weeks": _weeks(request.GET.get("as", "")),
        "here": _here(standing.term, only),
        "may_change": may_change,
        "not_yet": _not_yet(standing, today),
        **_present_week(standing.term, today),
    }
    return render(request, "office/times/rotation.html", context)


@may("timetable.see_timetable")
def print_timetable(request: Request) -> HttpResponse:
    """Show the rotation as a sheet to hang up."""
    today = request.school.day(now())
    term = chosen_term(request)
    if term is None:
        return redirect("timetable.see_timetable")
    standing = Standing.of(term)
    first_monday = term.starts_on - timedelta(days=term.starts_on.weekday())
    context = {
        "term": term,
        "standing": standing,
        "holds_from": max((turn.first_day for turn in standing.turns), default=term.starts_on),
        "today": today,
        "this_week": week_number(term.starts_on, today),
        "next_week": week_number(term.starts_on, today) + 1,
    }
    week = key_of(request.GET.get("week", ""))
    if week and week <= week_number(term.starts_on, term.ends_on):
        monday = first_monday + A_WEEK * (week - 1)
        return render(
            request,
            "office/times/week_print.html",
            context | {"week": int(week)} | one_week(standing, monday),
        )
    rotation = standing.rotation()
    context |= {"lines": rotation.sheet(), "days": rotation.days(None)}
    return render(request, "office/times/rotation_print.html", context)


@may("timetable.give_turn")
@require_POST
@due_dates_follow
def give_turn(request: Request) -> HttpResponse:
    """Give a class a slot."""
    form = NewTurnForm(request.POST, school=request.school)
    if not form.is_valid():
        messages.error(request, _("Choose a class, a slot and the weeks. Nothing was changed."))
        return redirect("timetable.see_timetable")
    term: Term = form.cleaned_data["term"]
    asked = {"slot": form.cleaned_data["slot"].pk, "as": form.cleaned_data["weeks"]}
    try:
        turn = actions.give_turn(**form.cleaned_data, by=request.user, now=now())
    except TimetableRefused as refused:
        return _refused(request, refused, term, **asked)
    _say(request, _where(turn), turn.from_on)
    return redirect(_here(term, None))


@may("timetable.move_turn")
@require_POST
@due_dates_follow
def move_turn(request: Request, pk: int) -> HttpResponse:
    """Put a class into another slot, or into other weeks."""
    turn = get_object_or_404(_turns(request.school), pk=pk)
    form = TurnForm(request.POST, school=request.school)
    if not form.is_valid():
        messages.error(request, _("Choose a slot and the weeks. Nothing was changed."))
        return redirect(_here(turn.term, None))
    try:
        moved = actions.move_turn(turn=turn, **form.cleaned_data, by=request.user, now=now())
    except TimetableRefused as refused:
        return _refused(request, refused, turn.term, turn=turn.pk)
    _say(request, _where(moved), moved.from_on)
    return redirect(_here(turn.term, None))


@may("timetable.move_turn")
@require_safe
def places_for(request: Request, pk: int) -> JsonResponse:
    """Tell for each slot and its weeks what stands against a class's coming there."""
    turn = get_object_or_404(_turns(request.school), pk=pk)
    standing = Standing.of(turn.term)
    kept = Kept(standing)
    said = {
        slot.pk: {
            weeks.value: " ".join(kept.against(turn.school_class, slot, weeks, but=turn))
            for weeks in Weeks
        }
        for slot in standing.slots
    }
    return JsonResponse(said)


@may("timetable.take_turn_away")
@require_POST
@due_dates_follow
def take_turn_away(request: Request, pk: int) -> HttpResponse:
    """Take a slot from a class."""
    turn = get_object_or_404(_turns(request.school), pk=pk)
    try:
        actions.take_turn_away(turn=turn, by=request.user, now=now())
    except TimetableRefused as refused:
        return _refused(request, refused, turn.term)
    _say_from(request, turn.ended_on)
    gone = {"class": turn.school_class_id, "as": turn.weeks, "gone": turn.slot_id}
    pinned = {"pinned": "on"} if turn.is_pinned else {}
    return redirect(f"{_here(turn.term, None)}&{urlencode({**gone, **pinned})}")


@may("timetable.pin_turn")
@require_POST
def pin_turn(request: Request, pk: int) -> HttpResponse:
    """Let a class stay where it is when the rotation is solved again."""
    return _pin(request, pk, actions.pin_turn, _("%(turn)s It stays there when you solve again."))


@may("timetable.unpin_turn")
@require_POST
def unpin_turn(request: Request, pk: int) -> HttpResponse:
    """Let the solver move a class again."""
    return _pin(request, pk, actions.unpin_turn, _("%(turn)s It may be moved when you solve."))


def _pin(request: Request, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    turn = get_object_or_404(_turns(request.school), pk=pk)
    try:
        act(turn=turn, by=request.user, now=now())
    except TimetableRefused as refused:
        return _refused(request, refused, turn.term)
    messages.success(request, done % {"turn": _where(turn)})
    return redirect(f"{_here(turn.term, None)}&turn={turn.pk}")


def _week(
    request: Request, standing: Standing, today: date, *, may_change: bool
) -> dict[str, object]:
    """Lay the week out, with what is picked in it, what no longer fits and what breaks a rule."""
    term, kept = standing.term, Kept(standing)
    pick = _pick(request, standing) if may_change else None
    conflicts = standing.conflicts() if term.ends_on >= today else []
    broken = kept.broken() if term.ends_on >= today else {}
    rotation = standing.rotation(
        clashing=frozenset(conflict.turn.pk for conflict in conflicts) | broken.keys(),
        rules_against=kept.rules_against,
        pick=pick,
        only=_letter(request.GET.get("weeks", "")),
        may_change=may_change,
    )
    return {
        "rotation": rotation,
        "days": rotation.days(_weekday(term, today)),
        "conflicts": [_told(conflict, term) for conflict in conflicts]
        + [_told_rule(turn, broken[turn.pk], kept) for turn in standing.turns if turn.pk in broken],
        "rules": kept.said(),
        "pick": pick,
        "place": _slot(request, standing, "slot") if may_change and not pick else None,
        **_gone(request, standing, pick),
        **_picked(standing, pick, kept.lacking()),
    }


def _not_yet(standing: Standing, today: date) -> str:
    """Say what of the week that is shown holds only from a day to come on."""
    later = standing.to_begin(today)
    if not later:
        return ""
    day = date_format(max(turn.first_day for turn in later), "MONTH_DAY_FORMAT")
    if len(later) == len(standing.turns):
        said = _("This rotation holds from %(day)s on; until then the classes come as before.")
        return said % {"day": day}
    named = {turn.school_class: None for turn in later}
    names = "、".join(class_name(one, standing.term.year.first_year) for one in named)
    said = _("For %(names)s it holds from %(day)s on; until then they come as before.")
    return said % {"names": names, "day": day}


def _turns(school: School) -> Any:
    return (
        Turn.objects.standing()
        .filter(school=school)
        .select_related("term__year", "term__school", "slot__period", "school_class__school")
    )


def _here(term: Term, only: Letter | None) -> str:
    asked = {"term": term.pk, **({"weeks": only.value} if only else {})}
    return f"{reverse('timetable.see_timetable')}?{urlencode(asked)}"


def _letter(text: str) -> Letter | None:
    return Letter(text) if text in set(Letter) else None


def _weeks(text: str) -> Weeks:
    return Weeks(text) if text in set(Weeks) else Weeks.EVERY


def _present_week(term: Term, today: date) -> dict[str, str]:
    if not term.starts_on <= today <= term.ends_on:
        return {}
    letter = queries.week_letter(term, today)
    return {"letter": letter.value, "letter_name": str(wording.LETTERS[letter])}


def _picked(standing: Standing, pick: Pick | None, lacking: Mapping[int, str]) -> dict[str, object]:
    """Name what the side panel shows: who is picked, who is not placed, and whom to choose from."""
    year = standing.term.year.first_year
    without = {one.pk for one in standing.without_turn()}
    named: dict[str, object] = {
        "unplaced": [
            (one.pk, class_name(one, year), lacking.get(one.pk, ""))
            for one in standing.classes
            if one.pk in without or one.pk in lacking
        ],
        "class_choices": [(one.pk, class_name(one, year)) for one in standing.classes],
        "weeks_choices": _weeks_choices(),
    }
    if pick is None:
        return named
    one = pick.school_class
    return {
        **named,
        "pick_name": class_name(one, year),
        "pick_query": f"turn={pick.turn.pk}" if pick.turn else f"class={one.pk}",
        "pick_lacks": lacking.get(one.pk, ""),
        "pick_has_none": one.pk in without,
    }


def _weeks_choices() -> list[tuple[str, str]]:
    letters = [(letter.value, str(wording.LETTERS[letter])) for letter in Letter]
    return [(Weeks.EVERY.value, str(Turn.Weeks.EVERY.label)), *letters]


def _weekday(term: Term, today: date) -> int | None:
    return today.weekday() if week_number(term.starts_on, today) > 0 else None


def _pick(request: Request, standing: Standing) -> Pick | None:
    """Find the class that was pressed: in its slot, or in the list of those without one."""
    wanted, asked = request.GET.get("turn", ""), request.GET.get("as", "")
    for turn in standing.turns:
        if wanted == str(turn.pk):
            weeks = _weeks(asked or turn.weeks)
            return Pick(school_class=turn.school_class, weeks=weeks, turn=turn)
    for one in standing.classes:
        if request.GET.get("class", "") == str(one.pk):
            return Pick(school_class=one, weeks=_weeks(asked))
    return None


def _slot(request: Request, standing: Standing, name: str) -> Slot | None:
    wanted = request.GET.get(name, "")
    return next((slot for slot in standing.slots if str(slot.pk) == wanted), None)


def _gone(request: Request, standing: Standing, pick: Pick | None) -> dict[str, object]:
    """Find the slot that was just taken from the class that is picked, to give it back."""
    slot = _slot(request, standing, "gone") if pick and not pick.turn else None
    if pick is None or any(
        turn.slot == slot and turn.school_class == pick.school_class for turn in standing.turns
    ):
        return {}
    return {"gone": slot, "gone_pinned": "pinned" in request.GET}


def _told(conflict: queries.Conflict, term: Term) -> dict[str, object]:
    turn, better = conflict.turn, conflict.better
    return {
        "turn": turn,
        "school_class": class_name(turn.school_class, term.year.first_year),
        "where": wording.slot(turn.slot.weekday, turn.slot.period.name),
        "weeks": turn.weeks,
        "why": [wording.refusal(objection) for objection in conflict.objections],
        "better": better,
        "better_name": wording.slot(better.weekday, better.period.name) if better else "",
    }


def _told_rule(turn: Turn, rules: list[str], kept: Kept) -> dict[str, object]:
    better = kept.better(turn)
    return {
        "turn": turn,
        "weeks": turn.weeks,
        "better": better,
        "better_name": wording.slot(better.weekday, better.period.name) if better else "",
        "school_class": class_name(turn.school_class, kept.standing.term.year.first_year),
        "where": wording.slot(turn.slot.weekday, turn.slot.period.name),
        "why": rules,
    }


def _where(turn: Turn) -> str:
    """Say where a class comes now."""
    return _("%(school_class)s comes %(slot)s, %(weeks)s.") % {
        "school_class": class_name(turn.school_class, turn.term.year.first_year),
        "slot": wording.slot(turn.slot.weekday, turn.slot.period.name),
        "weeks": Turn.Weeks(turn.weeks).label,
    }


def _say(request: Request, done: str, holds_from: date | None) -> None:
    """Say what was done, and from which day on it holds if that is not today."""
    messages.success(request, done)
    _say_from(request, holds_from)


def _say_from(request: Request, holds_from: date | None) -> None:
    if holds_from and holds_from > request.school.day(now()):
        said = _("This holds from %(day)s: today it has begun.")
        messages.info(request, said % {"day": date_format(holds_from, "MONTH_DAY_FORMAT")})


def _refused(
    request: Request, refused: TimetableRefused, term: Term, **asked: object
) -> HttpResponse:
    for objection in refused.objections:
        messages.error(request, wording.refusal(objection))
    return redirect(f"{_here(term, None)}&{urlencode(asked)}")
