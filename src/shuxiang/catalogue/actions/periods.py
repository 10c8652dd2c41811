"""Close the registers up to a day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shuxiang.catalogue.actions.accession import NotYetThere
from shuxiang.catalogue.actions.ledger import lock_books, refuse_closed
from shuxiang.catalogue.models import ClosedPeriod
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School


@transaction.atomic
def close_period(
    *, school: School, until_on: date, by: Account | None, now: datetime
) -> ClosedPeriod:
    """Close the registers up to a day and with it: nothing is dated there any more.

    :raises PeriodClosed: if they are closed that far already
    :raises NotYetThere: if the day is after today
    """
    if until_on > school.day(now):
        raise NotYetThere(str(until_on))
    lock_books(school)
    refuse_closed(school=school, on=until_on)
    period = ClosedPeriod.objects.create(
        school=school, until_on=until_on, closed_at=now, closed_by=by
    )
    record("catalogue.close_period", period, school=school, by=by, at=now, until_on=str(until_on))
    return period
