"""A new school year: what was kept for those who leave goes to the next who waits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from shuxiang.circulation.actions.holding import close
from shuxiang.circulation.models import Hold
from shuxiang.platform.accounts.models import Account
from shuxiang.readers import actions as readers
from shuxiang.readers.models import NewYear


@transaction.atomic
def begin_year(*, year: NewYear, shown: str, by: Account, now: datetime) -> NewYear:
    """
    Carry a list of a new school year out, and end the holds of those who leave.

    :raises YearNotAsShown, NumberTaken, CardTaken: as `readers.actions.begin_year`, which records it
    """
    done = readers.begin_year(year=year, shown=shown, by=by, now=now)
    waiting = Hold.objects.select_for_update(of=("self",)).open()
    ended = list(waiting.filter(reader__in=done.trace["left"]).order_by("pk"))
    for hold in ended:
        close(hold, Hold.State.CANCELLED, now)
    if ended:
        done.trace["holds"] = [hold.pk for hold in ended]
        done.save(update_fields=["trace"])
    return done


@transaction.atomic
def undo_year(
    *, year: NewYear, apart_from: Collection[int] = (), by: Account, now: datetime
) -> NewYear:
    """
    Take a new school year back, apart from some readers; the holds that it ended wait again.

    :raises YearNotLast, YearRests, NumberTaken, CardTaken: as `readers.actions.undo_year`
    """
    undone = readers.undo_year(year=year, apart_from=apart_from, by=by, now=now)
    ended = Hold.objects.filter(pk__in=undone.trace.get("holds", ()), state=Hold.State.CANCELLED)
    ended.exclude(reader__in=undone.trace["stay"]).update(
        state=Hold.State.WAITING,
        closed_at=None,
        copy=None,
        place=None,
        ready_at=None,
        fetch_by=None,
    )
    return undone
