"""What a list shows of a title, and the names of shelves: asked by hand, for lists that answer while somebody types."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from shuxiang.catalogue.models import Holding
from shuxiang.catalogue.queries.showing import shown
from shuxiang.platform.database.plain import many
from shuxiang.platform.schools.models import School

_TITLES = """
SELECT h.id, t.name, t.volume, t.series, t.series_number, t.author, t.publisher, t.year,
  COALESCE(NULLIF(h.clc, ''), t.clc), h.call_number, h.changes
FROM catalogue_holding h JOIN catalogue_title t ON t.id = h.title_id
WHERE h.school_id = %s AND h.id IN"""
_SHELVES = "SELECT id, code, name FROM catalogue_shelf WHERE school_id = %s ORDER BY code"


class ListedTitle(NamedTuple):
    """A title in a list, as its school sees it."""

    holding: int
    name: str
    volume: str
    series: str
    series_number: str
    author: str
    publisher: str
    year: int | None
    clc: str
    call_number: str


def listed(school: School, holdings: Sequence[int]) -> list[ListedTitle]:
    """Give titles in the order of their keys as listed, in one query."""
    if not holdings:
        return []
    places = ", ".join(["%s"] * len(holdings))
    found = {}
    for *values, changes in many(f"{_TITLES} ({places})", [school.pk, *holdings]):
        title = ListedTitle._make(values)
        own = {name: value for name, value in json.loads(changes).items() if name in _CHANGEABLE}
        found[title.holding] = title._replace(**own)
    return [found[key] for key in holdings if key in found]


_CHANGEABLE = frozenset(ListedTitle._fields) - {"holding", "clc", "call_number"}


def as_listed(holding: Holding) -> ListedTitle:
    """Give what a list shows of a holding that was fetched with its title."""
    title = shown(holding)
    return ListedTitle(holding.pk, *(getattr(title, name) for name in ListedTitle._fields[1:]))


def shelf_names(school: School) -> dict[int, str]:
    """Give the shelves of a school as they are called, by key, in the order of their codes."""
    rows = many(_SHELVES, [school.pk])
    return {key: code if name in ("", code) else f"{code} {name}" for key, code, name in rows}
