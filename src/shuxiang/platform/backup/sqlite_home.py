"""A home whose data are one SQLite file: what a backup takes from it, and how one comes back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from django.db import connections
from django.db.backends.sqlite3.base import Database  # type: ignore[attr-defined]

from shuxiang.platform.backup import archive, loading, rows, sqlite, staging
from shuxiang.platform.backup.archive import Contents
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.rules import Engine, Manifest, Refusal, SchoolMark
from shuxiang.platform.database import neighbours

HERE, STAGED = "default", "staged"


def database() -> Path:
    """Give the file of this home's database."""
    return Path(str(connections[HERE].settings_dict["NAME"]))


def size() -> int:
    """Tell how many bytes the data take."""
    return sum(
        path.stat().st_size for path in (database(), _beside(database(), "-wal")) if path.exists()
    )


def marks() -> tuple[SchoolMark, ...]:
    """Tell which schools are here; none if there is no database, or if it can't be read."""
    if not database().exists():
        return ()
    try:
        return sqlite.schools(database())
    except Database.Error:
        return ()


@contextmanager
def moment(folder: Path) -> Iterator[Contents]:
    """
    Copy the database as it is at this moment, and check the copy.

    :raises BackupFailed: if the database is damaged, or the folder can't take the copy
    """
    still = folder / f".shuxiang-{os.getpid()}.part.sqlite3"
    still.unlink(missing_ok=True)
    try:
        sqlite.copy(database(), still)
        sqlite.check(still)
        yield Contents(
            engine=Engine.SQLITE,
            migrations=sqlite.migrations(still),
            schools=sqlite.schools(still),
            counts=sqlite.counts(still),
            members={archive.DATABASE: lambda: archive.pages_of(still)},
        )
    finally:
        for name in ("", *sqlite.SIDECARS):
            _beside(still, name).unlink(missing_ok=True)


@contextmanager
def quiet(*, as_: str) -> Iterator[None]:
    """
    Keep the database to this process, and fold into it what still waits beside it.

    :raises BackupRefused: if another program has it open
    """
    connections.close_all()
    name = str(database())
    if others := neighbours.others(name):
        raise BackupRefused(Refusal.IN_USE, who=", ".join(others))
    with neighbours.announced(name, as_=as_):
        if database().exists():
            _fold(database())
        yield


def stage(unpacked: Path, manifest: Manifest, *, is_current: bool) -> Path:
    """
    Make of what was unpacked a database file as new as this program.

    :raises MigrationFailed: if its tables can't be brought up to date
    :raises BackupRefused: if not every row came in
    """
    staged = unpacked / archive.DATABASE
    if manifest.engine is Engine.ROWS:
        staging.migrate(_url(staged), to=manifest.migrations)
        with rows.borrowed(STAGED, {"NAME": str(staged)}):
            loading.from_files(unpacked, manifest, using=STAGED)
    if not is_current:
        staging.migrate(_url(staged))
    _fold(staged)
    return staged


def exchange(staged: Path, *, now: datetime) -> str:
    """Put the staged file in the place of the present one, and tell where that is kept."""
    present = database()
    aside = free(present.with_name(f"{present.name}.before-{now:%Y%m%d-%H%M%S}"))
    present.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    arrived = present.with_name(f"{present.name}.arrived")
    shutil.move(staged, arrived)  # from the home, which may lie on another disk
    with arrived.open("rb+") as page:
        os.fsync(page.fileno())
    if present.exists():
        _keep(present, aside)
    for sidecar in sqlite.SIDECARS:
        if (beside := _beside(present, sidecar)).exists():
            beside.rename(_beside(aside, sidecar))  # a left-behind journal would spoil the new file
    arrived.replace(present)
    archive.sync_folder(present.parent)
    return str(aside) if aside.exists() else ""


def free(path: Path) -> Path:
    """Give the name, or the next one that nothing has yet."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return next(name for name in chain([path], numbered) if not name.exists())


def _keep(present: Path, aside: Path) -> None:
    """Give the present file a second name, so that at no moment there is no database."""
    try:
        os.link(present, aside)
    except OSError:
        shutil.copy2(present, aside)  # the file system knows no second names


def _fold(path: Path) -> None:
    try:
        with sqlite.opened(path, seconds=1) as alone:
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            alone.execute("PRAGMA journal_mode = DELETE")
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("COMMIT")
    except Database.Error as why:
        if getattr(why, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise BackupRefused(Refusal.IN_USE, who="") from why
        # It is damaged: it is put aside as it is, with what lies beside it.


def _beside(path: Path, name: str) -> Path:
    return path.with_name(path.name + name)


def _url(path: Path) -> str:
    return f"sqlite:///{path}"
