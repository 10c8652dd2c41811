"""Where backups go."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.backup import folders
from shuxiang.platform.schools.actions import change_settings
from shuxiang.platform.schools.models import School


def choose_folder(*, school: School, folder: str, by: Account | None, now: datetime) -> Path:
    """
    Let the school's backups go to a folder of this computer; empty means the home's own.

    :raises BackupFailed: with what is wrong with the folder; the old one stays chosen
    """
    chosen = Path(folder.strip()) if folder.strip() else folders.home_folder()
    folders.check(chosen)
    kept = "" if chosen == folders.home_folder() else str(chosen)
    change_settings(school=school, changes={folders.SETTING: kept}, by=by, now=now)
    folders.remember(chosen)
    return chosen
