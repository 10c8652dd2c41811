"""Strike copies off the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.accession import NotYetThere
from shuxiang.catalogue.actions.ledger import lock_books, post_withdrawal
from shuxiang.catalogue.models import Copy, Standing, WithdrawalBatch
from shuxiang.catalogue.rules import CopyFault, Fault
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.numbers.actions import give_numbers, retire_barcode

WITHDRAWAL_NUMBERS = "withdrawal"


class WithdrawalRefused(Exception):
    """Some copies can't be struck off; nothing was written."""

    def __init__(self, faults: Sequence[CopyFault]) -> None:
        super().__init__(", ".join(f"{fault.value}: {fault.fault}" for fault in faults[:10]))
        self.faults = tuple(faults)


@transaction.atomic
def withdraw(
    *,
    copies: Sequence[Copy],
    reason: str,
    withdrawn_on: date,
    by: Account | None,
    now: datetime,
    approval: str = "",
    note: str = "",
) -> WithdrawalBatch:
    """Strike copies of one school off its books: their rows stay, their barcodes are free again.

    Whether a copy is out on loan is not known here: who calls this asks first.

    :raises WithdrawalRefused: if a copy's standing forbids it, or it came in later than this day
    :raises PeriodClosed: if the registers are closed on that day
    :raises NotYetThere: if the day is after today
    """
    school = copies[0].school
    if withdrawn_on > school.day(now):
        raise NotYetThere(str(withdrawn_on))
    lock_books(school)
    going = _going(copies, withdrawn_on)
    (running,) = give_numbers(school=school, name=f"{WITHDRAWAL_NUMBERS}:{withdrawn_on.year}")
    withdrawal = WithdrawalBatch.objects.create(
        school=school,
        number=f"{withdrawn_on.year}-{running:03d}",
        reason=WithdrawalBatch.Reason(reason),
        approval=approval,
        withdrawn_on=withdrawn_on,
        note=note,
        entered_at=now,
        entered_by=by,
    )
    tally = rules.tally((copy.posted_class, copy.posted_fen) for copy in going)
    post_withdrawal(withdrawal=withdrawal, tally=tally, now=now)
    for copy in going:
        if copy.barcode:
            retire_barcode(school=school, code=copy.barcode, now=now)
    Copy.objects.filter(pk__in=[copy.pk for copy in going]).update(
        standing=Standing.WITHDRAWN, withdrawal=withdrawal
    )
    record(
        "catalogue.withdraw",
        withdrawal,
        school=school,
        by=by,
        at=now,
        number=withdrawal.number,
        reason=withdrawal.reason,
        copies=[copy.pk for copy in going],
    )
    return withdrawal


def _going(copies: Sequence[Copy], withdrawn_on: date) -> list[Copy]:
    """Fetch and lock the copies, in their order, and refuse all if one can't go."""
    wanted = list(dict.fromkeys(copy.pk for copy in copies))
    found = Copy.objects.select_for_update(no_key=True, of=("self",)).select_related("accession")
    there = found.filter(school=copies[0].school).in_bulk(wanted)
    going = [there[pk] for pk in wanted]
    faults = [
        CopyFault(place, fault, str(copy))
        for place, copy in enumerate(going)
        if (fault := _fault(copy, withdrawn_on))
    ]
    if faults:
        raise WithdrawalRefused(faults)
    return going


def _fault(copy: Copy, withdrawn_on: date) -> Fault | None:
    if copy.accession.received_on > withdrawn_on:
        return Fault.BEFORE_IT_CAME
    return rules.may_withdraw(copy.standing)
