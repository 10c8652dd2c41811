"""`migrate`, which makes the tables of an empty database at once."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from shuxiang.platform.database.first_tables import lacks_tables, make_tables


class Command(migrate.Command):
    """Django's command; a database without tables gets them whole, and no change is left to make."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not options["app_label"] and not options["plan"] and lacks_tables(connection):
            make_tables(connection)
        super().handle(*args, **options)
