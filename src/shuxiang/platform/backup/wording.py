"""What is said about backups."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuxiang.platform.backup.rules import Refusal, Trouble, Why

WHYS = {
    Why.ASKED: _("Made by hand"),
    Why.DAILY: _("Every day"),
    Why.BEFORE_IMPORT: _("Before an import"),
    Why.BEFORE_TAKING_BACK: _("Before an import was taken back"),
    Why.BEFORE_UPGRADE: _("Before a new version"),
}

TROUBLES = {
    Trouble.FOLDER_MISSING: _(
        "The folder %(folder)s is not there. If it is on a USB disk, plug the disk in; "
        "otherwise make the folder or choose another one."
    ),
    Trouble.NOT_A_FOLDER: _("%(folder)s is a file. Choose a folder."),
    Trouble.NOT_ABSOLUTE: _(
        "Write the whole path of the folder, with the drive, like D:\\backup or /media/disk/backup."
    ),
    Trouble.NOT_WRITABLE: _(
        "Nothing can be written to the folder %(folder)s. Take the write protection away, "
        "or choose another folder."
    ),
    Trouble.NETWORK_DRIVE: _(
        "The folder %(folder)s is on a network drive. When the network stops in the middle, the "
        "backup is worth nothing. Choose a folder on this computer or on a disk plugged into it."
    ),
    Trouble.DISK_FULL: _(
        "There is not enough room in the folder %(folder)s, so no backup was made. "
        "Make room there, or choose another disk."
    ),
    Trouble.FILE_TOO_BIG: _(
        "The disk of the folder %(folder)s cannot hold a file as big as this backup. "
        "Choose another disk, or format this one as NTFS or exFAT."
    ),
    Trouble.DISK_FAILED: _(
        "The disk of the folder %(folder)s reported an error. Do not trust this disk any longer: "
        "choose another one."
    ),
    Trouble.DATABASE_DAMAGED: _(
        "The database itself is damaged, so it was not backed up; the backups made before are "
        "untouched. Stop lending, close the server and restore the last good backup."
    ),
    Trouble.READS_BACK_OTHERWISE: _(
        "The backup was read again after writing and was not the same. It was thrown away. "
        "Do not trust the disk of the folder %(folder)s any longer: choose another one."
    ),
}

REFUSALS = {
    Refusal.MISSING: _("There is no such file."),
    Refusal.NOT_A_BACKUP: _(
        "This is not a backup of Shuxiang. A database file copied by hand does not count: "
        "what was entered last may be missing in it."
    ),
    Refusal.DAMAGED: _("This backup is damaged: part of it cannot be read. Take another one."),
    Refusal.TAMPERED: _(
        "This backup was changed after it was made: its contents and its list of contents do not "
        "agree. Take another one."
    ),
    Refusal.NEWER: _(
        "This backup was made by a newer Shuxiang (%(version)s). Install that version first, "
        "then restore."
    ),
    Refusal.OTHER_SCHOOL: _(
        "This backup is of another school: %(schools)s. It can only be restored into an "
        "empty home or into that school's own."
    ),
    Refusal.IN_USE: _("Another program is using the data: %(who)s. Close it first, then restore."),
    Refusal.NO_SPACE: _(
        "There is not enough room on the disk to unpack this backup. Make room, then try again."
    ),
    Refusal.NOT_MIGRATED: _(
        "This backup is of an older version and could not be brought up to date: %(said)s"
    ),
    Refusal.UNFORESEEN: _(
        "Something unforeseen happened; the server's log says more. The records are whole: either "
        "all as they were before, or all as in the backup. Look at them before you go on."
    ),
}


def trouble(code: Trouble, folder: object) -> str:
    """Say why no backup was made, and what to do."""
    return str(TROUBLES[code]) % {"folder": folder}


def refusal(code: Refusal, details: dict[str, object]) -> str:
    """Say why a file is not restored, and what to do."""
    return str(REFUSALS[code]) % {"who": _("a program"), **details}
