"""Go back to a backup while the library is open.

A page asks; the server's process ends; the next one goes back before it opens anything. A note in
the home tells it to, so that after a power cut the next start does.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.backup import doorbell
from shuxiang.platform.backup.actions.restoring import WORKBENCH, Restored, fit, restore
from shuxiang.platform.backup.archive import sync_folder
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.queries import (
    Backup,
    WentBack,
    backup_of,
    can_go_back,
    note_file,
    outcome_file,
)
from shuxiang.platform.backup.rules import Refusal
from shuxiang.platform.schools.models import School

ATTEMPTS = 3
MOST_FAULTS = 20

log = logging.getLogger(__name__)


class NotAttended(Exception):
    """Nobody would start this server again: `shuxiang restore` does it in the terminal."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What was asked for, and how often it was tried."""

    path: str
    by: str
    attempts: int = 0


def ask_to_restore(*, school: School, name: str, by: Account, now: datetime) -> Backup:
    """
    Ask the server to go back to a backup; its next process does it, within seconds.

    :raises BackupMissing: if there is none of this name that holds this school alone
    :raises BackupRefused: if it may not come back here
    :raises NotAttended: if nothing would start the server again
    """
    if not can_go_back():
        raise NotAttended
    backup = backup_of(school, name)
    fit(backup.path)
    with transaction.atomic():
        record("backup.ask_to_restore", None, school=school, by=by, at=now, name=name)
    _write(Note(path=str(backup.path), by=by.username))
    doorbell.asked.set()
    return backup


def finish_restore(*, clock: Callable[[], datetime], check: Callable[[], Sequence[str]]) -> None:
    """Do what was asked for before the library opens; `check` tells what contradicts itself then."""
    note = _read()
    if note is None:
        return
    for bench in Path(settings.HOME).glob(f"{WORKBENCH}*"):
        shutil.rmtree(bench, ignore_errors=True)  # the process that worked here was killed
    try:
        if note.attempts >= ATTEMPTS:
            raise BackupRefused(Refusal.UNFORESEEN)
        _write(Note(path=note.path, by=note.by, attempts=note.attempts + 1))
        restored = restore(path=Path(note.path), now=clock(), by=note.by)
        faults = list(check())[:MOST_FAULTS]
        outcome = _went_back(restored, Path(note.path), clock(), faults)
    except BackupRefused as refused:
        outcome = _stayed(refused, Path(note.path), clock())
    except Exception:
        log.exception("going back to %s failed", note.path)
        outcome = _stayed(BackupRefused(Refusal.UNFORESEEN), Path(note.path), clock())
    connections.close_all()
    outcome_file().write_text(json.dumps(asdict(outcome), ensure_ascii=False), encoding="utf-8")
    note_file().unlink()


def _went_back(restored: Restored, path: Path, now: datetime, faults: Sequence[str]) -> WentBack:
    return WentBack(
        name=path.name,
        at=now.isoformat(),
        made_at=restored.manifest.made_at.isoformat(),
        aside=restored.aside,
        faults=tuple(faults),
    )


def _stayed(refused: BackupRefused, path: Path, now: datetime) -> WentBack:
    details = {key: str(value) for key, value in refused.details.items()}
    return WentBack(name=path.name, at=now.isoformat(), refusal=refused.refusal, details=details)


def _write(note: Note) -> None:
    draft = note_file().with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as page:
        json.dump(asdict(note), page)
        page.flush()
        os.fsync(page.fileno())
    draft.replace(note_file())
    sync_folder(note_file().parent)


def _read() -> Note | None:
    with suppress(FileNotFoundError):
        return Note(**json.loads(note_file().read_text(encoding="utf-8")))
    return None
