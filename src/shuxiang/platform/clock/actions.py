"""A librarian has looked at the clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.clock.queries import TRUSTED_AFTER
from shuxiang.platform.schools.models import School, Setting


@transaction.atomic
def trust(*, school: School, by: Account, now: datetime) -> None:
    """Believe the clock although older entries lie in its future; lending goes on."""
    entry = record("clock.trust", None, school=school, by=by, at=now)
    Setting.objects.update_or_create(
        school=school, name=TRUSTED_AFTER, defaults={"value": entry.pk - 1}
    )
