"""What was put on its shelf: a scan a book, and the list of what this person has shelved today."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_urlsafe

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shuxiang.catalogue import actions
from shuxiang.catalogue.models import Copy, Standing
from shuxiang.catalogue.queries import copy_by_code
from shuxiang.circulation.queries import loan_of_copy
from shuxiang.formats.text import TooLong, scan_code
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.audit.queries import NonceReused, digest
from shuxiang.web.access import Request, may, nonce_of
from shuxiang.web.desk import helping, shift
from shuxiang.web.desk.templatetags.desk import sentence

SHOWN = 30


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of one scan."""

    text: str
    copy: Copy | None = None
    is_shelved: bool = False


@may("catalogue.put_on_shelf")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def put_on_shelf(request: Request) -> HttpResponse:
    """Note that a book stands on its shelf, and show what this person has shelved today."""
    refused = helping.refused_now(request)
    answer = None
    if request.method == "POST":
        answer = Answer(text=sentence(refused)) if refused else _shelve(request)
    context = {
        "answer": answer,
        "refused": refused,
        "nonce": token_urlsafe(12),
        "shelved": _shelved_today(request),
        "helper": helping.is_helper(request),
    }
    status = 422 if answer and not answer.is_shelved else 200
    return render(request, "desk/shelving.html", context, status=status)


def _shelve(request: Request) -> Answer:
    copy = _copy(request)
    if copy is None:
        return Answer(
            text=_("No book of this school has this label. Nothing was recorded: scan it again.")
        )
    if loan_of_copy(copy.pk):
        return Answer(
            text=_("It is still down as lent. Nothing was recorded: return it at the desk first."),
            copy=copy,
        )
    code = request.POST.get("code", "")
    act = Act(
        by=request.user,
        now=now(),
        place=shift.desk_number(request),
        nonce=nonce_of(request),
        content=digest(path=request.path, code=code),
    )
    try:
        shelved = actions.put_on_shelf(copy=copy, act=act)
    except actions.NotToBeShelved as refused:
        return Answer(text=_why_not(refused.copy), copy=refused.copy)
    except NonceReused:
        return Answer(text=_("This page was old. Nothing was recorded: scan it again."), copy=copy)
    return Answer(text=_("On its shelf"), copy=shelved, is_shelved=True)


def _copy(request: Request) -> Copy | None:
    try:
        code = scan_code(request.POST.get("code", ""))
    except TooLong:
        return None
    return copy_by_code(request.school, code) if code else None


def _why_not(copy: Copy) -> str:
    if copy.standing == Standing.ON_SHELF:
        return _("It is down as on its shelf already. Go on with the next book.")
    if copy.standing == Standing.SET_ASIDE:
        return _("It is kept for somebody. Nothing was recorded: put it on the hold shelf.")
    return _("It does not wait to be shelved. Nothing was recorded: give it to the librarian.")


def _shelved_today(request: Request) -> list[Copy]:
    """List what this person has put on shelves today, the last on top, in two queries."""
    midnight = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    entries = Entry.objects.filter(
        school=request.school, by=request.user, verb="catalogue.put_on_shelf", at__gte=midnight
    ).order_by("-id")[:SHOWN]
    keys = [entry.subject_id for entry in entries]
    copies = Copy.objects.select_related("holding__title", "shelf").in_bulk(
        [key for key in keys if key]
    )
    return [copies[key] for key in keys if key in copies]
