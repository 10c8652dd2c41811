"""What can be wrong with a home, each with a sentence that says what to do."""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django_scopes import scope

from shuxiang.circulation.actions.clock import ClockWentBack, check_clock
from shuxiang.config import home
from shuxiang.config.opening import newer_migrations
from shuxiang.paper.faces import missing_faces
from shuxiang.platform.backup.queries import file_to_restore, last_backup
from shuxiang.platform.database.library import is_safe, version
from shuxiang.platform.schools.models import School

BUILT_IN = 2026  # no clock that is right says an earlier year
ROOM_NEEDED = 500 * 2**20


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong; a grave one keeps the library closed."""

    words: str
    grave: bool = False


def at_start() -> Iterator[Finding]:
    """Check what must be right before anything is lent."""
    yield from pages()
    yield from library()
    yield from room()
    wrong = list(damage())
    yield from wrong
    if not wrong:
        yield from clocks()
        yield from backups()


def everything() -> Iterator[Finding]:
    """Check all that a doctor can see, without changing anything."""
    yield from place()
    yield from pages()
    yield from library()
    yield from room()
    if connection.vendor == "sqlite" and not _file().exists():
        yield Finding(_("There is no library in %(home)s yet: shuxiang serve") % _home())
        return
    wrong = [*tables(), *damage()]
    yield from wrong
    if not wrong:
        yield from clocks()
        yield from backups()


def library() -> Iterator[Finding]:
    """Check that the SQLite library does not lose commits."""
    if connection.vendor == "sqlite" and not is_safe(version()):
        yield Finding(
            _(
                "SQLite %(version)s is too old for fast writing; a slower way is used, "
                "which is safe. Install Shuxiang's own requirements to be fast again."
            )
            % {"version": ".".join(map(str, version()))}
        )


def room() -> Iterator[Finding]:
    """Check that the disk has room."""
    folder = next(folder for folder in [settings.HOME, *settings.HOME.parents] if folder.exists())
    free = shutil.disk_usage(folder).free
    if free < ROOM_NEEDED:
        yield Finding(
            _("Only %(free)s MB are free on the disk of %(home)s. Make room before it is full.")
            % {"free": free // 2**20, **_home()}
        )


def damage() -> Iterator[Finding]:
    """Check that the file is whole and that no row points at nothing."""
    if connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            whole = cursor.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            lost = cursor.execute("PRAGMA foreign_key_check").fetchone()
    except DatabaseError:
        whole, lost = False, None
    if not whole:
        yield Finding(
            _(
                "The database %(file)s is damaged. Nothing is lent from it. "
                "Bring back the last good backup: shuxiang restore %(backup)s"
            )
            % {"file": _file(), "backup": file_to_restore()},
            grave=True,
        )
    elif lost:
        yield Finding(
            _(
                "A row of %(table)s points at something that is gone. "
                "Bring back the last good backup: shuxiang restore %(backup)s"
            )
            % {"table": lost[0], "backup": file_to_restore()},
            grave=True,
        )


def clocks() -> Iterator[Finding]:
    """Check the computer's clock against each school's newest entry."""
    moment = now()
    said = date_format(localtime(moment), "DATETIME_FORMAT")
    if moment.year < BUILT_IN:
        yield Finding(
            _(
                "This computer's clock says %(now)s, which is before this version was made. "
                "Set the clock right before anything is lent."
            )
            % {"now": said}
        )
    for school in School.objects.order_by("id"):
        with scope(school=school):
            try:
                check_clock(school, moment)
            except ClockWentBack as back:
                yield Finding(
                    _(
                        "This computer's clock says %(now)s, but the newest entry is of %(last)s. "
                        "Nothing is lent until the clock is set right, "
                        "or a librarian says at the desk that it is right."
                    )
                    % {"now": said, "last": date_format(localtime(back.last), "DATETIME_FORMAT")}
                )


def backups() -> Iterator[Finding]:
    """Check that a good backup was made in the last days."""
    last = last_backup(now=now())
    if last.is_late and School.objects.filter(is_demo=False).exists():
        yield Finding(
            _("The last good backup was made on %(day)s. Make one today: shuxiang backup")
            % {"day": date_format(localtime(last.made_at), "DATE_FORMAT")}
            if last.made_at
            else _("No backup was ever made. Make one today: shuxiang backup")
        )


def place() -> Iterator[Finding]:
    """Check the home folder and the key in it."""
    if unfit := home.unfit(settings.HOME):
        yield Finding(unfit, grave=True)
    key = settings.HOME / home.KEY
    if sys.platform != "win32" and key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Finding(
            _("Others can read the key %(key)s. Keep it to yourself: chmod 600") % {"key": key}
        )


def pages() -> Iterator[Finding]:
    """Check that words and pages were built."""
    if not (settings.STATIC_ROOT / "staticfiles.json").exists() and not settings.DEBUG:
        yield Finding(_("The files of the pages were not built: make pages"), grave=True)
    if not (settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.mo").exists():
        yield Finding(_("The Chinese words were not built: make words"))
    if missing_faces():
        yield Finding(_("The typefaces for labels and cards are not there: make assets"))


def tables() -> Iterator[Finding]:
    """Check that the database is of this version."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        yield Finding(_("The database cannot be read: %(error)s") % {"error": error}, grave=True)
        return
    if newer_migrations(executor):
        yield Finding(
            _("This database was written by a newer version of Shuxiang. Install that version."),
            grave=True,
        )
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding(
            _("The database is of an older version; shuxiang serve brings it up to date.")
        )


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _home() -> dict[str, Path]:
    return {"home": settings.HOME}
