"""Carry out what a scan at a kiosk means: one action at most, and nothing is passed."""

from __future__ import annotations

from shuxiang.circulation import actions
from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries import Desk, Kind, Scan, read_scan
from shuxiang.platform.audit.models import Entry
from shuxiang.web.kiosk.asking import Asked
from shuxiang.web.kiosk.told import Told, Trouble


def carry_out(asked: Asked) -> Entry | Told:
    """Lend or take back what was scanned, greet a reader, or say why nothing was recorded.

    :raises NonceReused: if the number of the request did something else before
    :raises ClockWentBack: if the computer's clock is wrong
    """
    act = asked.act()
    if done := act.done(asked.school):
        return done
    scan = read_scan(asked.code, Desk(school=asked.school, now=asked.now, reader=asked.reader))
    match scan:
        case Scan(kind=Kind.LEND):
            return _lend(asked, scan)
        case Scan(kind=Kind.TAKE_BACK, copy=copy) if copy:
            return actions.take_back(copy=copy, act=act, reader=asked.reader)
        case Scan(kind=Kind.SHOW_READER, reader=reader) if reader:
            return _greet(asked, scan)
        case _:
            return Told(what=scan.kind, copy=scan.copy)


def _greet(asked: Asked, scan: Scan) -> Told:
    """Greet whose card it is; who only knows a name or a number is not let in by it."""
    if scan.reader and asked.is_card_of(scan.reader):
        return Told(what=Kind.SHOW_READER, reader=scan.reader)
    return Told(what=Trouble.NO_CARD)


def _lend(asked: Asked, scan: Scan) -> Entry | Told:
    if scan.copy is None or scan.reader is None:
        return Told(what=Kind.NEEDS_READER, copy=scan.copy)
    try:
        return actions.lend(
            copy=scan.copy, reader=scan.reader, act=asked.act(), channel=Loan.Channel.KIOSK
        )
    except actions.LoanRefused as refused:
        return Told(
            what=Trouble.LOAN_REFUSED,
            copy=refused.copy,
            reader=refused.reader,
            objections=refused.objections,
        )
