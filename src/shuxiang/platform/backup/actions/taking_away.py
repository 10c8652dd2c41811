"""A backup that leaves the computer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.backup import queries
from shuxiang.platform.schools.models import School


@transaction.atomic
def download(*, school: School, name: str, by: Account | None, now: datetime) -> Path:
    """
    Give the file of a backup to somebody, and keep who took it.

    :raises BackupMissing: if there is no such backup of this school alone
    """
    backup = queries.backup_of(school, name)
    record("backup.download", None, school=school, by=by, at=now, name=name)
    return backup.path
