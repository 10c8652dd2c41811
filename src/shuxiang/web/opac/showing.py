"""What a list shows of a title: its record as the school sees it, and where its copies are.

A page shows dozens of these and answers while somebody types, so the words are made here, once a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shuxiang.catalogue.queries import ListedTitle
from shuxiang.circulation.queries import CopyAt, Whereabouts, whereabouts
from shuxiang.platform.schools.models import School
from shuxiang.web.components.drawn import availability, cover, hit

NOWHERE = Whereabouts()
SHAPES = {"in": "", "out": "out", "elsewhere": "box", "none": "out"}
"""A disc is in, a ring is out, a square is elsewhere."""


@dataclass(frozen=True, slots=True)
class Book:
    """A title in a list."""

    pk: int
    address: str
    title: ListedTitle
    name: str
    marked: SafeString | str
    """The name, with what was typed marked in it."""
    where: Whereabouts
    shape: str
    stands: str
    """In how many of how many copies, out, or where else."""
    place: str
    """Where to walk, or when to come again."""

    @property
    def by(self) -> str:
        title = self.title
        return " · ".join(filter(None, (title.author, title.publisher, str(title.year or ""))))

    @property
    def series(self) -> str:
        return f"{self.title.series} {self.title.series_number}".strip()

    def drawn(self) -> SafeString:
        """Draw the title as one that was found."""
        series = format_html('<p class="small second">{}</p>', self.series) if self.series else ""
        at = (self.place, ""), (self.title.call_number, ' class="num"')
        lines = "".join(f"<small{css}>{escape(words)}</small>" for words, css in at if words)
        return hit(
            drawn_cover=cover(self.title.name, self.title.author, self.title.clc),
            name=self.marked,
            href=self.address,
            by=self.by,
            body=series,
            at=availability(self.stands, self.shape) + SafeString(lines),
            level=2,
            tag="li",
        )


def books(school: School, titles: Sequence[ListedTitle], text: str = "") -> list[Book]:
    """Show titles with where they are, in one query."""
    found = whereabouts(school, [title.holding for title in titles])
    root, words = reverse("opac"), text.split()
    made = []
    for title in titles:
        where = found.get(title.holding, NOWHERE)
        name = f"{title.name} {title.volume}".strip()
        book = Book(
            pk=title.holding,
            address=f"{root}titles/{title.holding}/",
            title=title,
            name=name,
            marked=marked(name, words),
            where=where,
            shape=SHAPES[where.kind],
            stands=_stands(where),
            place=_place(where),
        )
        made.append(book)
    return made


def _stands(where: Whereabouts) -> str:
    if where.here:
        return _("%(here)s of %(all)s in") % {"here": where.here, "all": len(where.copies)}
    if where.kind == "out":
        return _("All out")
    return where.first.words if where.first else _("No copy left")


def _place(where: Whereabouts) -> str:
    if where.due_on and not where.here:
        return _("back by %(day)s") % {"day": date_format(where.due_on, "MONTH_DAY_FORMAT")}
    return shelf_of(where.first) if where.first else ""


def shelf_of(copy: CopyAt) -> str:
    """Say where a copy stands, as one would ask for it."""
    if not copy.shelf:
        return copy.room
    said = copy.shelf if copy.shelf_is_named else _("Shelf %(shelf)s") % {"shelf": copy.shelf}
    return f"{copy.room} {said}".strip()


def marked(name: str, words: Iterable[str]) -> SafeString | str:
    """Mark in a name what was typed."""
    pattern = "|".join(map(re.escape, words))
    parts = re.split(f"({pattern})", name, flags=re.IGNORECASE) if pattern else [name]
    if len(parts) == 1:
        return name
    drawn = (
        f"<mark>{escape(part)}</mark>" if at % 2 else escape(part) for at, part in enumerate(parts)
    )
    return mark_safe("".join(drawn))  # noqa: S308 - every part was escaped
