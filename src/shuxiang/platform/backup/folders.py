"""The folder that backups go to: which one, and whether it can be trusted with them."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path, PurePath

from django.conf import settings
from django_scopes import scope

from shuxiang.platform.backup.failures import BackupFailed, trouble_of
from shuxiang.platform.backup.rules import Trouble
from shuxiang.platform.schools.queries import only_school, setting

SETTING = "backup.folder"
NOTE, APART = "backup-folder", "on another disk"
NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "davfs"})
NETWORK_FUSE = frozenset({"fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.s3fs"})
WINDOWS_REMOTE = 4
OCTAL = re.compile(r"\\([0-7]{3})")


def home_folder() -> Path:
    """Give the folder within the home, used until the school chooses another."""
    return Path(settings.HOME) / "backups"


def chosen_folder() -> Path:
    """Give the folder that the server's one school chose; a district keeps them in its home."""
    school = only_school()
    if school is None:
        return home_folder()
    with scope(school=school):
        chosen = setting(school, SETTING)
    return Path(chosen) if chosen else home_folder()


def remembered_folder() -> Path:
    """Give the folder that the last backup went to, asking the database nothing."""
    lines = _note()
    return Path(lines[0]) if lines else home_folder()


def remember(folder: Path) -> None:
    """Write down where backups go, and whether that is another disk than that of the data."""
    note = Path(settings.HOME) / NOTE
    draft = note.with_name(f"{NOTE}.{os.getpid()}")
    apart = APART if is_safe_place(folder) else ""
    draft.write_text(f"{folder}\n{apart}\n", encoding="utf-8")
    draft.replace(note)


def is_unplugged(folder: Path) -> bool:
    """Tell whether a folder that was on another disk is on that of the data now: an empty mount."""
    return _note() == [str(folder), APART] and not is_safe_place(folder)


def is_safe_place(folder: Path) -> bool:
    """Tell whether the folder is on another disk than the data, and outlives it."""
    return _device(folder) != _device(Path(settings.HOME))


def check(folder: Path) -> None:
    """
    Make sure that backups can be written to a folder.

    :raises BackupFailed: with what is wrong with it
    """
    if not folder.is_absolute():
        raise BackupFailed(Trouble.NOT_ABSOLUTE, folder=folder)
    if is_on_network(folder):
        raise BackupFailed(Trouble.NETWORK_DRIVE, folder=folder)
    try:
        if folder == home_folder() and not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
        if not folder.exists() or is_unplugged(folder):
            raise BackupFailed(Trouble.FOLDER_MISSING, folder=folder)
        if not folder.is_dir():
            raise BackupFailed(Trouble.NOT_A_FOLDER, folder=folder)
        with tempfile.TemporaryFile(dir=folder) as page:
            page.write(b"\0" * 4096)
            page.flush()
            os.fsync(page.fileno())
    except OSError as why:
        raise BackupFailed(trouble_of(why), folder=folder) from why


def check_space(folder: Path, needed: int) -> None:
    """
    Make sure that as many bytes are free as a backup may need.

    :raises BackupFailed: if they are not
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupFailed(Trouble.DISK_FULL, folder=folder)


def is_on_network(folder: Path) -> bool:
    """Tell whether a folder is known to lie on another machine's disk."""
    if sys.platform == "win32":
        if str(folder).startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == WINDOWS_REMOTE)
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False  # not Linux: it can't be told
    return filesystem_of(folder, mounts) in NETWORK | NETWORK_FUSE


def filesystem_of(folder: PurePath, mounts: str) -> str:
    """Find in the list of mounts (fstab(5)) the kind of file system that holds a folder."""
    kind, deepest = "", -1
    for line in mounts.splitlines():
        _, where, kind_there, *_ = line.split(" ")
        point = PurePath(OCTAL.sub(lambda found: chr(int(found[1], 8)), where))
        if folder.is_relative_to(point) and len(point.parts) >= deepest:
            kind, deepest = kind_there, len(point.parts)
    return kind


def _note() -> list[str]:
    try:
        written = (Path(settings.HOME) / NOTE).read_text(encoding="utf-8")
    except OSError:
        return []
    return written.strip().split("\n")


def _device(folder: Path) -> int | None:
    try:
        return folder.stat().st_dev
    except OSError:
        return None
