"""Rows of a backup, put into a new database and counted."""

from __future__ import annotations

from pathlib import Path

from django.db import DatabaseError

from shuxiang.platform.backup import archive, rows, sqlite
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.rules import Manifest, Refusal

SOURCE = "source"


def from_files(unpacked: Path, manifest: Manifest, *, using: str) -> None:
    """
    Take in the unpacked files of rows.

    :raises BackupRefused: if not every row came in
    """

    def rows_of(table: rows.Table) -> tuple[list[str], rows.Rows]:
        name = f"{archive.ROWS}{table._meta.db_table}.jsonl"
        return rows.from_lines((unpacked / name).open("rb"))

    _take_in(rows_of, manifest, using=using)


def from_sqlite(unpacked: Path, manifest: Manifest, *, using: str) -> None:
    """
    Take in the rows of an unpacked SQLite file.

    :raises BackupRefused: if not every row came in
    """
    settings = {
        "ENGINE": "shuxiang.platform.database",
        "NAME": str(unpacked / archive.DATABASE),
        "OPTIONS": {},
    }
    with rows.borrowed(SOURCE, settings):
        _take_in(lambda t: (rows.columns(t), rows.read(t, using=SOURCE)), manifest, using=using)


def _take_in(rows_of: rows.Source, manifest: Manifest, *, using: str) -> None:
    try:
        came_in = rows.fill(using, rows_of)
    except DatabaseError as why:
        raise BackupRefused(Refusal.DAMAGED, said=str(why)) from why
    not_kept = {sqlite.MIGRATIONS, *rows.derived()}
    missing = {
        table: count
        for table, count in manifest.counts.items()
        if table not in not_kept and came_in.get(table) != count
    }
    if missing:
        raise BackupRefused(Refusal.DAMAGED, tables=", ".join(sorted(missing)))
