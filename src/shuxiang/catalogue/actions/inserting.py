"""Write many rows at once: what Django's bulk_create does, at a third of its cost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Field, Model

MOST_VALUES = 30_000  # SQLite takes 32,766 in one statement
PLAIN = {
    "CharField",
    "TextField",
    "ForeignKey",
    "BooleanField",
    "PositiveSmallIntegerField",
    "BigIntegerField",
}


def insert(rows: Sequence[Model]) -> None:
    """Write new rows of one table, in their order, and give each its key."""
    if not rows:
        return
    table = rows[0]._meta
    columns = [field for field in table.concrete_fields if not field.primary_key]
    rest = iter(rows)
    while piece := list(islice(rest, MOST_VALUES // len(columns))):
        _insert(table.db_table, columns, piece)


def _insert(table: str, columns: Sequence[Field[Any, Any]], rows: Sequence[Model]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column or "") for field in columns)
    places = f"({', '.join(['%s'] * len(columns))})"
    values = zip(*(_values(field, rows) for field in columns), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(table)} ({names}) VALUES {', '.join([places] * len(rows))} RETURNING id",  # noqa: S608
            [value for row in values for value in row],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding = False
            row._state.db = connection.alias


def _values(field: Field[Any, Any], rows: Sequence[Model]) -> list[Any]:
    name = field.attname
    if field.get_internal_type() in PLAIN:
        return [getattr(row, name) for row in rows]
    return [field.get_db_prep_save(getattr(row, name), connection) for row in rows]
