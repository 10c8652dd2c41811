"""A backup comes back; what was there before is kept aside."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django_scopes import scope, scopes_disabled

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.backup import archive, rules, staging
from shuxiang.platform.backup.failures import BackupRefused, trouble_of
from shuxiang.platform.backup.homes import this_home
from shuxiang.platform.backup.rules import Manifest, Refusal, Trouble
from shuxiang.platform.backup.sqlite_home import free
from shuxiang.platform.jobs.actions import stop_all
from shuxiang.platform.jobs.wording import WENT_BACK
from shuxiang.platform.schools.queries import only_school
from shuxiang.platform.schools.rules import local_moment

WORKBENCH = ".restoring-"
FULL = {Trouble.DISK_FULL, Trouble.FILE_TOO_BIG}


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What came back, and where the state before it is kept; empty if there was none."""

    manifest: Manifest
    aside: str


def restore(*, path: Path, now: datetime, by: str = "") -> Restored:
    """
    Go back to a backup: everything as it was then, in the tables of this version.

    Everybody is signed out, and work that was under way then is not gone on with. `by` is the user
    name of who asked for it, if one is known.

    :raises BackupRefused: with the reason why not; the running data are as they were
    """
    home = this_home()
    here = local_moment(settings.TIME_ZONE, now)
    fit(path)
    with home.quiet(as_="shuxiang restore"), _workbench() as bench:
        manifest = _unpacked(path, bench)
        try:
            staged = home.stage(bench, manifest, is_current=_is_current(manifest))
        except staging.MigrationFailed as why:
            raise BackupRefused(Refusal.NOT_MIGRATED, said=str(why)) from why
        aside = home.exchange(staged, now=here)
        _exchange_files(bench / archive.FILES, now=here)
    connections.close_all()
    _settle(manifest, path=path, by=by, now=now)
    return Restored(manifest=manifest, aside=aside)


def fit(path: Path) -> archive.Sealed:
    """
    Make sure that a backup may come back here.

    :raises BackupRefused: if it is damaged, changed, newer or another school's
    """
    sealed = archive.check(path)
    if rules.is_newer(sealed.manifest, known=_known_migrations()):
        raise BackupRefused(Refusal.NEWER, version=sealed.manifest.version)
    if rules.is_of_another_school(sealed.manifest, here=this_home().marks()):
        names = ", ".join(school.name for school in sealed.manifest.schools)
        raise BackupRefused(Refusal.OTHER_SCHOOL, schools=names)
    return sealed


@contextmanager
def _workbench() -> Iterator[Path]:
    """Give a folder on the disk of the data, so that the last step is only a new name."""
    folder = Path(settings.HOME)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=WORKBENCH, dir=folder) as bench:
        yield Path(bench)


def _unpacked(path: Path, bench: Path) -> Manifest:
    try:
        manifest = archive.unpack(path, into=bench).manifest
    except OSError as why:
        if trouble_of(why) in FULL:
            raise BackupRefused(Refusal.NO_SPACE) from why
        raise
    (bench / archive.FILES).mkdir(exist_ok=True)
    return manifest


def _known_migrations() -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for app, name in MigrationLoader(None).disk_migrations:
        known.setdefault(app, set()).add(name)
    return known


def _is_current(manifest: Manifest) -> bool:
    seen = {(app, name) for app, names in manifest.migrations.items() for name in names}
    return seen >= set(MigrationLoader(None).graph.nodes)


def _exchange_files(unpacked: Path, *, now: datetime) -> None:
    present = Path(settings.MEDIA_ROOT)
    if present.exists():
        present.rename(free(present.with_name(f"{present.name}.before-{now:%Y%m%d-%H%M%S}")))
    shutil.move(unpacked, present)


@transaction.atomic
def _settle(manifest: Manifest, *, path: Path, by: str, now: datetime) -> None:
    """Close what was open then, and write the going back into what came back."""
    school = only_school()
    Session.objects.all().delete()
    with scope(school=school) if school else scopes_disabled():
        stop_all(error=str(WENT_BACK), now=now)
        record(
            "backup.restore",
            None,
            school=school,
            by=Account.objects.filter(username=by, school=school).first() if by else None,
            at=now,
            name=path.name,
            made_at=manifest.made_at.isoformat(),
        )
