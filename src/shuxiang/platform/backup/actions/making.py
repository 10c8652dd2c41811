"""A backup is made: beside its name, read back, and only then named."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django_scopes import scope, scopes_disabled

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.backup import archive, folders, queries, rules
from shuxiang.platform.backup.archive import Chunks
from shuxiang.platform.backup.failures import BackupFailed, BackupRefused, trouble_of
from shuxiang.platform.backup.homes import this_home
from shuxiang.platform.backup.rules import Manifest, Trouble, Why
from shuxiang.platform.schools.queries import only_school
from shuxiang.platform.schools.rules import local_moment

SPARE = 16 << 20
LEFT_BEHIND = timedelta(days=1)

log = logging.getLogger(__name__)


def make(*, why: Why, by: Account | None, now: datetime) -> queries.Backup:
    """
    Back everything up into the chosen folder, verify it, and let old backups go.

    What nobody waits for goes into the home's own folder if the chosen one can't take it.

    :raises BackupFailed: if no backup was made
    """
    folder = folders.chosen_folder()
    try:
        return _make(folder, why=why, by=by, now=now, verb="backup.make")
    except BackupFailed as failed:
        _try_to_note(failed.trouble, by=by, now=now)
        own = folders.home_folder()
        if why is Why.ASKED or folder == own or failed.trouble is Trouble.DATABASE_DAMAGED:
            raise
        return _make(own, why=why, by=by, now=now, verb="backup.make_instead")


def make_before_upgrade(*, now: datetime) -> queries.Backup:
    """
    Back up a database that is older than this program, without asking it anything.

    :raises BackupFailed: if no backup was made
    """
    try:
        path = _write(folders.remembered_folder(), why=Why.BEFORE_UPGRADE, now=now)
    except BackupFailed as failed:
        if failed.folder == folders.home_folder():
            raise
        path = _write(folders.home_folder(), why=Why.BEFORE_UPGRADE, now=now)
    return queries.described(path)


@transaction.atomic
def note_failure(*, trouble: Trouble, by: Account | None, now: datetime) -> None:
    """Keep that a backup was wanted and could not be made."""
    _record("backup.note_failure", by=by, at=now, trouble=trouble)


def _make(
    folder: Path, *, why: Why, by: Account | None, now: datetime, verb: str
) -> queries.Backup:
    path = _write(folder, why=why, now=now)
    folders.remember(folder)
    backup = queries.described(path)
    with transaction.atomic():
        _record(verb, by=by, at=now, why=why, name=path.name, size=backup.size)
    _let_old_ones_go(folder, now=now)
    return backup


def _write(folder: Path, *, why: Why, now: datetime) -> Path:
    """Write one backup, verify it, and give it its name."""
    folders.check(folder)
    home = this_home()
    path = _free_name(folder, now=now)
    draft = folder / f".{path.name}.part"
    try:
        folders.check_space(folder, home.size() * 2 + SPARE)
        with home.moment(folder) as contents:
            whole = replace(contents, members={**contents.members, **_files()})
            written = archive.write(draft, whole, why=why, made_at=now)
        _verify(draft, written)
        draft.rename(path)
        archive.sync_folder(folder)
    except OSError as error:
        raise BackupFailed(trouble_of(error), folder=folder) from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def _verify(draft: Path, written: Manifest) -> None:
    try:
        read_back = archive.check(draft).manifest
    except BackupRefused as why:
        raise BackupFailed(Trouble.READS_BACK_OTHERWISE, folder=draft.parent) from why
    if read_back != written:
        raise BackupFailed(Trouble.READS_BACK_OTHERWISE, folder=draft.parent)


def _free_name(folder: Path, *, now: datetime) -> Path:
    local = local_moment(settings.TIME_ZONE, now)
    names = (
        folder / f"{queries.PREFIX}{local:%Y%m%d-%H%M%S}{again}{queries.SUFFIX}"
        for again in ("", *(f"-{number}" for number in range(2, 1000)))
    )
    return next(path for path in names if not path.exists())


def _files() -> Mapping[str, Callable[[], Chunks]]:
    """Name the files beside the database: covers, pictures."""
    folder = Path(settings.MEDIA_ROOT)
    return {
        f"{archive.FILES}{path.relative_to(folder).as_posix()}": partial(archive.pages_of, path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _let_old_ones_go(folder: Path, *, now: datetime) -> None:
    """Remove what the calendar of backups no longer keeps, and drafts that a crash left."""
    ours = [backup for backup in queries.backups_in(folder) if backup.is_ours]
    kept = [
        rules.Kept(name=b.name, on=_day(b.made_at), made_at=b.made_at, why=b.why)
        for b in ours
        if b.made_at and b.why
    ]
    for name in rules.to_remove(kept, today=_day(now)):
        _remove(folder / name)
    for draft in folder.glob(f".{queries.PREFIX}*.part*"):
        if now.timestamp() - draft.stat().st_mtime > LEFT_BEHIND.total_seconds():
            _remove(draft)


def _remove(path: Path) -> None:
    try:
        os.unlink(path)
    except OSError:  # open on Windows, or gone: the next backup tries again
        log.warning("could not remove %s", path)


def _day(moment: datetime) -> date:
    return local_moment(settings.TIME_ZONE, moment).date()


def _try_to_note(trouble: Trouble, *, by: Account | None, now: datetime) -> None:
    try:
        note_failure(trouble=trouble, by=by, now=now)
    except DatabaseError:  # a full or broken disk: the first trouble is the one to tell
        log.exception("a failed backup could not be noted")


def _record(verb: str, *, by: Account | None, at: datetime, **details: object) -> None:
    school = by.school if by and by.school else only_school()
    with scope(school=school) if school else scopes_disabled():
        record(verb, None, school=school, by=by, at=at, **details)
