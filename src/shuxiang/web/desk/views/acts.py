"""The keys of the desk: renew, undo, place a hold, add a book, trust the clock."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.catalogue.actions import PeriodClosed, TakeInRefused, quick_add
from shuxiang.catalogue.models import Holding
from shuxiang.catalogue.wording import FAULTS
from shuxiang.circulation import actions
from shuxiang.web.access import Request, may
from shuxiang.web.desk import shift
from shuxiang.web.desk.answering import answer
from shuxiang.web.desk.asking import read
from shuxiang.web.desk.guarding import act
from shuxiang.web.desk.helping import not_for_helpers
from shuxiang.web.desk.said import Done, Said, Trouble
from shuxiang.web.desk.scanning import renew_all, undo_shown


@may("circulation.renew")
@act
@not_for_helpers
def renew(request: Request) -> HttpResponse:
    """Renew everything that the reader on the screen has at home."""
    asked = read(request)
    return answer(request, asked, renew_all(asked))


@may("circulation.undo")
@act
def undo(request: Request) -> HttpResponse:
    """Take back an act that this desk shows."""
    asked = read(request)
    since = shift.since(request, asked.now)
    return answer(request, asked, undo_shown(asked, request.POST.get("entry", ""), since=since))


@may("circulation.place_hold")
@act
def place_hold(request: Request) -> HttpResponse:
    """Let the reader on the screen wait for a title that is out."""
    asked = read(request)
    if asked.reader is None:
        return answer(request, asked, Said(what=Trouble.NO_READER))
    holdings = Holding.objects.filter(school=asked.school).select_related("title")
    holding = get_object_or_404(holdings, pk=request.POST.get("holding", "0"))
    try:
        entry = actions.place_hold(holding=holding, reader=asked.reader, act=asked.act())
    except actions.HoldRefused as refused:
        said = Said(what=Trouble.HOLD_REFUSED, reader=asked.reader, hold_reasons=refused.reasons)
        return answer(request, asked, said)
    return answer(request, asked, entry)


@may("catalogue.quick_add")
@act
def add_book(request: Request) -> HttpResponse:
    """Enter a book that is there but not on the books; the page then lends it."""
    asked, typed = read(request), request.POST
    try:
        copy = quick_add(
            school=asked.school,
            name=typed.get("name", "").strip(),
            author=typed.get("author", "").strip(),
            barcode=typed.get("barcode", ""),
            isbn=typed.get("isbn", ""),
            act=asked.act(),
        )
    except TakeInRefused as refused:
        lines = tuple(str(FAULTS[fault.fault]) % {"value": fault.value} for fault in refused.faults)
        return answer(request, asked, Said(what=Trouble.BOOK_NOT_ADDED, lines=lines))
    except PeriodClosed:
        lines = (_("The registers are closed up to today."),)
        return answer(request, asked, Said(what=Trouble.BOOK_NOT_ADDED, lines=lines))
    said = Said(what=Done.BOOK_ADDED, copy=copy, details={"number": copy.accession_number})
    return answer(request, asked, said, more={"then": copy})


@may("circulation.trust_clock")
@act
def trust_clock(request: Request) -> HttpResponse:
    """Believe the computer's clock although the newest entry is later."""
    actions.trust_clock(school=request.school, by=request.user, now=now())
    return answer(request, read(request), Said(what=Done.CLOCK_TRUSTED))
