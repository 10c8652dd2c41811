"""What somebody has looked at before a term opens."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.timetable.models import Term
from shuxiang.timetable.rules.opening import Look


@transaction.atomic
def tick_opening(*, term: Term, look: Look, is_good: bool, by: Account, now: datetime) -> None:
    """Say that a thing has been looked at and is ready, or that it is not after all.

    The entry in the audit is the tick: what is wanted of it is just who said so, and when.
    """
    record(
        "timetable.tick_opening",
        term,
        school=term.school,
        by=by,
        at=now,
        look=look,
        is_good=is_good,
    )
