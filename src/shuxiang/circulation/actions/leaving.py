"""A reader leaves the school: what was kept for them goes to the next who waits."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shuxiang.circulation.actions.holding import close
from shuxiang.circulation.models import Hold
from shuxiang.platform.accounts.models import Account
from shuxiang.readers.actions import leave
from shuxiang.readers.models import Reader


@transaction.atomic
def see_off(*, reader: Reader, on: date, by: Account | None, now: datetime) -> int:
    """
    Let a reader leave, and end the holds that wait or lie ready; tell how many.

    :raises AlreadyLeft, NotYetJoined, LastDayAhead: as `readers.actions.leave`, which records it
    """
    leave(reader=reader, on=on, by=by, now=now)
    waiting = Hold.objects.select_for_update(of=("self",)).open().filter(reader=reader)
    holds = list(waiting.order_by("pk"))
    for hold in holds:
        close(hold, Hold.State.CANCELLED, now)
    return len(holds)
