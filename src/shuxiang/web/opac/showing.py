"""What a page shows of a title: its record as the school sees it, and where its copies are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from shuxiang.catalogue.models import Holding
from shuxiang.catalogue.queries import ShownTitle, shown
from shuxiang.circulation.queries import Whereabouts, whereabouts
from shuxiang.platform.schools.models import School

NOWHERE = Whereabouts()


@dataclass(frozen=True, slots=True)
class Book:
    """A line of a list."""

    pk: int
    title: ShownTitle
    where: Whereabouts
    marked: SafeString | str
    """The name, with what was typed marked in it."""

    @property
    def by(self) -> str:
        title = self.title
        year = str(title.year) if title.year else ""
        return " · ".join(filter(None, (title.author, title.publisher, year)))

    @property
    def name(self) -> str:
        return f"{self.title.name} {self.title.volume}".strip()


def books(school: School, holdings: Sequence[Holding], text: str = "") -> list[Book]:
    """Show titles with where they are, in one query."""
    where = whereabouts(school, (holding.pk for holding in holdings))
    words = text.split()
    made = []
    for holding in holdings:
        title = shown(holding)
        name = f"{title.name} {title.volume}".strip()
        made.append(Book(holding.pk, title, where.get(holding.pk, NOWHERE), marked(name, words)))
    return made


def marked(name: str, words: Iterable[str]) -> SafeString | str:
    """Mark in a name what was typed."""
    pattern = "|".join(re.escape(word) for word in words)
    if not pattern:
        return name
    parts = re.split(f"({pattern})", name, flags=re.IGNORECASE)
    if len(parts) == 1:
        return name
    tags = (("<mark>", "</mark>") if at % 2 else ("", "") for at in range(len(parts)))
    return format_html_join(
        "",
        "{}{}{}",
        (
            (SafeString(before), part, SafeString(after))
            for part, (before, after) in zip(parts, tags, strict=True)
        ),
    )
