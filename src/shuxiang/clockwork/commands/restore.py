"""Go back to a backup file."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.catalogue.actions import index_lacking
from shuxiang.clockwork.commands import check_data
from shuxiang.clockwork.commands.telling import contents, made
from shuxiang.platform.backup import actions
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.wording import refusal
from shuxiang.platform.terminal import CommandFailed, agrees, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `shuxiang restore` understands."""
    parser.add_argument("file", type=Path, help=_("the backup, a file shuxiang-….zip"))
    parser.add_argument("--yes", action="store_true", help=_("do not ask first"))


def run(options: argparse.Namespace) -> int:
    """
    Show what the backup holds, ask, go back to it, and check every record.

    :raises CommandFailed: if it is refused; the running data are as they were
    """
    try:
        sealed = actions.fit(options.file)
        say(made(sealed.manifest))
        say(contents(sealed.manifest))
        if not sealed.by_this_home:
            say(
                _(
                    "It was made by another installation: this one can tell that it is whole, "
                    "but not that nobody rewrote it. Use it only if you know where it comes from."
                )
            )
        if not options.yes and not agrees(_("Go back to it? What is here now is kept aside.")):
            say(_("Nothing was changed."))
            return 1
        restored = actions.restore(path=options.file, now=now())
    except BackupRefused as refused:
        why = refusal(refused.refusal, refused.details)
        raise CommandFailed(
            _("Not restored, nothing was changed. %(why)s") % {"why": why}
        ) from None
    say(_("Restored: everything is as it was then."))
    if restored.aside:
        say(_("The state before is kept: %(where)s") % {"where": restored.aside})
    index_lacking()
    return check_data.run(options)
