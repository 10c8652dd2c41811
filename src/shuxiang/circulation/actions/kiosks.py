"""Let a device be a place where readers lend and return by themselves, or no longer."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from shuxiang.circulation.models import Kiosk
from shuxiang.circulation.queries.kiosks import fingerprint
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School

TOKEN_BYTES = 32


class KioskNameTaken(Exception):
    """Another enrolled device has this name."""


@transaction.atomic
def enrol_kiosk(*, school: School, name: str, by: Account, now: datetime) -> tuple[Kiosk, str]:
    """
    Enrol a device; give it with the token that it has to keep, which is told this once.

    :raises KioskNameTaken: if another enrolled device has this name
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)  # two of one name at once
    if Kiosk.objects.filter(school=school, name=name, taken_back_at=None).exists():
        raise KioskNameTaken
    token = secrets.token_urlsafe(TOKEN_BYTES)
    kiosk = Kiosk.objects.create(
        school=school,
        name=name,
        fingerprint=fingerprint(token),
        enrolled_by=by,
        enrolled_at=now,
    )
    record("circulation.enrol_kiosk", kiosk, school=school, by=by, at=now, name=name)
    return kiosk, token


@transaction.atomic
def take_back_kiosk(*, kiosk: Kiosk, by: Account, now: datetime) -> Kiosk:
    """Let nothing be done at a device any more; twice is the same."""
    kiosk = Kiosk.objects.select_for_update(of=("self",)).get(pk=kiosk.pk)
    if kiosk.taken_back_at is None:
        kiosk.taken_back_at = now
        kiosk.save(update_fields=["taken_back_at"])
        school = kiosk.school
        record("circulation.take_back_kiosk", kiosk, school=school, by=by, at=now, name=kiosk.name)
    return kiosk
