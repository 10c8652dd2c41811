"""Why a reader may not borrow for a time; any room above pins a reason here."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.readers.models import Reader, Restriction


@transaction.atomic
def restrict(
    *,
    reader: Reader,
    why: str,
    from_on: date,
    until_on: date | None,
    by: Account | None,
    now: datetime,
) -> Restriction:
    """Keep a reader from borrowing, until a day or until it is lifted."""
    restriction = Restriction.objects.create(
        school=reader.school, reader=reader, why=why.strip(), from_on=from_on, until_on=until_on
    )
    record(
        "readers.restrict",
        restriction,
        school=reader.school,
        by=by,
        at=now,
        until_on=until_on.isoformat() if until_on else None,
    )
    return restriction


@transaction.atomic
def lift_restriction(
    *, restriction: Restriction, on: date, by: Account | None, now: datetime
) -> Restriction:
    """Let the reader borrow again; a restriction that is lifted stays lifted since its first day."""
    lifted = Restriction.objects.select_for_update().get(pk=restriction.pk)
    if lifted.lifted_on is None:
        lifted.lifted_on = on
        lifted.save(update_fields=["lifted_on"])
        record("readers.lift_restriction", lifted, school=lifted.school, by=by, at=now)
    return lifted
