"""What a list can be narrowed by, with how many each choice would leave; a choice made can be taken off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shuxiang.formats.clc import MAIN_CLASSES
from shuxiang.web.components.drawn import Choice, facet
from shuxiang.web.opac.asked import Asked
from shuxiang.web.opac.wording import AUDIENCES

SHOWN = 8
"""Choices of a kind that are shown at once; the others are behind a word."""
OFFERED = 24
"""Choices of a kind that a page offers at all: those that leave most."""


@dataclass(frozen=True, slots=True)
class Facet:
    words: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()

    @property
    def tells(self) -> bool:
        """Tell whether there is something to choose, or a choice to take off."""
        return len(self.choices) > 1 or any(choice.is_chosen for choice in self.choices)

    def drawn(self) -> SafeString:
        more = _("%(count)s more") % {"count": len(self.more)}
        return facet(self.words, self.choices, self.more, more)


def facets(
    asked: Asked,
    *,
    here: int,
    audiences: Mapping[str, int],
    main_classes: Mapping[str, int],
    shelves: Mapping[int, int],
    names: Mapping[int, str],
) -> list[Facet]:
    """Give the facets of a list that have something to choose."""
    of_classes = _classes(_worth_saying(main_classes, asked.main_class))
    of_audiences = _audiences(_worth_saying(audiences, asked.audience))
    of_shelves = _shelves(_worth_saying(shelves, asked.shelf), names)
    now = Facet(_("Now"), _here(asked, here))
    kinds = [
        _facet(_("For"), "audience", chosen=asked.audience, counted=of_audiences, asked=asked),
        _facet(
            _("Subject area"), "class", chosen=asked.main_class, counted=of_classes, asked=asked
        ),
        _facet(_("Shelf"), "shelf", chosen=asked.shelf, counted=of_shelves, asked=asked),
    ]
    return [*([now] if now.choices else []), *(kind for kind in kinds if kind.tells)]


def chosen(kinds: Iterable[Facet]) -> list[Choice]:
    """Give the choices that are made."""
    return [choice for kind in kinds for choice in (*kind.choices, *kind.more) if choice.is_chosen]


def _here(asked: Asked, count: int) -> tuple[Choice, ...]:
    if not count and not asked.is_here:
        return ()
    address = asked.address(**{"in": "" if asked.is_here else "1"})
    return (Choice(_("In now"), count, address, asked.is_here),)


Key = TypeVar("Key", str, int)
Counted = list[tuple[str | int, str | Promise, int]]


def _facet(words: str, name: str, *, chosen: object, counted: Counted, asked: Asked) -> Facet:
    choices = tuple(
        Choice(said, count, asked.address(**{name: "" if key == chosen else key}), key == chosen)
        for key, said, count in counted
    )
    return Facet(words, choices[:SHOWN], choices[SHOWN:OFFERED])


def _worth_saying(counts: Mapping[Key, int], chosen: Key | None) -> dict[Key, int]:
    """Leave out what would leave nothing, but not what has been chosen: it can be taken off."""
    kept = {key: count for key, count in counts.items() if count}
    return {chosen: 0, **kept} if chosen else kept


def _audiences(counts: Mapping[str, int]) -> Counted:
    return [(key, words, counts[key]) for key, words in AUDIENCES.items() if key in counts]


def _classes(counts: Mapping[str, int]) -> Counted:
    known = ((letter, MAIN_CLASSES.get(letter), count) for letter, count in counts.items())
    rows: Counted = [(letter, one.name, count) for letter, one, count in known if one]
    return sorted(rows, key=lambda row: (-row[2], str(row[0])))


def _shelves(counts: Mapping[int, int], names: Mapping[int, str]) -> Counted:
    rows: Counted = [(key, names[key], n) for key, n in counts.items() if key in names]
    return sorted(rows, key=lambda row: (-row[2], str(row[1])))
