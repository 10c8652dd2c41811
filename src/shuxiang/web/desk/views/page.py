"""The desk's page, the panel of nobody, the slip, and which desk this is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shuxiang.circulation.queries import panel, see_desk
from shuxiang.readers.models import Reader
from shuxiang.web.access import Request, may
from shuxiang.web.desk import helping, shift
from shuxiang.web.desk.answering import nobody
from shuxiang.web.desk.wording import page_words
from shuxiang.web.keys import key_of


@may("circulation.see_desk")
@require_safe
@never_cache
def see(request: Request) -> HttpResponse:
    """Open the desk with the rows of this shift; a locked desk stays locked."""
    moment = now()
    locked = shift.is_locked(request, moment)
    if not locked:
        shift.begin(request, moment)
    since, place = shift.since(request, moment), shift.desk_number(request)
    today = request.school.day(moment)
    seen = see_desk(school=request.school, place=place, since=since, today=today)
    context = {
        "rows": helping.own_rows(request, seen.rows),
        "figures": seen.figures,
        "since": since,
        "desk_number": place,
        "locked": locked,
        "helper": helping.is_helper(request),
        "is_appointed": helping.is_appointed(request, moment),
        "limited": helping.rights_of(request).is_limited,
        "refused": helping.refused_now(request),
        "idle_minutes": shift.idle_minutes(request),
        "desks": range(1, shift.DESKS_OFFERED + 1),
        "words": page_words(),
    }
    return render(request, "desk/desk.html", context)


@may("circulation.see_desk")
@require_safe
@never_cache
def see_nobody(request: Request) -> HttpResponse:
    """Show what stands beside the rows while no reader is at the desk."""
    return render(request, "desk/nobody.html", nobody(request))


@may("circulation.see_loans")
@require_safe
@never_cache
def slip(request: Request, reader_id: int) -> HttpResponse:
    """Print what a reader has out, for the pupil to take home."""
    today = request.school.day(now())
    readers = Reader.objects.select_related("school")
    reader = get_object_or_404(readers, school=request.school, pk=reader_id)
    return render(request, "desk/slip.html", {"panel": panel(reader, today), "today": today})


@may("circulation.see_desk")
@require_POST
def choose_desk(request: Request) -> HttpResponse:
    """Say which desk this browser is."""
    answer = redirect("circulation.see_desk")
    number = key_of(request.POST.get("number", ""))
    if number and number <= shift.MOST_DESKS:
        shift.keep_desk_number(answer, number, secure=request.is_secure())
    return answer
