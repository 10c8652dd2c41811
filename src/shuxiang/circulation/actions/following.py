"""Due dates follow the calendar and the rotation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.circulation.actions.moving import A_BATCH, locked, move
from shuxiang.circulation.models import DueChange
from shuxiang.circulation.queries.following import astray
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School


@transaction.atomic
def follow_calendar(*, school: School, by: Account | None, now: datetime) -> int:
    """
    Make due on a day that is open, or on the next visit, what is due on one that no longer is.

    It needs no way back: once the calendar is again as it was, it gives each loan its day again.
    Tell how many loans it moved.
    """
    today = school.day(now)
    found = {one.loan: one for one in astray(school, today)}
    loans = [loan for loan in locked(sorted(found)) if loan.due_on == found[loan.pk].due_on]
    if not loans:
        return 0
    _forget([loan.pk for loan in loans], now)
    changes = [
        DueChange(
            school=school,
            loan=loan,
            kind=DueChange.Kind.FOLLOWS,
            was_due_on=found[loan.pk].said_on,
            due_on=found[loan.pk].to,
            on=today,
            by=by,
            taken_back_at=now if found[loan.pk].to == found[loan.pk].said_on else None,
        )
        for loan in loans
    ]
    moved = move(changes)
    record("circulation.follow_calendar", None, school=school, by=by, at=now, loans=moved)
    return moved


def _forget(loans: list[int], now: datetime) -> None:
    """Let earlier moves of these loans stand no longer."""
    follows = DueChange.objects.standing().filter(kind=DueChange.Kind.FOLLOWS)
    for start in range(0, len(loans), A_BATCH):
        its = follows.filter(loan__in=loans[start : start + A_BATCH])
        its.update(taken_back_at=now)
