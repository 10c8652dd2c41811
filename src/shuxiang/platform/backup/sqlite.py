"""The SQLite file of a backup: a consistent copy of a database in use, and what it holds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3.base import Database  # type: ignore[attr-defined]

from shuxiang.platform.backup.failures import BackupFailed, trouble_of_sqlite
from shuxiang.platform.backup.rules import SchoolMark, Trouble

SIDECARS = ("-wal", "-shm", "-journal")
SPARE = 1 << 20  # with less room SQLite may say "disk I/O error" for a full disk
MIGRATIONS = "django_migrations"


@contextmanager
def opened(path: Path, *, seconds: float = 20) -> Iterator[Any]:
    """Open a database file that is there, without the settings of the desk."""
    connection = Database.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=seconds, isolation_level=None
    )
    try:
        yield connection
    finally:
        connection.close()


def copy(source: Path, target: Path) -> None:
    """
    Copy a database while others write to it, as one moment of it, into a single file.

    :raises BackupFailed: if the source can't be read or the target can't be written
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with opened(source) as live, opened(target) as still:
            still.execute("PRAGMA synchronous = OFF")  # it is synced whole, below
            live.backup(still)
            still.execute("PRAGMA journal_mode = DELETE")
    except Database.Error as why:
        raise BackupFailed(_trouble(why, target.parent), folder=target.parent) from why
    with target.open("rb+") as page:
        os.fsync(page.fileno())


def _trouble(error: Exception, folder: Path) -> Trouble:
    trouble = trouble_of_sqlite(error)
    is_full = shutil.disk_usage(folder).free < SPARE
    return Trouble.DISK_FULL if trouble is Trouble.DISK_FAILED and is_full else trouble


def check(path: Path) -> None:
    """
    Read every page of a still database file, and follow every reference.

    :raises BackupFailed: if it is damaged
    """
    if faults(path, "integrity_check"):
        raise BackupFailed(Trouble.DATABASE_DAMAGED, folder=path.parent)


def faults(path: Path, pragma: str) -> list[str]:
    """List what `integrity_check` or `quick_check` and the foreign keys find wrong."""
    try:
        with opened(path) as still:
            said = [row[0] for row in still.execute(f"PRAGMA {pragma}") if row[0] != "ok"]
            astray = still.execute("PRAGMA foreign_key_check").fetchmany(100)
    except Database.Error as why:
        return [str(why)]
    return said + [f"{table} {row} -> {parent}" for table, row, parent, _ in astray]


def counts(path: Path) -> dict[str, int]:
    """Count the rows of each table; an index that is a table of its own (FTS5) counts as none."""
    with opened(path) as still:
        names = still.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        return {
            name: still.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in names
        }


def migrations(path: Path) -> dict[str, tuple[str, ...]]:
    """Tell which migrations a database has seen, by app."""
    with opened(path) as still:
        if not _has(still, MIGRATIONS):
            return {}
        seen: dict[str, tuple[str, ...]] = {}
        for app, name in still.execute(
            "SELECT app, name FROM django_migrations ORDER BY app, name"
        ):
            seen[app] = (*seen.get(app, ()), name)
        return seen


def schools(path: Path) -> tuple[SchoolMark, ...]:
    """Tell whose database it is."""
    with opened(path) as still:
        if not _has(still, "schools_school"):
            return ()
        rows = still.execute("SELECT id, created_at, code, name FROM schools_school ORDER BY id")
        return tuple(
            SchoolMark(id=number, created_at=_utc(made), code=code, name=name)
            for number, made, code, name in rows
        )


def _utc(written: str) -> str:
    return datetime.fromisoformat(written).replace(tzinfo=UTC).isoformat()


def _has(connection: Any, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return found is not None
