"""What can be done with backups. The only place that writes, removes or restores one."""

from shuxiang.platform.backup.actions.choosing import choose_folder
from shuxiang.platform.backup.actions.going_back import (
    NotAttended,
    ask_to_restore,
    finish_restore,
)
from shuxiang.platform.backup.actions.making import make, make_before_upgrade, note_failure
from shuxiang.platform.backup.actions.restoring import Restored, fit, restore
from shuxiang.platform.backup.actions.taking_away import download

__all__ = [
    "NotAttended",
    "Restored",
    "ask_to_restore",
    "choose_folder",
    "download",
    "finish_restore",
    "fit",
    "make",
    "make_before_upgrade",
    "note_failure",
    "restore",
]
