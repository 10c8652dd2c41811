"""Reading pairs, class by class: suggested, confirmed, changed, ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.programmes import actions, queries
from shuxiang.programmes.actions import ProgrammeRefused
from shuxiang.programmes.models import Pair
from shuxiang.programmes.rules import Telling
from shuxiang.programmes.wording import INTERESTS, came_of, refusal, telling
from shuxiang.readers.models import Reader
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of
from shuxiang.web.office.own_classes import own_class

KINDS = {Telling.MORE: "good", Telling.AS_BEFORE: "info", Telling.STILL_NONE: "wait"}


@may("programmes.see_pairs")
@require_safe
def see_pairs(request: Request) -> HttpResponse:
    """Show how many pairs each class has, and what came of all of them."""
    lines = queries.see_pairs(request.school, request.school.day(now()))
    told: Counter[Telling] = sum((Counter(line.told) for line in lines), Counter())
    context = {
        "lines": lines,
        "standing": sum(line.standing for line in lines),
        "suggested": sum(line.suggested for line in lines),
        "told": [(telling(one), KINDS.get(one, "none"), told[one]) for one in Telling if told[one]],
    }
    return render(request, "office/pairs/pairs.html", context)


@may("programmes.see_class_pairs")
@require_safe
def see_class_pairs(request: Request, pk: int) -> HttpResponse:
    """Show the pairs of one class; a teacher sees the own class."""
    seen = queries.see_class_pairs(own_class(request, pk), request.school.day(now()))
    context = {
        "seen": seen,
        "suggested": [(one, INTERESTS[one.interests]) for one in seen.suggested],
        "standing": _shown(seen.standing),
        "ended": _shown(seen.ended),
        "is_own": not request.user.has_perm("programmes.see_pairs"),
    }
    return render(request, "office/pairs/class.html", context)


@may("programmes.confirm_pair")
@require_POST
def confirm_pair(request: Request, pk: int) -> HttpResponse:
    """Bring two pupils of a class together."""
    school_class = own_class(request, pk)
    guide, reader = _pupil(request, "guide"), _pupil(request, "reader")
    if guide is None or reader is None:
        messages.error(request, _("Choose both pupils first. Nothing was changed."))
        return redirect("programmes.see_class_pairs", pk)

    def confirm() -> str:
        actions.confirm_pair(
            school_class=school_class, guide=guide, reader=reader, by=request.user, now=now()
        )
        said = _("%(guide)s now brings %(reader)s along.")
        return said % {"guide": guide.name, "reader": reader.name}

    return _done(request, pk, confirm)


@may("programmes.change_pair")
@require_POST
def change_pair(request: Request, pk: int) -> HttpResponse:
    """Give a pupil another guide."""
    pair = _own_pair(request, pk)
    guide = _pupil(request, "guide")
    if guide is None:
        messages.error(request, _("Choose a pupil first. Nothing was changed."))
        return redirect("programmes.see_class_pairs", pair.school_class_id)

    def change() -> str:
        actions.change_pair(pair=pair, guide=guide, by=request.user, now=now())
        return _("From today it is %(guide)s who brings along.") % {"guide": guide.name}

    return _done(request, pair.school_class_id, change)


@may("programmes.end_pair")
@require_POST
def end_pair(request: Request, pk: int) -> HttpResponse:
    """End a pair."""
    pair = _own_pair(request, pk)

    def end() -> str:
        actions.end_pair(pair=pair, by=request.user, now=now())
        return _("The pair has ended. What came of it stays below.")

    return _done(request, pair.school_class_id, end)


def _done(request: Request, key: int, act: Callable[[], str]) -> HttpResponse:
    """Act, say what happened or why not, and go back to the class."""
    try:
        messages.success(request, act())
    except ProgrammeRefused as refused:
        messages.error(request, refusal(refused.reason, refused.details))
    return redirect("programmes.see_class_pairs", key)


def _own_pair(request: Request, pk: int) -> Pair:
    """
    Give a pair of a class that somebody looks after.

    :raises PermissionDenied: if it is of somebody else's class
    """
    pair: Pair = get_object_or_404(Pair, school=request.school, pk=pk)
    own_class(request, pair.school_class_id)
    return pair


def _pupil(request: Request, name: str) -> Reader | None:
    asked = key_of(request.POST.get(name, ""))
    return Reader.objects.filter(school=request.school, pk=asked).first() if asked else None


def _shown(lines: tuple[queries.PairLine, ...]) -> list[dict[str, object]]:
    return [
        {
            "line": line,
            "kind": KINDS.get(line.effect.telling, "none"),
            "telling": telling(line.effect.telling),
            "came_of": came_of(line.effect),
        }
        for line in lines
    ]
