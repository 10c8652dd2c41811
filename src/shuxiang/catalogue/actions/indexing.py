"""Keep the search index equal to the catalogue; part of every action that changes a title or a holding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django_scopes import scopes_disabled

from shuxiang.catalogue.models import Holding, IndexCard
from shuxiang.catalogue.queries.filing import Filed, ToFile, file, filed
from shuxiang.catalogue.queries.union import slices
from shuxiang.platform.database.plain import write_all

AT_ONCE = 1_000

_NAMES = [str(field.column) for field in IndexCard._meta.concrete_fields]
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in _NAMES[1:])


def index(holdings: Sequence[Holding]) -> None:
    """File holdings, each with its title fetched, under what they say now."""
    for start in range(0, len(holdings), AT_ONCE):
        _renew(list(filed(holdings[start : start + AT_ONCE])))


def index_new(holdings: Iterable[ToFile]) -> None:
    """File holdings that were written just now, which saves reading them back."""
    rest = map(file, holdings)
    while rows := list(islice(rest, AT_ONCE)):
        if connection.vendor == "sqlite":
            write_all(IndexCard, _NAMES, [row.card for row in rows])
            with connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO catalogue_terms (rowid, terms) VALUES (%s, %s)",
                    [(row.card[0], row.terms) for row in rows],
                )
        else:
            write_all(IndexCard, [*_NAMES, "terms"], [(*row.card, row.terms) for row in rows])


def _renew(rows: Sequence[Filed]) -> None:
    if connection.vendor == "sqlite":
        _write([row.card for row in rows], _NAMES, _CHANGES)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO catalogue_terms (rowid, terms) VALUES (%s, %s)",
                [(row.card[0], row.terms) for row in rows],
            )
    else:
        values = [(*row.card, row.terms) for row in rows]
        _write(values, [*_NAMES, "terms"], f"{_CHANGES}, terms = excluded.terms")


def _write(rows: Sequence[Sequence[Any]], names: Sequence[str], changes: str) -> None:
    places = ["%s"] * len(_NAMES)
    if len(names) > len(_NAMES):
        places.append("array_to_tsvector(string_to_array(%s, ' '))")
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO catalogue_indexcard ({', '.join(names)}) VALUES ({', '.join(places)}) "  # noqa: S608
            f"ON CONFLICT (holding_id) DO UPDATE SET {changes}",
            rows,
        )


def index_holdings(keys: Iterable[int]) -> None:
    """File holdings by their keys."""
    for piece in slices(keys):
        index(list(Holding.objects.filter(pk__in=piece).select_related("title")))


def index_title(title_id: int) -> None:
    """File a title of the union anew for every school that has it."""
    with scopes_disabled():
        index(list(Holding.objects.filter(title=title_id).select_related("title")))


def index_lacking() -> int:
    """File what has no card yet, in all schools, as after an upgrade; tell how many there were."""
    filed_now = 0
    with scopes_disabled():
        lacking = Holding.objects.filter(index_card=None).select_related("title").order_by("pk")
        while piece := list(lacking[:AT_ONCE]):
            with transaction.atomic():
                index(piece)
            filed_now += len(piece)
    return filed_now
