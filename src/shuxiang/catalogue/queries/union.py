"""Find in the union catalogue the titles that somebody is about to enter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from shuxiang.catalogue import rules
from shuxiang.catalogue.models import Holding, Title, TitleNumber
from shuxiang.catalogue.rules import Identity, Match, NewTitle
from shuxiang.formats.text import match_key
from shuxiang.platform.schools.models import School

T = TypeVar("T")
SLICE = 5_000  # SQLite takes 32,766 values in one statement


def slices(values: Iterable[T]) -> Iterator[list[T]]:
    """Part a long list of values into pieces that a statement can hold."""
    rest = iter(values)
    while piece := list(islice(rest, SLICE)):
        yield piece


@dataclass(slots=True)
class Known:
    """A title of the union catalogue, or one that is being entered just now."""

    title: Title
    identity: Identity
    is_held_here: bool


class Union:
    """The part of the union catalogue that could hold some wanted titles: five queries in all."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_isbn: dict[str, list[Known]] = defaultdict(list)
        self._by_key: dict[str, list[Known]] = defaultdict(list)
        for one in known:
            self.add(one)

    def add(self, known: Known) -> None:
        """Let a title be found from now on."""
        for isbn in known.identity.isbns:
            self._by_isbn[isbn].append(known)
        self._by_key[known.identity.name].append(known)

    def find(self, wanted: Identity) -> tuple[Known | None, list[Known]]:
        """Give the title that a record describes, and those that share only its ISBN."""
        sharing = []
        for known in self._candidates(wanted):
            match rules.compare(wanted, known.identity):
                case Match.SAME:
                    return known, []
                case Match.NAME_ONLY if known.is_held_here:
                    return known, []
                case Match.SHARES_NUMBER:
                    sharing.append(known)
                case _:
                    pass
        return None, sharing

    def _candidates(self, wanted: Identity) -> list[Known]:
        found = {id(known): known for known in self._by_key[wanted.name]}
        for isbn in sorted(wanted.isbns):
            found |= {id(known): known for known in self._by_isbn[isbn]}
        return list(found.values())


def union_of(*, school: School, wanted: Sequence[NewTitle]) -> Union:
    """Read the part of the union catalogue that could hold the wanted titles."""
    isbns = {number.value for new in wanted for number in new.numbers if number.kind == "isbn"}
    ids: set[int] = set()
    for piece in slices(sorted(isbns)):
        ids.update(TitleNumber.objects.filter(value__in=piece).values_list("title_id", flat=True))
    for piece in slices(sorted({match_key(new.name) for new in wanted})):
        ids.update(Title.objects.filter(key__in=piece).values_list("id", flat=True))
    return Union(_known(school, ids))


def _known(school: School, ids: set[int]) -> list[Known]:
    held: set[int] = set()
    numbers: dict[int, set[str]] = defaultdict(set)
    titles: list[Title] = []
    for piece in slices(sorted(ids)):
        titles.extend(Title.objects.filter(id__in=piece).order_by("id"))
        held.update(
            Holding.objects.filter(school=school, title_id__in=piece).values_list(
                "title_id", flat=True
            )
        )
        found = TitleNumber.objects.filter(title_id__in=piece, kind=TitleNumber.Kind.ISBN)
        for title_id, value in found.values_list("title_id", "value"):
            numbers[title_id].add(value)
    return [
        Known(title, identity_of_title(title, numbers[title.pk]), title.pk in held)
        for title in titles
    ]


def identity_of_title(title: Title, isbns: Iterable[str]) -> Identity:
    """Make plain what tells a known title from another."""
    return rules.identity(
        name=title.name,
        volume=title.volume,
        author=title.author,
        publisher=title.publisher,
        year=title.year,
        isbns=isbns,
    )


def titles_by_isbn(isbn13: str) -> list[Title]:
    """Give the titles of the union catalogue that bear an ISBN, for a form to be filled in."""
    return list(
        Title.objects.filter(numbers__value=isbn13, numbers__kind=TitleNumber.Kind.ISBN)
        .prefetch_related("numbers", "contributors")
        .order_by("id")
    )
