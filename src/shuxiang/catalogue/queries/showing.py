"""A title as one school sees it: the union's record, with the school's own changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django_scopes import scopes_disabled

from shuxiang.catalogue.models import Holding

SHARED_FIELDS = (
    "name",
    "subtitle",
    "volume",
    "series",
    "series_number",
    "author",
    "edition",
    "place",
    "publisher",
    "year",
    "published",
    "pages",
    "price",
    "price_text",
    "language",
    "subjects",
    "summary",
)


@dataclass(frozen=True, slots=True)
class ShownTitle:
    """What a school shows of a title; `changed` names the fields that are its own."""

    name: str
    subtitle: str
    volume: str
    series: str
    series_number: str
    author: str
    edition: str
    place: str
    publisher: str
    year: int | None
    published: str
    pages: str
    price: Decimal | None
    price_text: str
    language: str
    subjects: str
    summary: str
    clc: str
    call_number: str
    audience: str
    has_pinyin: bool | None
    note: str
    doubt: str
    changed: tuple[str, ...] = ()


def shown(holding: Holding) -> ShownTitle:
    """Give the title of a holding as its school sees it; costs no query if the title was fetched."""
    title = holding.title
    values: dict[str, Any] = {name: getattr(title, name) for name in SHARED_FIELDS}
    values |= changes_read(holding.changes)
    return ShownTitle(
        **values,
        clc=holding.clc or title.clc,
        call_number=holding.call_number,
        audience=holding.audience or title.audience,
        has_pinyin=title.has_pinyin if holding.has_pinyin is None else holding.has_pinyin,
        note=holding.note or title.note,
        doubt=title.doubt,
        changed=tuple(name for name in SHARED_FIELDS if name in holding.changes),
    )


def shown_name(holding: Holding, volume: str = "") -> str:
    """Give the name alone, as the school sees it, with its volume; or with that of one of its copies."""
    title = holding.title
    return name_with(holding.changes, name=title.name, volume=title.volume, of_copy=volume)


def name_with(changes: Mapping[str, Any], *, name: str, volume: str, of_copy: str) -> str:
    """Give the name that a school sees, from its changes, the title's name and volume and the copy's."""
    name = changes.get("name", name)
    volume = of_copy or changes.get("volume", volume)
    return f"{name} {volume}" if volume else str(name)


def changes_read(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Give a school's changes of a title as values: they are kept as JSON, a price as text."""
    read = {name: value for name, value in changes.items() if name in SHARED_FIELDS}
    if read.get("price") is not None:
        try:
            read["price"] = Decimal(str(read["price"]))
        except InvalidOperation:
            del read["price"]
    return read


def changes_kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give changed values as JSON can keep them."""
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }


def is_shared(holding: Holding) -> bool:
    """Tell whether another school has the title too; nothing else of that school is told."""
    with scopes_disabled():
        others = Holding.objects.filter(title=holding.title_id).exclude(school=holding.school_id)
        return bool(others.exists())
