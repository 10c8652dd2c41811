"""Undo: a second act that takes the first back; nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from shuxiang.catalogue.actions import mark
from shuxiang.catalogue.models import Copy, Standing
from shuxiang.circulation.actions.returning import trap
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.rules import UndoReason
from shuxiang.platform.audit.actions import Act, record_act
from shuxiang.platform.audit.models import Entry


class UndoRefused(Exception):
    """Something rests on the act, or it cannot be undone; nothing was written."""

    def __init__(self, reason: UndoReason) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def undo(*, entry: Entry, act: Act) -> Entry:
    """
    Take a desk act back.

    :raises UndoRefused: naming what rests on it
    :raises NonceReused: if the act's number did something else before
    """
    school = entry.school
    if school is None or entry.verb not in UNDO:
        raise UndoRefused(UndoReason.NOT_AN_ACT)
    copy_id = entry.details.get("copy")
    if copy_id:
        Copy.objects.select_for_update(of=("self",)).get(pk=copy_id)
    if done := act.done(school):
        return done
    if Entry.objects.filter(undoes=entry).exists():
        raise UndoRefused(UndoReason.UNDONE_BEFORE)
    UNDO[entry.verb](entry, act.now)
    return record_act(
        "circulation.undo",
        None,
        school=school,
        act=act,
        undoes=entry,
        copy=copy_id,
    )


def _loan_of(entry: Entry) -> Loan:
    loans = Loan.objects.select_for_update(of=("self",)).select_related("copy", "school")
    return loans.get(pk=entry.subject_id or 0)


def _undo_loan(entry: Entry, now: datetime) -> None:
    loan = _loan_of(entry)
    if loan.returned_at:
        raise UndoRefused(UndoReason.RETURNED_SINCE)
    if loan.renewals:
        raise UndoRefused(UndoReason.RENEWED_SINCE)
    loan.returned_at = loan.undone_at = max(now, loan.lent_at)
    loan.returned_on = loan.school.day(loan.returned_at)
    loan.save(update_fields=["returned_at", "returned_on", "undone_at"])
    _reopen_hold(entry.details.get("hold"), loan.copy)
    _return_to(entry.details.get("set_back"), loan.copy, now)
    _put_back(loan.copy, entry)


def _undo_return(entry: Entry, now: datetime) -> None:
    copy = Copy.objects.get(pk=entry.details["copy"])
    if Loan.objects.on_hand().filter(copy=copy).exists():
        raise UndoRefused(UndoReason.LENT_SINCE)
    hold = Hold.objects.filter(pk=entry.details.get("hold")).first()
    if hold and hold.state == Hold.State.FILLED:
        raise UndoRefused(UndoReason.HOLD_FETCHED_SINCE)
    if entry.subject_label == Loan._meta.label:
        loan = _loan_of(entry)
        if loan.reader_id is None:
            raise UndoRefused(UndoReason.FORGOTTEN)
        if Loan.objects.counted().filter(copy=copy, pk__gt=loan.pk).exists():
            raise UndoRefused(UndoReason.LENT_SINCE)
        loan.returned_at = loan.returned_on = None
        loan.save(update_fields=["returned_at", "returned_on"])
    if hold and hold.state == Hold.State.READY and hold.copy_id == copy.pk:
        _set_back(hold)
    _put_back(copy, entry)


def _put_back(copy: Copy, entry: Entry) -> None:
    was = Standing(entry.details["was"])
    if copy.standing == was:
        return
    if copy.standing == Standing.WITHDRAWN:
        raise UndoRefused(UndoReason.WITHDRAWN_SINCE)
    mark(copy, was)


def _undo_renewal(entry: Entry, now: datetime) -> None:
    renewed = {row["loan"]: row for row in entry.details["renewed"]}
    loans = list(Loan.objects.select_for_update(of=("self",)).filter(pk__in=renewed))
    for loan in loans:
        if loan.returned_at:
            raise UndoRefused(UndoReason.RETURNED_SINCE)
        if loan.due_on.isoformat() != renewed[loan.pk]["to"]:
            raise UndoRefused(UndoReason.RENEWED_SINCE)
    for loan in loans:
        before = renewed[loan.pk]["before"]
        loan.due_on = date.fromisoformat(renewed[loan.pk]["from"])
        loan.due_at_visit = renewed[loan.pk].get("from_visit", loan.due_at_visit)
        loan.renewals -= 1
        loan.renewed_at = datetime.fromisoformat(before) if before else None
        loan.save(update_fields=["due_on", "due_at_visit", "renewals", "renewed_at"])


def _undo_hold(entry: Entry, now: datetime) -> None:
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=entry.subject_id or 0)
    if hold.state != Hold.State.WAITING:
        raise UndoRefused(UndoReason.HOLD_FETCHED_SINCE)
    hold.state, hold.closed_at = Hold.State.CANCELLED, now
    hold.save(update_fields=["state", "closed_at"])


def _reopen_hold(pk: int | None, copy: Copy) -> None:
    """Give a reader back the hold that the undone loan had filled."""
    hold = Hold.objects.select_related("copy").filter(pk=pk or 0, state=Hold.State.FILLED).first()
    if hold is None or hold.reader_id is None:
        return
    lay_ready = hold.copy_id == copy.pk and hold.place is not None and not _is_taken(hold)
    if lay_ready:
        hold.state, hold.closed_at = Hold.State.READY, None
        hold.save(update_fields=["state", "closed_at"])
    else:
        hold.state, hold.closed_at = Hold.State.WAITING, None
        hold.copy = hold.place = hold.ready_at = hold.fetch_by = None
        hold.save(update_fields=["state", "closed_at", "copy", "place", "ready_at", "fetch_by"])


def _is_taken(hold: Hold) -> bool:
    return Hold.objects.filter(
        school=hold.school_id, state=Hold.State.READY, place=hold.place
    ).exists()


def _return_to(pk: int | None, copy: Copy, now: datetime) -> None:
    """Put the copy aside again for the reader whom the undone loan had passed over."""
    if pk and Hold.objects.filter(pk=pk, state=Hold.State.WAITING).exists():
        trap(copy, now)


def _set_back(hold: Hold) -> None:
    hold.state = Hold.State.WAITING
    hold.copy = hold.place = hold.ready_at = hold.fetch_by = None
    hold.save(update_fields=["state", "copy", "place", "ready_at", "fetch_by"])


UNDO: dict[str, Callable[[Entry, datetime], None]] = {
    "circulation.lend": _undo_loan,
    "circulation.take_back": _undo_return,
    "circulation.renew": _undo_renewal,
    "circulation.place_hold": _undo_hold,
}
