"""What a backup says of itself, which ones stay, and what may be restored. Pure: no Django."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

FORMAT = 1
LATE_AFTER = timedelta(days=3)
DAILY, WEEKLY, MONTHLY = 7, 4, 12
BEFORE_CHANGES = 10


class Engine(StrEnum):
    """How the rows lie in a backup."""

    SQLITE = "sqlite"  # the database file itself
    ROWS = "rows"  # one file of rows a table, for any database


class Why(StrEnum):
    ASKED = "asked"
    DAILY = "daily"
    BEFORE_IMPORT = "before_import"
    BEFORE_TAKING_BACK = "before_taking_back"
    BEFORE_UPGRADE = "before_upgrade"


BEFORE_A_CHANGE = frozenset(Why) - {Why.ASKED, Why.DAILY}


class Trouble(StrEnum):
    """Why a backup could not be made; the running data are as they were."""

    FOLDER_MISSING = "folder_missing"
    NOT_A_FOLDER = "not_a_folder"
    NOT_ABSOLUTE = "not_absolute"
    NOT_WRITABLE = "not_writable"
    NETWORK_DRIVE = "network_drive"
    DISK_FULL = "disk_full"
    FILE_TOO_BIG = "file_too_big"
    DISK_FAILED = "disk_failed"
    DATABASE_DAMAGED = "database_damaged"
    READS_BACK_OTHERWISE = "reads_back_otherwise"


class Refusal(StrEnum):
    """Why a file is not restored; the running data are as they were."""

    MISSING = "missing"
    NOT_A_BACKUP = "not_a_backup"
    DAMAGED = "damaged"
    TAMPERED = "tampered"
    NEWER = "newer"
    OTHER_SCHOOL = "other_school"
    IN_USE = "in_use"
    NO_SPACE = "no_space"
    NOT_MIGRATED = "not_migrated"
    UNFORESEEN = "unforeseen"


@dataclass(frozen=True, kw_only=True)
class SchoolMark:
    """What tells one school from another, whatever it is called today."""

    id: int
    created_at: str
    code: str
    name: str

    @property
    def identity(self) -> tuple[int, str]:
        return self.id, self.created_at


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file within a backup: its length in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    made_at: datetime
    why: Why
    version: str
    engine: Engine
    migrations: Mapping[str, tuple[str, ...]]
    schools: tuple[SchoolMark, ...]
    counts: Mapping[str, int]
    members: Mapping[str, Member]


class ManifestUnreadable(ValueError):
    """The text is not the manifest of a backup."""


def to_json(manifest: Manifest) -> str:
    """Write a manifest down, always in the same order."""
    plain = asdict(manifest) | {"made_at": manifest.made_at.isoformat()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1)


def from_json(text: str | bytes) -> Manifest:
    """
    Read a manifest.

    :raises ManifestUnreadable: if it is none, or of a format that is not known yet
    """
    try:
        plain = json.loads(text)
        return Manifest(
            format=int(plain["format"]),
            made_at=datetime.fromisoformat(plain["made_at"]),
            why=Why(plain["why"]),
            version=str(plain["version"]),
            engine=Engine(plain["engine"]),
            migrations={app: tuple(names) for app, names in plain["migrations"].items()},
            schools=tuple(SchoolMark(**school) for school in plain["schools"]),
            counts={str(table): int(count) for table, count in plain["counts"].items()},
            members={name: Member(**member) for name, member in plain["members"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        raise ManifestUnreadable(str(why)) from why


def is_newer(manifest: Manifest, *, known: Mapping[str, Iterable[str]]) -> bool:
    """Tell whether a backup comes from a program that knows more than this one."""
    return manifest.format > FORMAT or any(
        not set(names) <= set(known.get(app, ())) for app, names in manifest.migrations.items()
    )


def is_of_another_school(manifest: Manifest, *, here: Iterable[SchoolMark]) -> bool:
    """Tell whether a backup and this home share no school; an empty home takes any."""
    ours = {school.identity for school in here}
    return bool(ours) and ours.isdisjoint(school.identity for school in manifest.schools)


def is_late(last: datetime | None, *, now: datetime) -> bool:
    """Tell whether the last good backup is so old, or so far ahead, that somebody must look."""
    return last is None or abs(now - last) > LATE_AFTER


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A backup as the choice of which ones stay sees it."""

    name: str
    on: date
    made_at: datetime
    why: Why


def to_remove(backups: Iterable[Kept], *, today: date) -> list[str]:
    """
    Choose the backups that may go.

    The newest of each of 7 days, 4 weeks and 12 months stays, everything of today and what is
    dated in the future, and the last ten that were taken before a large change.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    stay = {backup.name for backup in newest_first if backup.on >= today}
    before_changes = [b for b in newest_first if b.why in BEFORE_A_CHANGE]
    stay |= {backup.name for backup in before_changes[:BEFORE_CHANGES]}
    stay |= _newest_of_each(newest_first, lambda day: day, DAILY)
    stay |= _newest_of_each(newest_first, lambda day: day.isocalendar()[:2], WEEKLY)
    stay |= _newest_of_each(newest_first, lambda day: (day.year, day.month), MONTHLY)
    return [backup.name for backup in newest_first if backup.name not in stay]


def _newest_of_each(
    newest_first: list[Kept], span: Callable[[date], object], most: int
) -> set[str]:
    newest: dict[object, str] = {}
    for backup in newest_first:
        newest.setdefault(span(backup.on), backup.name)
    return set(list(newest.values())[:most])
