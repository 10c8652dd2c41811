"""`migrate`, which makes the tables of an empty database at once."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from shuxiang.platform.database.first_tables import lacks_tables, make_tables

OTHERWISE = ("app_label", "plan", "check_unapplied", "fake")
"""With one of these nothing is to be made, or not all."""


class Command(migrate.Command):
    """Django's command; a database without tables gets them whole, and no change is left to make."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not any(options[name] for name in OTHERWISE) and lacks_tables(connection):
            make_tables(connection)
        super().handle(*args, **options)
