"""Walk through what was found: in another order, by its kinds, and from one title to those beside it. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q

from shuxiang.catalogue.models import Holding, IndexCard
from shuxiang.catalogue.queries.search import fetch, search
from shuxiang.catalogue.queries.showing import shown
from shuxiang.formats.text import match_key
from shuxiang.platform.database.plain import many
from shuxiang.platform.schools.models import School

LOOKED_THROUGH = 40  # titles that a name finds, of which some are akin


_CALL_NUMBERS = (
    "SELECT call_number, call_sort, id FROM catalogue_holding WHERE school_id = %s AND id"
)
_CARDS = "FROM catalogue_indexcard WHERE school_id = %s AND holding_id"
_NAMES = f"SELECT spoken, name, volume, holding_id {_CARDS}"
_KINDS = f"SELECT main_class, audience {_CARDS}"


class Order(StrEnum):
    NEAREST = "nearest"
    NEWEST = "newest"
    CALL_NUMBER = "call_number"
    NAME = "name"


def ordered(*, school: School, holdings: Sequence[int], order: Order) -> list[int]:
    """Put titles into an order, whatever the database thinks of letters; those without a call number come last."""
    if order is Order.NEWEST:
        return sorted(holdings, reverse=True)
    if order is Order.CALL_NUMBER:
        rows = _of(_CALL_NUMBERS, school, holdings)
        return [row[-1] for row in sorted(rows, key=lambda row: (not row[0], *row[1:]))]
    if order is Order.NAME:
        rows = _of(_NAMES, school, holdings)
        return [row[-1] for row in sorted(rows, key=lambda row: (not row[0], *row))]
    return list(holdings)


def counts_of(*, school: School, holdings: Sequence[int]) -> tuple[Counter[str], Counter[str]]:
    """Count the main classes and the audiences of titles, in one query."""
    rows = _of(_KINDS, school, holdings)
    return Counter(row[0] for row in rows), Counter(row[1] for row in rows)


def word_for_word(*, school: School, holdings: Sequence[int], text: str) -> list[int]:
    """Keep the titles that have what was typed in their name, author or series as it was typed."""
    key = match_key(text)
    said = Q(name__contains=key) | Q(people__contains=key) | Q(series__contains=key)
    cards = IndexCard.objects.filter(said, school=school, pk__in=holdings)
    kept = set(cards.values_list("pk", flat=True))
    return [pk for pk in holdings if pk in kept]


def _of(statement: str, school: School, holdings: Sequence[int]) -> list[tuple[Any, ...]]:
    """Ask for rows of up to a thousand titles, whose keys the ORM would weigh one by one."""
    if not holdings:
        return []
    places = ", ".join(["%s"] * len(holdings))
    return many(f"{statement} IN ({places})", [school.pk, *holdings])


def main_class_counts(school: School) -> dict[str, int]:
    """Count the titles of a school in each main class."""
    cards = IndexCard.objects.filter(school=school).values_list("main_class")
    return dict(cards.annotate(titles=Count("*")).order_by("main_class"))


def newest(school: School, limit: int) -> list[Holding]:
    """List the titles that came last, the last first."""
    found = Holding.objects.filter(school=school).select_related("title").order_by("-pk")
    return list(found[:limit])


def by_the_same(holding: Holding, author: str, limit: int) -> list[Holding]:
    """List other titles of an author, by the name as the catalogue writes it."""
    return _akin(holding, author, limit, lambda other: author in shown(other).author)


def of_the_series(holding: Holding, series: str, limit: int) -> list[Holding]:
    """List other titles of a series."""
    return _akin(holding, series, limit, lambda other: shown(other).series == series)


def beside(holding: Holding, limit: int) -> tuple[list[Holding], list[Holding]]:
    """List the titles left and right of one on the shelf, each in the order of the shelf."""
    if not holding.call_number:
        return [], []
    there = Holding.objects.filter(school=holding.school_id).exclude(call_number="")
    there = there.select_related("title")
    before = there.filter(call_sort__lt=holding.call_sort).order_by("-call_sort", "-pk")
    after = there.filter(call_sort__gt=holding.call_sort).order_by("call_sort", "pk")
    return list(before[:limit])[::-1], list(after[:limit])


def _akin(
    holding: Holding, text: str, limit: int, is_akin: Callable[[Holding], bool]
) -> list[Holding]:
    if not text:
        return []
    found = search(school=holding.school, text=text).holdings[:LOOKED_THROUGH]
    near = fetch(holding.school, [pk for pk in found if pk != holding.pk])
    return [other for other in near if is_akin(other)][:limit]
