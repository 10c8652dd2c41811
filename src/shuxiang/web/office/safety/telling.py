"""Backups and retention as the pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries import forget_before, to_forget
from shuxiang.platform.backup import folders
from shuxiang.platform.backup.archive import Sealed
from shuxiang.platform.backup.queries import Backup, LastBackup, WentBack
from shuxiang.platform.backup.wording import REFUSALS, TROUBLES, WHYS, refusal
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader
from shuxiang.timetable.models import Term


@dataclass(frozen=True, kw_only=True)
class BackupRow:
    """One line of the list of backups."""

    name: str
    made_at: datetime | None
    why: object
    size: int
    readers: int | None
    copies: int | None
    loans: int | None
    fault: object
    is_elsewhere: bool
    may_leave: bool


@dataclass(frozen=True, kw_only=True)
class Forgetting:
    """What goes on a day, and up to which day of return."""

    on: date
    before: date
    counts: dict[str, int]

    @property
    def is_empty(self) -> bool:
        return not any(self.counts.values())


def row_of(backup: Backup, school: School) -> BackupRow:
    """Tell a backup in one line; a backup of several schools tells no one's figures."""
    manifest = backup.manifest
    is_alone = manifest is not None and [mark.id for mark in manifest.schools] == [school.pk]
    counts = manifest.counts if manifest and is_alone else {}
    return BackupRow(
        name=backup.name,
        made_at=backup.made_at,
        why=WHYS[backup.why] if backup.why else "",
        size=backup.size,
        readers=counts.get("readers_reader"),
        copies=counts.get("catalogue_copy"),
        loans=counts.get("circulation_loan"),
        fault=REFUSALS[backup.refusal] if backup.refusal else "",
        is_elsewhere=backup.path.parent != folders.chosen_folder(),
        may_leave=is_alone,
    )


def going_back(school: School, backup: Backup, sealed: Sealed) -> dict[str, object]:
    """Put what is here now beside what the backup holds."""
    then = row_of(backup, school)
    now_here = (
        (_("Readers"), then.readers, Reader.objects.filter(school=school).count()),
        (_("Copies"), then.copies, Copy.objects.filter(school=school).count()),
        (_("Loans"), then.loans, Loan.objects.filter(school=school).count()),
    )
    return {"backup": then, "lines": now_here, "by_this_home": sealed.by_this_home}


def went_back(told: WentBack | None) -> dict[str, object] | None:
    """Say what came of the last going back."""
    if told is None:
        return None
    return {
        "at": datetime.fromisoformat(told.at),
        "made_at": datetime.fromisoformat(told.made_at) if told.made_at else None,
        "name": told.name,
        "aside": told.aside,
        "faults": told.faults,
        "refused": refusal(told.refusal, dict(told.details)) if told.refusal else "",
    }


def quoted(backups: Sequence[Backup]) -> str:
    """Write the newest backup as it is typed in a terminal."""
    newest = next((backup.path for backup in backups if backup.manifest), None)
    path = str(newest or folders.chosen_folder() / "shuxiang-….zip")
    return f'"{path}"' if " " in path else path


def trouble_of(last: LastBackup) -> str:
    """Say what has stood in the way of backups since the last good one."""
    if last.trouble is None:
        return ""
    return str(TROUBLES[last.trouble]) % {"folder": folders.chosen_folder()}


def due_now(school: School, today: date, days: int) -> Forgetting | None:
    """Tell what would go today if names were kept so many days."""
    before = forget_before(school, today, days=days)
    if before is None:
        return None
    return Forgetting(on=today, before=before, counts=to_forget(school, before))


def due_next(school: School, today: date, days: int) -> Forgetting | None:
    """Tell what goes next, as far as it has come back already."""
    kept_for = timedelta(days=days)
    coming = Term.objects.filter(school=school, ends_on__gte=today - kept_for)
    term = coming.order_by("ends_on", "pk").first()
    if term is None:
        return None
    return Forgetting(
        on=term.ends_on + kept_for + timedelta(days=1),
        before=term.ends_on,
        counts=to_forget(school, term.ends_on),
    )
