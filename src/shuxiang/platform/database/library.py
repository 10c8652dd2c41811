"""Which SQLite library this process uses, and which journal is safe with it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

Version = tuple[int, int, int]

# https://sqlite.org/wal.html#walresetbug: fixed in 3.51.3, carried back to 3.50.7 and 3.44.6.
FIXED_FROM = (3, 51, 3)
CARRIED_BACK = {(3, 50): 7, (3, 44): 6}
WITHDRAWN = {(3, 52, 0)}


@dataclass(frozen=True)
class Journal:
    """How commits reach the disk: both ways lose nothing at a power cut."""

    mode: str
    synchronous: str
    level: int


WAL_FULL = Journal("wal", "FULL", 2)
DELETE_EXTRA = Journal("delete", "EXTRA", 3)


def is_safe(version: Version) -> bool:
    """Tell whether several connections may write in WAL mode without losing a commit."""
    if version in WITHDRAWN:
        return False
    if version >= FIXED_FROM:
        return True
    patch = CARRIED_BACK.get(version[:2])
    return patch is not None and version[2] >= patch


def journal_for(version: Version) -> Journal:
    """Choose WAL where it is safe, otherwise the slower rollback journal."""
    return WAL_FULL if is_safe(version) else DELETE_EXTRA


def put_in_place() -> None:
    """Make `import sqlite3` give the bundled library, so that the process has only one."""
    try:
        import pysqlite3  # noqa: PLC0415  (absent where no wheel exists: the gate then decides)
        from pysqlite3 import dbapi2  # noqa: PLC0415
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2


def version() -> Version:
    """Tell the version of the library that Django uses."""
    import sqlite3  # noqa: PLC0415, TID251  (after it was put in place)

    major, minor, patch = sqlite3.sqlite_version_info
    return major, minor, patch
