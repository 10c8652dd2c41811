"""Looking at a reader is written down: most readers are children."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.readers.models import Reader


@transaction.atomic
def see_reader(*, reader: Reader, by: Account, now: datetime) -> Reader:
    """Write down who opened a reader's page."""
    record("readers.see_reader", reader, school=reader.school, by=by, at=now)
    return reader
