"""
Brings the tables of a database to the state of a backup, or to that of this program.

A process of its own, because a migration may write to the database of the settings.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

import django
from django.conf import settings

from shuxiang.platform.database.first_tables import make_tables


class MigrationFailed(Exception):
    """The tables could not be brought there; the message is what the migration said."""


def migrate(url: str, *, to: Mapping[str, tuple[str, ...]] | None = None) -> None:
    """
    Make in the empty database of a URL the tables that a backup has seen, or bring a database to the newest.

    :raises MigrationFailed: if a migration fails
    """
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", __name__],
        input=json.dumps(to),
        env=os.environ
        | {
            "DATABASE_URL": url,
            "SHUXIANG_HOME": str(settings.HOME),
            "DJANGO_SETTINGS_MODULE": os.environ.get(
                "DJANGO_SETTINGS_MODULE", "shuxiang.config.settings"
            ),
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise MigrationFailed(done.stderr[-2_000:])


def _migrate(to: Mapping[str, list[str]] | None) -> None:
    from django.core.management import call_command  # noqa: PLC0415  (after setup)
    from django.db import connection  # noqa: PLC0415

    if to is None:
        call_command("migrate", verbosity=0, interactive=False)
    else:
        make_tables(connection, only=[(app, name) for app, names in to.items() for name in names])
    connection.close()


if __name__ == "__main__":
    django.setup()
    _migrate(json.load(sys.stdin))
