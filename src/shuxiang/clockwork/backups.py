"""The backups that nobody asks for: every day, and before a new version touches the data."""

from __future__ import annotations

from datetime import datetime, time

from django.utils.translation import gettext as _

from shuxiang.clockwork import rules
from shuxiang.platform.backup import actions, queries
from shuxiang.platform.backup.failures import BackupFailed
from shuxiang.platform.backup.rules import Why
from shuxiang.platform.backup.wording import trouble
from shuxiang.platform.terminal import CommandFailed, say


def daily(at: time, now: datetime) -> None:
    """
    Back up, unless somebody did since it was due; `now` is told by the server's own clock.

    :raises BackupFailed: if it could be written nowhere
    """
    if not queries.is_made_since(rules.last_due(at, local_now=now)):
        actions.make(why=Why.DAILY, by=None, now=now)


def before_upgrade(*, now: datetime) -> None:
    """
    Back up a database that a new version is about to change.

    :raises CommandFailed: if that is impossible: the old database is not touched
    """
    try:
        backup = actions.make_before_upgrade(now=now)
    except BackupFailed as failed:
        raise CommandFailed(
            _("The new version changes nothing without a backup, and none could be made. %(why)s")
            % {"why": trouble(failed.trouble, failed.folder)}
        ) from failed
    say(_("Backed up before the new version: %(file)s") % {"file": backup.path})
