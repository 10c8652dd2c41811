"""
The rows of a database, table by table, as lines of JSON that any database can take in.

The tables are those of the migrations that the database has seen, so an old backup meets the
tables that it knows.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.utils import load_backend

BATCH = 2_000

Table = type[models.Model]
Rows = Iterator[list[Any]]
Source = Callable[[Table], tuple[list[str], Rows]]


@contextmanager
def borrowed(alias: str, settings: Mapping[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Give this thread one more database for a while, by its settings."""
    whole = deepcopy({**connections["default"].settings_dict, **settings})
    connection = load_backend(whole["ENGINE"]).DatabaseWrapper(whole, alias)
    connections[alias] = connection
    try:
        yield connection
    finally:
        connection.close()
        del connections[alias]


def tables(connection: BaseDatabaseWrapper) -> list[Table]:
    """List the tables of a database as its migrations left them, in the order of their names.

    A table that is made from others (its model says `is_derived`) is left out: it is made anew.
    """
    loader = MigrationLoader(connection)
    seen = [node for node in loader.applied_migrations if node in loader.graph.nodes]
    known = loader.project_state(seen).apps.get_models(include_auto_created=True)
    return sorted(
        (table for table in known if table._meta.managed and not _is_left_out(table)),
        key=lambda table: table._meta.db_table,
    )


def _is_left_out(table: Table) -> bool:
    return table._meta.proxy or table._meta.db_table in derived()


def derived() -> frozenset[str]:
    """Name the tables that are made from others."""
    every = apps.get_models(include_auto_created=True)
    return frozenset(t._meta.db_table for t in every if getattr(t, "is_derived", False))


def columns(table: Table) -> list[str]:
    """Name the columns of a table that hold what was entered."""
    return [str(field.column) for field in _fields(table)]


def read(table: Table, *, using: str) -> Rows:
    """Read the rows of a table in the order of their keys."""
    names = [field.attname for field in _fields(table)]
    every = table._base_manager.using(using).order_by("pk").values_list(*names)
    for row in every.iterator(chunk_size=BATCH):
        yield [_plain(value) for value in row]


def fill(using: str, rows_of: Source) -> dict[str, int]:
    """Put rows into the tables of a new database, exactly as they were, and count them."""
    connection = connections[using]
    every = tables(connection)
    connection.disable_constraint_checking()
    with transaction.atomic(using=using):
        counts = {}
        for table in every:
            _empty(table, connection)
            names, rows = rows_of(table)
            counts[table._meta.db_table] = _write(table, names, rows, connection)
        for statement in connection.ops.sequence_reset_sql(no_style(), every):
            with connection.cursor() as cursor:
                cursor.execute(statement)
        connection.check_constraints()
    return counts


def _empty(table: Table, connection: BaseDatabaseWrapper) -> None:
    """Take out what the migrations themselves wrote: the backup has its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table._meta.db_table)}")  # noqa: S608


def _write(table: Table, names: list[str], rows: Rows, connection: BaseDatabaseWrapper) -> int:
    quote = connection.ops.quote_name
    fields = {field.column: field for field in _fields(table)}
    ordered = [fields[name] for name in names]
    into = (
        f"INSERT INTO {quote(table._meta.db_table)} ({', '.join(map(quote, names))})"  # noqa: S608
        f" VALUES ({', '.join(['%s'] * len(names))})"
    )
    count = 0
    while batch := list(islice(rows, BATCH)):
        stored = [
            [_stored(field, value, connection) for field, value in zip(ordered, row, strict=True)]
            for row in batch
        ]
        with connection.cursor() as cursor:
            cursor.executemany(into, stored)
        count += len(batch)
    return count


def to_lines(names: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """Write the names of the columns and then the rows, a line each."""
    yield _line(names)
    for row in rows:
        yield _line(row)


def from_lines(lines: Iterable[bytes]) -> tuple[list[str], Rows]:
    """Read back what `to_lines` wrote."""
    rest = iter(lines)
    return json.loads(next(rest)), (json.loads(line) for line in rest)


def _line(row: list[Any]) -> bytes:
    return (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _fields(table: Table) -> list[models.Field[Any, Any]]:
    return [field for field in table._meta.concrete_fields if not field.generated]


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case _:
            return value


def _stored(field: models.Field[Any, Any], value: Any, connection: BaseDatabaseWrapper) -> Any:
    if value is None and isinstance(field, models.JSONField) and not field.null:
        return connection.ops.adapt_json_value(None, field.encoder)  # JSON's null, not SQL's
    return field.get_db_prep_save(field.to_python(value), connection)
