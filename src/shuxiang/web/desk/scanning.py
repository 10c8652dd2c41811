"""Carry out what a scan or a key means: one action at most."""

from __future__ import annotations

from datetime import datetime

from django.shortcuts import get_object_or_404

from shuxiang.circulation import actions
from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries import Kind, Scan, loans_on_hand
from shuxiang.platform.audit.models import Entry
from shuxiang.web.desk.asking import Asked, Mode
from shuxiang.web.desk.said import Said, Trouble
from shuxiang.web.keys import key_of


def carry_out(asked: Asked) -> Entry | Said:
    """Lend or take back what was scanned, or say why nothing was recorded.

    :raises NonceReused: if the number of the request did something else before
    :raises ClockWentBack: if the computer's clock is wrong
    """
    if done := asked.done():
        return done
    if asked.person:
        return Said(what=Kind.SHOW_READER, reader=asked.person)
    scan = asked.scan()
    match scan:
        case Scan(kind=Kind.LEND):
            return _lend(asked, scan)
        case Scan(kind=Kind.TAKE_BACK, copy=copy) if copy:
            return actions.take_back(copy=copy, act=asked.act(), reader=asked.reader)
        case Scan(kind=Kind.SHOW_READER) if asked.mode is Mode.RETURNS and not asked.visit:
            return Said(what=Trouble.CARD_NOT_BOOK, code=scan.code, reader=scan.reader)
        case _:
            return Said(
                what=scan.kind,
                scan=scan,
                code=scan.code or asked.code,
                copy=scan.copy,
                reader=scan.reader,
                details=_details(asked, scan),
            )


def _details(asked: Asked, scan: Scan) -> dict[str, object]:
    """Name what the words of a scan that is no act speak of."""
    first, second = scan.codes or ("", "")
    return {
        "school": scan.school_name,
        "first": first,
        "second": second,
        "length": len(asked.code.strip()),
    }


def _lend(asked: Asked, scan: Scan) -> Entry | Said:
    if scan.copy is None or scan.reader is None:
        return Said(what=Trouble.NO_READER, code=scan.code, copy=scan.copy)
    try:
        return actions.lend(
            copy=scan.copy,
            reader=scan.reader,
            act=asked.act(),
            confirmed=asked.confirmed,
            why=asked.why,
            in_room=asked.mode is Mode.IN_ROOM,
            visit=asked.visit,
        )
    except actions.LoanRefused as refused:
        return Said(
            what=Trouble.LOAN_REFUSED,
            code=scan.code or asked.code,
            copy=refused.copy,
            reader=refused.reader,
            objections=refused.objections,
        )


def renew_all(asked: Asked) -> Entry | Said:
    """Renew everything that the reader on the screen has at home."""
    if asked.reader is None:
        return Said(what=Trouble.NO_READER)
    lines = loans_on_hand(asked.reader, asked.school.day(asked.now))
    loans = [line.loan for line in lines if line.loan.kind == Loan.Kind.HOME]
    try:
        return actions.renew(reader=asked.reader, loans=loans, act=asked.act())
    except actions.RenewalRefused as refused:
        return Said(what=Trouble.RENEWAL_REFUSED, reader=asked.reader, kept=refused.kept)


def undo_shown(asked: Asked, entry_key: str, *, since: datetime) -> Entry | Said:
    """Take back an act of this place that its screen has shown since a moment.

    :raises Http404: if it shows no such act
    """
    shown = Entry.objects.filter(school=asked.school, place=asked.place, at__gte=since)
    if asked.rights.is_limited:
        shown = shown.filter(by=asked.by)
    entry = get_object_or_404(shown.select_related("school"), pk=key_of(entry_key))
    try:
        return actions.undo(entry=entry, act=asked.act())
    except actions.UndoRefused as refused:
        return Said(what=Trouble.UNDO_REFUSED, undo_reason=refused.reason)
