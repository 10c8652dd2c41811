"""What is done in a class visit: open it, scan, renew, undo, mark away, close it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from shuxiang.circulation import actions
from shuxiang.circulation.models import Visit
from shuxiang.readers.models import SchoolClass
from shuxiang.timetable.models import Turn
from shuxiang.timetable.queries import turn_next
from shuxiang.web.access import Request, may
from shuxiang.web.desk.answering import answer
from shuxiang.web.desk.asking import read
from shuxiang.web.desk.boards import board_context, visit_of
from shuxiang.web.desk.guarding import act
from shuxiang.web.desk.helping import check_class, in_hours, not_for_helpers
from shuxiang.web.desk.said import Said, Trouble
from shuxiang.web.desk.scanning import carry_out, renew_all, undo_shown
from shuxiang.web.desk.standing_by import NotApproved, approver
from shuxiang.web.keys import key_of


@may("circulation.open_visit")
@require_POST
@in_hours
def open_class(request: Request) -> HttpResponse:
    """Open the visit of a class, or go on with the one that is open today."""
    classes = SchoolClass.objects.select_related("school")
    key = key_of(request.POST.get("school_class", ""))
    school_class = get_object_or_404(classes, school=request.school, pk=key)
    check_class(request, school_class.pk)
    pressed = key_of(request.POST.get("turn", ""))
    turn = Turn.objects.filter(pk=pressed, school_class=school_class).first() if pressed else None
    visit = actions.open_visit(
        school_class=school_class,
        turn=turn or turn_next(school_class, now()),
        by=request.user,
        now=now(),
    )
    return redirect("circulation.board", visit.pk)


@may("circulation.lend")
@act
def scan(request: Request, visit_id: int) -> HttpResponse:
    """Lend or take back in a class visit."""
    visit = _open_visit(request, visit_id)
    asked, trouble = read(request, visit), None
    try:
        asked = asked.approved(approver(request))
    except NotApproved as refused:
        trouble = Said(what=refused.trouble)
        asked = asked.unconfirmed()
    outcome = carry_out(asked)
    return answer(
        request,
        asked,
        outcome,
        more=board_context(visit, asked.now, helper=asked.is_helper),
        trouble=trouble,
    )


@may("circulation.renew")
@act
@not_for_helpers
def renew(request: Request, visit_id: int) -> HttpResponse:
    """Renew what the pupil keeps."""
    visit = _open_visit(request, visit_id)
    asked = read(request, visit)
    outcome = renew_all(asked)
    return answer(
        request, asked, outcome, more=board_context(visit, asked.now, helper=asked.is_helper)
    )


@may("circulation.undo")
@act
def undo(request: Request, visit_id: int) -> HttpResponse:
    """Take back an act of this visit."""
    visit = _open_visit(request, visit_id)
    asked = read(request, visit)
    outcome = undo_shown(asked, request.POST.get("entry", ""), since=visit.opened_at)
    return answer(
        request, asked, outcome, more=board_context(visit, asked.now, helper=asked.is_helper)
    )


@may("circulation.mark_absent")
@act
@not_for_helpers
def mark_absent(request: Request, visit_id: int) -> HttpResponse:
    """Say that a pupil is away, or is not."""
    visit = _open_visit(request, visit_id)
    asked = read(request, visit)
    if asked.reader is None:
        return answer(request, asked, Said(what=Trouble.NO_READER))
    entry = actions.mark_absent(visit=visit, reader=asked.reader, act=asked.act())
    return answer(
        request, asked, entry, more=board_context(visit, asked.now, helper=asked.is_helper)
    )


@may("circulation.close_visit")
@require_POST
@not_for_helpers
def close(request: Request, visit_id: int) -> HttpResponse:
    """End the visit; its list is then printed and goes to the teacher."""
    visit = visit_of(request, visit_id)
    in_order = {"yes": True, "no": False}.get(request.POST.get("in_order", ""))
    actions.close_visit(visit=visit, in_order=in_order, by=request.user, now=now())
    return redirect("circulation.visit_list", visit.pk)


def _open_visit(request: Request, visit_id: int) -> Visit:
    """Find a visit that has not ended.

    :raises VisitClosed: if it has
    """
    visit = visit_of(request, visit_id)
    if visit.closed_at:
        raise actions.VisitClosed
    return visit
