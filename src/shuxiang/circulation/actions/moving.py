"""Move due dates, keeping what they were before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shuxiang.circulation.models import DueChange, Loan

A_BATCH = 500


def move(changes: Sequence[DueChange]) -> int:
    """Write changes down, and make their loans due as they say; tell how many."""
    DueChange.objects.bulk_create(changes, batch_size=A_BATCH)
    loans = [change.loan for change in changes]
    for change in changes:
        change.loan.due_on = change.due_on
    Loan.objects.bulk_update(loans, ["due_on"], batch_size=A_BATCH)
    return len(changes)


def locked(keys: Sequence[int]) -> Iterator[Loan]:
    """Lock the loans of some keys that are on hand still, in the order of their keys."""
    for start in range(0, len(keys), A_BATCH):
        some = Loan.objects.select_for_update(of=("self",)).on_hand()
        yield from some.filter(pk__in=keys[start : start + A_BATCH]).order_by("pk")
