"""Which backups there are, and when the last good one was made. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from shuxiang.platform.audit.models import Entry
from shuxiang.platform.backup import archive, doorbell, folders, rules
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.homes import this_home
from shuxiang.platform.backup.rules import Manifest, Refusal, Trouble, Why
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import only_school

NOTE = "going-back.json"
OUTCOME = "went-back.json"
TOLD_FOR = timedelta(days=7)
PREFIX, SUFFIX = "shuxiang-", ".zip"


class BackupMissing(Exception):
    """There is no such backup, or it holds more than this school."""


@dataclass(frozen=True, kw_only=True)
class Backup:
    """One backup file, as far as it can be told without reading all of it."""

    path: Path
    size: int
    manifest: Manifest | None
    refusal: Refusal | None = None
    is_ours: bool = False

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def made_at(self) -> datetime | None:
        return self.manifest.made_at if self.manifest else None

    @property
    def why(self) -> Why | None:
        return self.manifest.why if self.manifest else None


@dataclass(frozen=True, kw_only=True)
class LastBackup:
    """When the last backup in the chosen folder was made, and what has stood in the way since."""

    made_at: datetime | None
    is_late: bool
    trouble: Trouble | None = None
    trouble_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class WentBack:
    """What came of the last going back that was asked for in the browser; moments as ISO texts."""

    name: str
    at: str
    made_at: str = ""
    aside: str = ""
    faults: tuple[str, ...] = ()
    refusal: Refusal | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def can_go_back() -> bool:
    """Tell whether this server goes back to a backup when a page asks it to."""
    return doorbell.attended.is_set() and only_school() is not None


def is_going_back() -> bool:
    """Tell whether somebody has asked to go back, and it is not done yet."""
    return note_file().exists()


def note_file() -> Path:
    """Give the place where it is written that the next start goes back to a backup."""
    return Path(settings.HOME) / NOTE


def outcome_file() -> Path:
    """Give the place where the last going back is told of; it outlives the data."""
    return Path(settings.HOME) / OUTCOME


def last_going_back(*, now: datetime) -> WentBack | None:
    """Tell of the last going back, for some days."""
    try:
        said = json.loads(outcome_file().read_text(encoding="utf-8"))
        refusal = Refusal(said["refusal"]) if said["refusal"] else None
        told = WentBack(**{**said, "faults": tuple(said["faults"]), "refusal": refusal})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return told if abs(now - datetime.fromisoformat(told.at)) < TOLD_FOR else None


def last_backup(*, now: datetime) -> LastBackup:
    """Tell how long ago the chosen folder got its last good backup."""
    with scopes_disabled():
        made = Entry.objects.filter(verb="backup.make").order_by("-pk").first()
        failures = Entry.objects.filter(verb="backup.note_failure", pk__gt=made.pk if made else 0)
        failed = failures.order_by("-pk").first()
    return LastBackup(
        made_at=made.at if made else None,
        is_late=rules.is_late(made.at if made else None, now=now),
        trouble=Trouble(failed.details["trouble"]) if failed else None,
        trouble_at=failed.at if failed else None,
    )


def is_made_since(moment: datetime) -> bool:
    """Tell whether a backup was made since, wherever it went."""
    with scopes_disabled():
        found: bool = Entry.objects.filter(
            verb__in=["backup.make", "backup.make_instead"], at__gte=moment
        ).exists()
    return found


def backups_in(folder: Path) -> list[Backup]:
    """List the backups of a folder, the newest first; those of other schools are there too."""
    try:
        found = [described(path) for path in folder.glob(f"{PREFIX}*{SUFFIX}")]
    except OSError:
        return []
    return sorted(found, key=lambda backup: (backup.made_at is not None, backup.name), reverse=True)


def see(school: School) -> list[Backup]:
    """List the backups of this school, in the chosen folder and in the home's own."""
    places = dict.fromkeys([folders.chosen_folder(), folders.home_folder()])
    return sorted(
        (b for folder in places for b in backups_in(folder) if b.is_ours or b.refusal),
        key=lambda backup: backup.name,
        reverse=True,
    )


def backup_of(school: School, name: str) -> Backup:
    """
    Find a backup that holds this school and no other.

    :raises BackupMissing: if there is none of this name
    """
    for backup in see(school):
        if backup.name == name and backup.manifest and _is_alone(backup.manifest, school):
            return backup
    raise BackupMissing(name)


def described(path: Path) -> Backup:
    """Say what can be told of a backup file at a glance."""
    size = path.stat().st_size
    try:
        manifest = archive.look(path).manifest
    except BackupRefused as refused:
        return Backup(path=path, size=size, manifest=None, refusal=refused.refusal)
    ours = not rules.is_of_another_school(manifest, here=this_home().marks())
    return Backup(path=path, size=size, manifest=manifest, is_ours=ours)


def last_good_file() -> Backup | None:
    """Find this home's newest backup that reads well to its last byte; the database may be gone."""
    places = dict.fromkeys([folders.remembered_folder(), folders.home_folder()])
    every = sorted(
        (b for folder in places for b in backups_in(folder) if b.manifest),
        key=lambda backup: backup.name,
        reverse=True,
    )
    return next(_sound(every), None)


def file_to_restore() -> str:
    """Name the last good backup as it is typed after `shuxiang restore`, or what to put there."""
    good = last_good_file()
    if good is None:
        return _("FILE")
    return f'"{good.path}"' if " " in str(good.path) else str(good.path)


def _sound(backups: list[Backup]) -> Iterator[Backup]:
    for backup in backups:
        try:
            sealed = archive.check(backup.path)
        except BackupRefused:
            continue
        if sealed.by_this_home:
            yield backup


def _is_alone(manifest: Manifest, school: School) -> bool:
    return [mark.id for mark in manifest.schools] == [school.pk]
