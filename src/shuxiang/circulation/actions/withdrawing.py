"""Strike copies off the books that no reader has: the one way in which a counter withdraws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from shuxiang.catalogue.actions import withdraw
from shuxiang.catalogue.models import Copy, WithdrawalBatch
from shuxiang.circulation.models import Hold, Loan
from shuxiang.platform.accounts.models import Account


class CopiesAreOut(Exception):
    """Some copies are with a reader, or on the hold shelf for one; nothing was written."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        super().__init__(", ".join(str(copy) for copy in copies))
        self.copies = tuple(copies)


@transaction.atomic
def withdraw_copies(
    *,
    copies: Sequence[Copy],
    reason: str,
    withdrawn_on: date,
    by: Account | None,
    now: datetime,
    approval: str = "",
    note: str = "",
) -> WithdrawalBatch:
    """Withdraw copies of one school, unless a reader has one or is to fetch one.

    :raises CopiesAreOut: if a reader has one of them, or one is kept ready for a reader
    :raises WithdrawalRefused: as `catalogue.actions.withdraw`, which records the act
    """
    keys = [copy.pk for copy in copies]
    here = Copy.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys)
    locked = list(here.order_by("pk"))  # a loan of one of them waits, and then finds it withdrawn
    out = set(Loan.objects.on_hand().filter(copy__in=locked).values_list("copy", flat=True))
    ready = Hold.objects.filter(state=Hold.State.READY, copy__in=locked)
    out.update(ready.values_list("copy", flat=True))
    if out:
        raise CopiesAreOut([copy for copy in locked if copy.pk in out])
    return withdraw(
        copies=copies,
        reason=reason,
        withdrawn_on=withdrawn_on,
        by=by,
        now=now,
        approval=approval,
        note=note,
    )
