"""The rows of a hand-written statement as models that know just the columns it names.

The ORM takes longer to write a statement, and to fill models with every column, than the database
to answer. A field that was not read is fetched when it is asked for, as after `only()`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)

KEPT_AS_THEY_ARE = frozenset(
    {
        models.BigIntegerField,
        models.BooleanField,
        models.CharField,
        models.ForeignKey,
        models.PositiveSmallIntegerField,
        models.TextField,
    }
)
"""Columns whose values need no word of the ORM on their way into the database."""


class Columns(Generic[M]):
    """Some columns of one table in a statement, or all; the key first."""

    def __init__(self, model: type[M], alias: str, *names: str) -> None:
        fields = [
            field
            for field in model._meta.concrete_fields
            if not names or field.primary_key or field.name in names
        ]
        self.model = model
        self.names = [field.attname for field in fields]
        self._readers = [_reader(field) for field in fields]
        self.sql = ", ".join(f'{alias}."{field.column}"' for field in fields)

    def take(self, values: Iterator[Any]) -> M | None:
        """Take this table's values off a row; None where an outer join found no row."""
        taken = [
            read(value) if read and value is not None else value
            for read, value in zip(self._readers, values, strict=False)
        ]
        if taken[0] is None:
            return None
        row = self.model.__new__(self.model)  # its __init__ would tell everybody; nobody listens
        row.__dict__.update(zip(self.names, taken, strict=True), _state=ModelState())
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row


def join(row: models.Model, **others: models.Model | None) -> None:
    """Lay other rows beside a row to which its columns point, as `select_related` does."""
    for name, other in others.items():
        row._state.fields_cache[name] = other
        row.__dict__.setdefault(f"{name}_id", other.pk if other else None)


def one(statement: str, values: Sequence[Any]) -> Iterator[Any] | None:
    """Ask for one row; its values in their order, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return iter(row) if row else None


def many(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Ask for all rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def among(
    model: type[models.Model],
    names: Sequence[str],
    column: str,
    values: Iterable[str | int],
    *,
    where: str = "",
    **same: str | int,
) -> list[tuple[Any, ...]]:
    """Give columns of the rows in which one column is among many values, and others are the same as told.

    The scope of a school is not asked: whoever asks for a school's rows says `school_id`. `where` is the condition of
    a partial index, word for word as the index has it; else SQLite does not use it.
    """
    wanted = list(values)
    if not wanted:
        return []
    chosen = ", ".join(f'"{name}"' for name in names)
    others = "".join(f' AND "{name}" = %s' for name in same) + (f" AND {where}" if where else "")
    table, is_sqlite = model._meta.db_table, connection.vendor == "sqlite"
    is_one = "IN (SELECT value FROM json_each(%s))" if is_sqlite else "= ANY(%s)"
    return many(
        f'SELECT {chosen} FROM "{table}" WHERE "{column}" {is_one}{others}',  # noqa: S608
        [json.dumps(wanted) if is_sqlite else wanted, *same.values()],
    )


def write(row: models.Model) -> None:
    """Write a new row, which then knows its key; nothing but the row is written."""
    statement, fields = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(row, fields))
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def take_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """Take the next keys of a table, for rows that this transaction will write with them."""
    if not count:
        return ()
    table = model._meta.db_table
    if connection.vendor == "sqlite":  # this transaction is the only writer
        found = one("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = next(found) if found else 0
        return range(last + 1, last + 1 + count)
    taken = many(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [table, count],
    )
    return [key for (key,) in taken]


def write_all(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    but_those_there: bool = False,
) -> None:
    """Write many rows of one table as their columns' values; the columns that are not named stay empty.

    What is no text, number or truth must come as the database keeps it (`kept`).
    """
    values = list(rows)
    if not values:
        return
    table, columns = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not but_those_there:
            with (
                connection.wrap_database_errors,
                cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy,
            ):
                for row in values:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(names))
        statement = f'INSERT INTO "{table}" ({columns}) VALUES ({places})'  # noqa: S608
        if but_those_there:
            statement += " ON CONFLICT DO NOTHING"
        cursor.executemany(statement, values)


def kept(model: type[models.Model], name: str, value: Any) -> Any:
    """Give a value as the database keeps it in a column."""
    field: models.Field[Any, Any] = getattr(model, name).field
    return field.get_db_prep_save(value, connection)


def change(row: models.Model, *names: str) -> None:
    """Write some columns of a row that is there.

    :raises DatabaseError: if it is not there any more
    """
    statement, fields = _updating(type(row), names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(row, fields), row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is gone")


def _values(row: models.Model, fields: Iterable[models.Field[Any, Any]]) -> list[Any]:
    return [
        value
        if (value := getattr(row, field.attname)) is None or type(field) in KEPT_AS_THEY_ARE
        else field.get_db_prep_save(value, connection)
        for field in fields
    ]


def change_all(
    model: type[models.Model], names: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Change some columns of many rows: each given as its key and their new values."""
    table, settings = model._meta.db_table, ", ".join(f'"{name}" = %s' for name in names)
    if values := [(*new, key) for key, *new in rows]:
        with connection.cursor() as cursor:
            cursor.executemany(f'UPDATE "{table}" SET {settings} WHERE "id" = %s', values)  # noqa: S608


@cache
def _updating(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    known = {field.name: field for field in model._meta.concrete_fields}
    fields = tuple(known[name] for name in names)
    settings = ", ".join(f'"{field.column}" = %s' for field in fields)
    table, key = model._meta.db_table, model._meta.pk.column
    return f'UPDATE "{table}" SET {settings} WHERE "{key}" = %s', fields  # noqa: S608


@cache
def _insertion(model: type[models.Model]) -> tuple[str, tuple[Any, ...]]:
    fields = tuple(field for field in model._meta.local_concrete_fields if not field.primary_key)
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, key = model._meta.db_table, model._meta.pk.column
    return f'INSERT INTO "{table}" ({names}) VALUES ({places}) RETURNING "{key}"', fields  # noqa: S608


def _reader(field: object) -> Callable[[Any], Any] | None:
    if isinstance(field, models.DateTimeField):
        return _moment
    return json.loads if isinstance(field, models.JSONField) else None


def _moment(value: datetime) -> datetime:
    """SQLite keeps moments in UTC and does not say so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
