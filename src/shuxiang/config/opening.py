"""Bring a home's database up to this version, and say what a newcomer needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from shuxiang import __version__
from shuxiang.catalogue.actions import index_lacking
from shuxiang.clockwork.backups import before_upgrade
from shuxiang.demo import log_ins
from shuxiang.platform import set_up
from shuxiang.platform.accounts.queries import nobody_yet
from shuxiang.platform.backup.queries import file_to_restore
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.schools.models import School
from shuxiang.platform.terminal import CommandFailed, say

BEGUN = "database-begun"


def prepare() -> None:
    """
    Make or renew the tables; what is there is backed up before it is changed.

    :raises CommandFailed: if the database is missing, or newer than this version
    """
    _refuse_missing()
    executor = MigrationExecutor(connection)
    if unknown := newer_migrations(executor):
        raise CommandFailed(
            _(
                "This database was written by a newer version of Shuxiang (%(newest)s). "
                "Install that version again; this one (%(version)s) would damage it."
            )
            % {"newest": unknown[-1], "version": __version__}
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if executor.loader.applied_migrations:
            before_upgrade(now=now())
            say(_("Bringing the database up to version %(version)s …") % {"version": __version__})
        call_command("migrate", verbosity=0, interactive=False)
    index_lacking()
    (settings.HOME / BEGUN).touch()


def _refuse_missing() -> None:
    """Never begin an empty library in silence where there was one before."""
    if connection.vendor != "sqlite" or not (settings.HOME / BEGUN).exists():
        return
    file = Path(str(connection.settings_dict["NAME"]))
    if not file.exists():
        raise CommandFailed(
            _(
                "The database %(file)s is gone. Put it back, or bring back a backup: "
                "shuxiang restore %(backup)s. To begin with an empty library, delete %(marker)s."
            )
            % {"file": file, "backup": file_to_restore(), "marker": settings.HOME / BEGUN}
        )


def newer_migrations(executor: MigrationExecutor) -> list[str]:
    """List the changes in the database that this version does not know."""
    ours = {app for app, _name in executor.loader.disk_migrations}
    return sorted(
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations
        if app in ours and (app, name) not in executor.loader.disk_migrations
    )


def welcome() -> Iterator[str]:
    """Say how to get in, and which work goes on."""
    if nobody_yet():
        code = set_up.open_code(settings.HOME)
        yield _("Set the library up in the browser with this code: %(code)s") % {
            "code": f"{code[:4]}-{code[4:]}"
        }
        return
    if School.objects.filter(is_demo=True).exists():
        yield from log_ins.lines()
    with scopes_disabled():
        waiting = Job.objects.unfinished().count()
    if waiting:
        yield _("Work that was cut off goes on now: %(waiting)s.") % {"waiting": waiting}
