"""Back everything up, and verify it."""

from __future__ import annotations

import argparse

from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.clockwork.commands.telling import contents, size
from shuxiang.platform.backup import actions
from shuxiang.platform.backup.failures import BackupFailed
from shuxiang.platform.backup.rules import Why
from shuxiang.platform.backup.wording import trouble
from shuxiang.platform.terminal import CommandFailed, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `shuxiang backup` understands."""


def run(options: argparse.Namespace) -> int:
    """
    Make one backup in the chosen folder, and say where it is and what is in it.

    :raises CommandFailed: if none could be made
    """
    try:
        backup = actions.make(why=Why.ASKED, by=None, now=now())
    except BackupFailed as failed:
        raise CommandFailed(trouble(failed.trouble, failed.folder)) from failed
    say(
        _("Backed up and verified: %(file)s (%(size)s)")
        % {"file": backup.path, "size": size(backup.size)}
    )
    if backup.manifest:
        say(contents(backup.manifest))
    return 0
