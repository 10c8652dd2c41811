"""What rests on rows: other rows, of whatever room, that name them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Field, Model, QuerySet


def resting_on(
    rows: QuerySet[Any, Any], *, apart_from: Collection[str] = ()
) -> dict[str, frozenset[int]]:
    """Give the keys of the rows that others name, by the label of the table that names them.

    Rooms above are asked as well, those to come too: the keys between the tables tell. Tables in
    `apart_from` are parts of the rows themselves. One query a table.
    """
    found: dict[str, frozenset[int]] = {}
    for other, key in _naming(rows.model):
        if other._meta.label in apart_from:
            continue
        naming = other._base_manager.filter(**{f"{key.name}__in": rows.values("pk")})
        if named := frozenset(naming.order_by().values_list(key.attname, flat=True)):
            found[other._meta.label] = found.get(other._meta.label, frozenset()) | named
    return found


def remove(rows: QuerySet[Any, Any]) -> None:
    """Delete rows that `resting_on` found free, in one statement; the foreign keys say the last word.

    What Django's own `delete` asks once more for each row would keep a desk waiting.
    """
    rows.order_by()._raw_delete(rows.db)


def _naming(model: type[Model]) -> Iterator[tuple[type[Model], Field[Any, Any]]]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field  # type: ignore[misc,union-attr]
