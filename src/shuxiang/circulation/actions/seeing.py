"""Looking at what somebody has read is written down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.readers.models import Reader


@transaction.atomic
def see_reader_history(*, reader: Reader, by: Account, now: datetime) -> Reader:
    """Write down who opened the history of a reader's loans."""
    record("circulation.see_reader_history", reader, school=reader.school, by=by, at=now)
    return reader
