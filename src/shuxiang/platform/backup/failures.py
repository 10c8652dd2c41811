"""What can go wrong with a backup, said by codes that `wording` turns into sentences."""

from __future__ import annotations

import errno
from pathlib import Path

from shuxiang.platform.backup.rules import Refusal, Trouble

TROUBLE_OF = {
    errno.ENOSPC: Trouble.DISK_FULL,
    errno.EDQUOT: Trouble.DISK_FULL,
    errno.EFBIG: Trouble.FILE_TOO_BIG,
    errno.EROFS: Trouble.NOT_WRITABLE,
    errno.EACCES: Trouble.NOT_WRITABLE,
    errno.EPERM: Trouble.NOT_WRITABLE,
    errno.ENOENT: Trouble.FOLDER_MISSING,
}
SAID_BY_SQLITE = {  # its copying gives no code, only words
    "disk is full": Trouble.DISK_FULL,
    "malformed": Trouble.DATABASE_DAMAGED,
    "not a database": Trouble.DATABASE_DAMAGED,
}


class BackupFailed(Exception):
    """No backup was made; the data and the older backups are as they were."""

    def __init__(self, trouble: Trouble, *, folder: Path) -> None:
        super().__init__(f"{trouble}: {folder}")
        self.trouble = trouble
        self.folder = folder


class BackupRefused(Exception):
    """The file is not restored; the running data are as they were."""

    def __init__(self, refusal: Refusal, **details: object) -> None:
        super().__init__(f"{refusal} {details or ''}")
        self.refusal = refusal
        self.details = details


def trouble_of(error: OSError) -> Trouble:
    """Tell the code of what the disk said."""
    return TROUBLE_OF.get(error.errno or 0, Trouble.DISK_FAILED)


def trouble_of_sqlite(error: Exception) -> Trouble:
    """Tell the code of what SQLite said."""
    known = (trouble for words, trouble in SAID_BY_SQLITE.items() if words in str(error))
    return next(known, Trouble.DISK_FAILED)
