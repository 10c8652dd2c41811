"""What a list can be narrowed by, with how many each choice would leave; a choice made can be taken off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shuxiang.catalogue.models import Shelf
from shuxiang.formats.clc import MAIN_CLASSES
from shuxiang.web.opac.asked import Asked
from shuxiang.web.opac.wording import AUDIENCES

SHOWN = 8
"""Choices of a kind that are shown at once; the others are behind a word."""


@dataclass(frozen=True, slots=True)
class Choice:
    words: str | Promise
    count: int
    address: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    words: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()

    @property
    def tells(self) -> bool:
        """Tell whether there is something to choose, or a choice to take off."""
        return len(self.choices) > 1 or any(choice.is_chosen for choice in self.choices)


def facets(
    asked: Asked,
    *,
    here: int,
    audiences: Mapping[str, int],
    main_classes: Mapping[str, int],
    shelves: Mapping[int, int],
    names: Mapping[int, Shelf],
) -> list[Facet]:
    """Give the facets of a list that have something to choose."""
    now = Facet(_("Now"), _here(asked, here))
    kinds = [
        _facet(
            _("For"), "audience", current=asked.audience, counted=_audiences(audiences), asked=asked
        ),
        _facet(
            _("Subject area"),
            "class",
            current=asked.main_class,
            counted=_classes(main_classes),
            asked=asked,
        ),
        _facet(
            _("Shelf"), "shelf", current=asked.shelf, counted=_shelves(shelves, names), asked=asked
        ),
    ]
    return [*([now] if now.choices else []), *(facet for facet in kinds if facet.tells)]


def chosen(kinds: Iterable[Facet]) -> list[Choice]:
    """Give the choices that are made."""
    return [
        choice for facet in kinds for choice in (*facet.choices, *facet.more) if choice.is_chosen
    ]


def _here(asked: Asked, count: int) -> tuple[Choice, ...]:
    if not count and not asked.is_here:
        return ()
    address = asked.address(**{"in": "" if asked.is_here else "1"})
    return (Choice(_("In now"), count, address, asked.is_here),)


Counted = list[tuple[str | int, str | Promise, int]]


def _facet(words: str, name: str, *, current: object, counted: Counted, asked: Asked) -> Facet:
    choices = tuple(
        Choice(said, count, asked.address(**{name: "" if key == current else key}), key == current)
        for key, said, count in counted
    )
    return Facet(words, choices[:SHOWN], choices[SHOWN:])


def _audiences(counts: Mapping[str, int]) -> Counted:
    return [(key, words, counts[key]) for key, words in AUDIENCES.items() if counts.get(key)]


def _classes(counts: Mapping[str, int]) -> Counted:
    known = ((letter, MAIN_CLASSES.get(letter), count) for letter, count in counts.items())
    rows: Counted = [(letter, one.name, count) for letter, one, count in known if one]
    return sorted(rows, key=lambda row: (-row[2], str(row[0])))


def _shelves(counts: Mapping[int, int], names: Mapping[int, Shelf]) -> Counted:
    rows: Counted = [(key, str(names[key]), n) for key, n in counts.items() if n and key in names]
    return sorted(rows, key=lambda row: (-row[2], str(row[1])))
