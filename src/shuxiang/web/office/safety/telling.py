"""Backups and retention as the pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuxiang.catalogue.models import Copy
from shuxiang.circulation import queries as circulation
from shuxiang.circulation.models import Loan
from shuxiang.platform.audit.queries import see_entries
from shuxiang.platform.backup import folders
from shuxiang.platform.backup.archive import Sealed
from shuxiang.platform.backup.queries import Backup, LastBackup, WentBack
from shuxiang.platform.backup.wording import REFUSALS, TROUBLES, WHYS, refusal
from shuxiang.platform.schools.models import School
from shuxiang.programmes import queries as programmes
from shuxiang.readers.models import Reader
from shuxiang.student_librarians import queries as student_librarians
from shuxiang.timetable.models import Term

# What loses its names, in the order in which a page tells it.
KINDS = {
    "loans": gettext_lazy("Loans"),
    "holds": gettext_lazy("Holds"),
    "marks": gettext_lazy("Absences"),
    "entrances": gettext_lazy("Entrances"),
    "pairs": gettext_lazy("Reading pairs"),
    "missed": gettext_lazy("Missed orientation"),
    "posts": gettext_lazy("Student librarians"),
    "photos": gettext_lazy("Photographs"),
}
FORGETTING = (
    "circulation.forget", "programmes.forget", "readers.forget", "student_librarians.forget",
)  # fmt: skip


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

    @property
    def lines(self) -> list[tuple[object, int]]:
        return _worded(self.counts)


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
    before = circulation.forget_before(school, today, days=days)
    if before is None:
        return None
    return Forgetting(on=today, before=before, counts=_to_forget(school, before))


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
        counts=_to_forget(school, term.ends_on),
    )


def helpers_due(school: School, today: date, days: int) -> int:
    """Count the student librarians of past terms whose names would go today."""
    before = student_librarians.forget_before(school, today, days=days)
    return student_librarians.to_forget(school, before)["posts"] if before else 0


def gone(school: School, latest: int) -> list[tuple[datetime, list[tuple[object, int]]]]:
    """Tell when names were taken off, newest first, and how many off what."""
    entries = see_entries(school).filter(verb__in=FORGETTING)[:latest]
    return [(entry.at, _worded(entry.details)) for entry in entries]


def _to_forget(school: School, before: date) -> dict[str, int]:
    return circulation.to_forget(school, before) | programmes.to_forget(school, before)


def _worded(counts: Mapping[str, int]) -> list[tuple[object, int]]:
    return [(name, counts[kind]) for kind, name in KINDS.items() if kind in counts]
