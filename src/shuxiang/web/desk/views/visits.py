"""The pages of a class visit: which class, the class itself, what is new, and the list at its end."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuxiang.circulation.models import Visit
from shuxiang.circulation.queries import newest_entry, place_of_visit, recent_rows, see_visit
from shuxiang.readers.queries import classes_of_teacher
from shuxiang.web.access import Request, may
from shuxiang.web.desk import shift
from shuxiang.web.desk.boards import board_context, cells, sums, visit_of
from shuxiang.web.desk.choosing import classes_to_choose, visits_to_see
from shuxiang.web.desk.helping import in_hours, own_rows, rights_of
from shuxiang.web.desk.wording import page_words


@may("circulation.see_visit")
@require_safe
@never_cache
@in_hours
def see(request: Request) -> HttpResponse:
    """Choose the class that comes; a class teacher sees the visits of the own class."""
    if not request.user.has_perm("circulation.open_visit"):
        return render(request, "desk/visit/own.html", visits_to_see(request.user, now()))
    return render(
        request,
        "desk/visit/choose.html",
        classes_to_choose(request.school, now(), rights_of(request)),
    )


@may("circulation.open_visit")
@require_safe
@never_cache
@in_hours
def board_page(request: Request, visit_id: int) -> HttpResponse:
    """Open the page of a visit; one that has ended shows its list."""
    visit, moment = visit_of(request, visit_id), now()
    if visit.closed_at:
        return redirect("circulation.visit_list", visit_id)
    locked = shift.is_locked(request, moment)
    if not locked:
        shift.begin(request, moment)
    context = (
        board_context(visit, moment, helper=_is_helper(request))
        | _rows(request, visit)
        | {"locked": locked}
    )
    return render(request, "desk/visit/visit.html", context)


@may("circulation.open_visit")
@require_safe
@never_cache
@in_hours
def news(request: Request, visit_id: int, entry_id: int) -> HttpResponse:
    """Tell another device what has been done since; 204 if nothing has."""
    visit = visit_of(request, visit_id)
    if newest_entry(visit) <= entry_id or shift.is_locked(request, now()):
        return HttpResponse(status=204)
    context = board_context(visit, now(), helper=_is_helper(request)) | _rows(request, visit)
    return render(request, "desk/visit/news.html", context)


@may("circulation.see_visit")
@require_safe
@never_cache
@in_hours
def closing_list(request: Request, visit_id: int) -> HttpResponse:
    """Show who took what, who did not, and what is still out: for paper and for the teacher."""
    visit = visit_of(request, visit_id)
    _check_may_see(request, visit)
    shown = see_visit(visit)
    context = {
        "visit": visit,
        "board": shown,
        "cells": cells(shown, helper=_is_helper(request)),
        "sums": sums(shown),
        "helper": _is_helper(request),
        "may_close": visit.closed_at is None
        and request.user.has_perm("circulation.close_visit")
        and not rights_of(request).is_limited,
    }
    return render(request, "desk/visit/list.html", context)


def _check_may_see(request: Request, visit: Visit) -> None:
    """Let a class teacher see the own class alone."""
    if request.user.has_perm("circulation.open_visit"):
        return
    own = classes_of_teacher(request.user, request.school.day(now()))
    if visit.school_class_id not in {each.pk for each in own}:
        raise Http404


def _is_helper(request: Request) -> bool:
    person = request.user
    sees_titles = ("circulation.see_loans", "circulation.see_class_loans")
    return not any(person.has_perm(permission) for permission in sees_titles)


def _rows(request: Request, visit: Visit) -> dict[str, object]:
    rows = recent_rows(
        school=visit.school, place=place_of_visit(visit), since=visit.opened_at, limit=12
    )
    return {
        "rows": own_rows(request, rows),
        "helper": _is_helper(request),
        "limited": rights_of(request).is_limited,
        "idle_minutes": shift.idle_minutes(request),
        "words": page_words(),
    }
