"""Whether the clock is doubted now. Reads only."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from shuxiang.platform.audit.models import Entry
from shuxiang.platform.clock import rules
from shuxiang.platform.schools.models import School, Setting

TRUSTED_AFTER = "clock.trusted_after"  # the last entry when a librarian said: the clock is right


def doubt(*, school: School, now: datetime) -> rules.ClockDoubt | None:
    """Tell why lending should pause, unless the clock was called right since."""
    trusted = Setting.objects.filter(school=school, name=TRUSTED_AFTER).first()
    entries = Entry.objects.filter(school=school)
    if trusted is None:
        return rules.doubt(now=now, newest=entries.aggregate(newest=Max("at"))["newest"])
    since = entries.filter(pk__gt=trusted.value).aggregate(newest=Max("at"))["newest"]
    found = rules.doubt(now=now, newest=since)
    return found if found and found.why is rules.Doubt.BEFORE_THE_NEWEST_ENTRY else None
