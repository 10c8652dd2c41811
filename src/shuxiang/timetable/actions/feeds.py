"""The secret address of a class's calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.readers.models import SchoolClass
from shuxiang.timetable.models import ClassFeed

SECRET_BYTES = 24


@transaction.atomic
def renew_feed(*, school_class: SchoolClass, by: Account, now: datetime) -> ClassFeed:
    """Give a class's calendar an address that nobody knows yet; a former one leads nowhere now."""
    feed, _is_new = ClassFeed.objects.update_or_create(
        school_class=school_class,
        defaults={
            "school": school_class.school,
            "secret": secrets.token_urlsafe(SECRET_BYTES),
            "opened_at": now,
        },
    )
    record("timetable.renew_feed", school_class, school=school_class.school, by=by, at=now)
    return feed


@transaction.atomic
def close_feed(*, school_class: SchoolClass, by: Account, now: datetime) -> None:
    """Let a class's calendar be followed no more."""
    gone, _rows = ClassFeed.objects.filter(school_class=school_class).delete()
    if gone:
        record("timetable.close_feed", school_class, school=school_class.school, by=by, at=now)
