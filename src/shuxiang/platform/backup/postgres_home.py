"""
A home whose data are in PostgreSQL: what a backup takes from it, and how one comes back.

A backup comes back into a schema of its own, which then changes names with the present one:
one transaction, and the present state stays in the database under its date.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from shuxiang.platform.backup import archive, loading, rows, staging
from shuxiang.platform.backup.archive import Chunks, Contents
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.rules import Engine, Manifest, Refusal, SchoolMark

HERE, READER, STAGED = "default", "reader", "staged"
LEAVING = 2.0
"""Seconds that PostgreSQL is given to notice a connection that was closed."""


def size() -> int:
    """Tell how many bytes the data take, at most."""
    return int(_ask("SELECT pg_database_size(current_database())"))


def marks() -> tuple[SchoolMark, ...]:
    """Tell which schools are here."""
    return _marks(connections[HERE])


@contextmanager
def moment(folder: Path) -> Iterator[Contents]:
    """Hold one moment of the database still while its rows are read."""
    with rows.borrowed(READER, _direct()) as connection, transaction.atomic(using=READER):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        every = rows.tables(connection)
        yield Contents(
            engine=Engine.ROWS,
            migrations=_migrations(connection),
            schools=_marks(connection),
            counts={t._meta.db_table: t._base_manager.using(READER).count() for t in every},
            members={f"{archive.ROWS}{t._meta.db_table}.jsonl": _lines(t) for t in every},
        )


@contextmanager
def quiet(*, as_: str) -> Iterator[None]:
    """
    Make sure that nobody else uses the database.

    :raises BackupRefused: if another program is connected
    """
    connections.close_all()
    connections[HERE].close_pool()  # type: ignore[attr-defined]  # PostgreSQL's own
    with rows.borrowed(READER, _direct(application_name=as_)) as connection:
        if others := _others(connection):
            raise BackupRefused(Refusal.IN_USE, who=others)
    yield


def _others(connection: BaseDatabaseWrapper) -> str:
    """Name who else is connected; who has just hung up, we too, is given a moment to be gone."""
    until = time.monotonic() + LEAVING
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT string_agg(coalesce(nullif(application_name, ''), host(client_addr), '?')"
                " || ' (' || pid || ')', ', ') FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
            )
            others = str(cursor.fetchone()[0] or "")
        if not others or time.monotonic() > until:
            return others
        time.sleep(LEAVING / 20)


def stage(unpacked: Path, manifest: Manifest, *, is_current: bool) -> str:
    """
    Make of what was unpacked a schema as new as this program.

    :raises MigrationFailed: if its tables can't be brought up to date
    :raises BackupRefused: if not every row came in
    """
    schema = f"restored_{os.getpid()}"
    _do(f"DROP SCHEMA IF EXISTS {schema} CASCADE", f"CREATE SCHEMA {schema}")
    take_in = loading.from_files if manifest.engine is Engine.ROWS else loading.from_sqlite
    try:
        staging.migrate(_url(schema), to=manifest.migrations)
        with rows.borrowed(STAGED, _direct(schema=schema)):
            take_in(unpacked, manifest, using=STAGED)
        if not is_current:
            staging.migrate(_url(schema))
    except BaseException:
        _do(f"DROP SCHEMA {schema} CASCADE")
        raise
    return schema


def exchange(staged: str, *, now: datetime) -> str:
    """Put the staged schema in the place of the present one, and tell the name that one has now."""
    present = str(_ask("SELECT current_schema()"))
    aside = _free_schema(f"before_{now:%Y%m%d_%H%M%S}")
    name = connections[HERE].ops.quote_name
    _do(
        f"ALTER SCHEMA {name(present)} RENAME TO {name(aside)}",
        f"ALTER SCHEMA {name(staged)} RENAME TO {name(present)}",
    )
    return aside


def _free_schema(name: str) -> str:
    """Give the name, or the next one that no schema has yet."""
    taken = str(_ask("SELECT string_agg(nspname, ' ') FROM pg_namespace")).split()
    numbered = (f"{name}_{number}" for number in count(2))
    return next(free for free in chain([name], numbered) if free not in taken)


def _lines(table: rows.Table) -> Any:
    def lines() -> Chunks:
        return rows.to_lines(rows.columns(table), rows.read(table, using=READER))

    return lines


def _migrations(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    seen: dict[str, tuple[str, ...]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        seen[app] = (*seen.get(app, ()), name)
    return seen


def _marks(connection: BaseDatabaseWrapper) -> tuple[SchoolMark, ...]:
    if "schools_school" not in connection.introspection.table_names():
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, created_at, code, name FROM schools_school ORDER BY id")
        return tuple(
            SchoolMark(id=number, created_at=made.astimezone(UTC).isoformat(), code=code, name=name)
            for number, made, code, name in cursor.fetchall()
        )


def _ask(question: str) -> Any:
    with connections[HERE].cursor() as cursor:
        cursor.execute(question)
        (answer,) = cursor.fetchone()
        return answer


def _do(*statements: str) -> None:
    with transaction.atomic(using=HERE), connections[HERE].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _direct(*, schema: str = "", application_name: str = "shuxiang backup") -> Mapping[str, Any]:
    """Give settings for a connection that no pool holds open."""
    plain = {k: v for k, v in connections[HERE].settings_dict["OPTIONS"].items() if k != "pool"}
    plain["application_name"] = application_name
    return {"OPTIONS": plain | ({"options": f"-c search_path={schema}"} if schema else {})}


def _url(schema: str) -> str:
    """Write the address of this database with another schema, for a process of its own."""
    here = connections[HERE].settings_dict
    who = ":".join(quote(here[part], safe="") for part in ("USER", "PASSWORD") if here[part])
    asked = urlencode(
        {"host": here["HOST"], "options": f"-c search_path={schema}"}, quote_via=quote
    )
    port = f":{here['PORT']}" if here["PORT"] else ""
    return f"postgres://{who}@localhost{port}/{quote(here['NAME'], safe='')}?{asked}"
