"""Looking at a reader is written down: most readers are children."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader


@transaction.atomic
def see_reader(*, reader: Reader, by: Account, now: datetime) -> Reader:
    """Write down who opened a reader's page."""
    record("readers.see_reader", reader, school=reader.school, by=by, at=now)
    return reader


@transaction.atomic
def see_cards(
    *, school: School, readers: Sequence[Reader], by: Account, now: datetime
) -> Sequence[Reader]:
    """Write down who printed the cards of which readers."""
    record(
        "readers.see_cards",
        readers[0] if len(readers) == 1 else None,
        school=school,
        by=by,
        at=now,
        readers=[reader.pk for reader in readers],
    )
    return readers
