"""The clock must be right before anything is lent or taken back."""

from __future__ import annotations

from datetime import datetime

from shuxiang.circulation.queries import hot
from shuxiang.circulation.queries.hot import Known
from shuxiang.circulation.rules import CLOCK_TOLERANCE
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting


class ClockWentBack(Exception):
    """The computer's clock is behind what was done last: nothing was written."""

    def __init__(self, *, now: datetime, last: datetime) -> None:
        super().__init__(f"{now} < {last}")
        self.now = now
        self.last = last


def check_clock(school: School, now: datetime, known: Known | None = None) -> None:
    """Pause when the clock runs behind the last entry.

    :raises ClockWentBack: if nobody has said since that the clock is right
    """
    latest = now + CLOCK_TOLERANCE
    known = known or hot.known(school, nonce="", latest=latest)
    if not known.is_behind:
        return
    trusted = setting(school, "clock.right_after")
    last = Entry.objects.filter(school=school, pk__gt=trusted, at__gt=latest).order_by("pk").last()
    if last:
        raise ClockWentBack(now=now, last=last.at)
