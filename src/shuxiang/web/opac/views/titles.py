"""One title: where it stands, when it comes back, what it is, what is near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.catalogue import queries
from shuxiang.catalogue.models import Holding
from shuxiang.catalogue.queries import ShownTitle, shown
from shuxiang.circulation import actions
from shuxiang.circulation.models import Hold
from shuxiang.circulation.queries import queue_for, with_reader
from shuxiang.circulation.rules import HoldReason
from shuxiang.platform.audit.queries import digest
from shuxiang.readers.queries import reader_of
from shuxiang.web.access import Request, everyone, may, nonce_of
from shuxiang.web.opac import citing
from shuxiang.web.opac.opening import of_a_school
from shuxiang.web.opac.records import isbns, people, the_holding
from shuxiang.web.opac.showing import books, shelf_of
from shuxiang.web.opac.wording import AUDIENCES, HOLDS

AKIN = 8
BESIDE = 3


@everyone
@require_safe
@of_a_school
def see_title(request: Request, pk: int) -> HttpResponse:
    """Show a title, first where to walk."""
    holding = the_holding(request, pk)
    return render(request, "opac/title.html", _context(request, holding))


@may("circulation.place_own_hold")
@require_POST
def place_own_hold(request: Request, pk: int) -> HttpResponse:
    """Let whoever has signed in wait for a title."""
    holding = the_holding(request, pk)
    try:
        actions.place_own_hold(holding=holding, act=_act(request, holding))
    except actions.NoReader:
        return _refused(
            request,
            holding,
            [
                _(
                    "This account belongs to no reader, so nothing can be held for it. The librarian can join it to one."
                )
            ],
        )
    except actions.HoldRefused as refused:
        return _refused(request, holding, _words(refused.reasons))
    except actions.NonceReused:
        return _refused(
            request,
            holding,
            [_("This page was used for another book since. Press the button again.")],
        )
    own = _own(request, queue_for(pk), holding) or Own()
    messages.success(request, _said(holding, own))
    return redirect("opac.see_title", pk=pk)


def _act(request: Request, holding: Holding) -> actions.Act:
    return actions.Act(
        by=request.user,
        now=now(),
        place="opac",
        nonce=nonce_of(request),
        content=digest(hold=holding.pk),
    )


def _refused(request: Request, holding: Holding, why: Sequence[str]) -> HttpResponse:
    context = _context(request, holding) | {"refused": why}
    return render(request, "opac/title.html", context, status=422)


def _words(reasons: Sequence[HoldReason]) -> list[str]:
    return [str(HOLDS[reason]) for reason in reasons]


def _said(holding: Holding, own: Own) -> str:
    said = _("You are on the list for “%(name)s” and come first.")
    if own.ahead:
        said = _("You are on the list for “%(name)s”; %(ahead)s come before you.")
    return said % {"name": queries.shown_name(holding), "ahead": own.ahead}


@dataclass(frozen=True, kw_only=True)
class Own:
    """What a title is to the reader who looks at it."""

    due_on: date | None = None
    hold: Hold | None = None
    ahead: int = 0


def _own(request: Request, queue: Sequence[Hold], holding: Holding) -> Own | None:
    reader = reader_of(request.user) if request.user.is_authenticated else None
    if reader is None:
        return None
    due_on = with_reader(reader, holding.pk)
    for ahead, hold in enumerate(queue):
        if hold.reader_id == reader.pk:
            return Own(due_on=due_on, hold=hold, ahead=ahead)
    return Own(due_on=due_on)


def _issued(title: ShownTitle) -> str:
    if title.publisher and title.year:
        words = {"publisher": title.publisher, "year": title.year}
        return _("%(publisher)s, %(year)s") % words
    return title.publisher or str(title.year or "")


def _context(request: Request, holding: Holding) -> dict[str, Any]:
    title, persons, queue = shown(holding), people(holding), queue_for(holding.pk)
    author = persons[0].name if persons else ""
    before, after = queries.beside(holding, BESIDE)
    by_author = queries.by_the_same(holding, author, AKIN)
    of_series = queries.of_the_series(holding, title.series, AKIN)
    near = {other.pk: other for other in (holding, *before, *after, *by_author, *of_series)}
    shown_near = [queries.as_listed(other) for other in near.values()]
    shelf = {book.pk: book for book in books(request.school, shown_near)}
    here = shelf[holding.pk]
    return {
        "book": here,
        "title": title,
        "place": shelf_of(here.where.first) if here.where.first else "",
        "issued": _issued(title),
        "isbns": isbns(holding),
        "people": persons,
        "author": author,
        "audience": AUDIENCES.get(title.audience, ""),
        "waiting": sum(1 for hold in queue if hold.state == Hold.State.WAITING),
        "by_author": [shelf[other.pk] for other in by_author],
        "of_series": [shelf[other.pk] for other in of_series],
        "row": [shelf[other.pk] for other in (*before, holding, *after)] if before or after else [],
        "citation": citing.cite(title, persons),
        "today": request.school.day(now()),
        "own": _own(request, queue, holding),
        "nonce": uuid4().hex,
    }
