"""Find in the union catalogue the titles that somebody is about to enter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from shuxiang.catalogue import rules
from shuxiang.catalogue.models import Holding, Title, TitleNumber
from shuxiang.catalogue.rules import Identity, Match, NewTitle
from shuxiang.formats.text import match_key
from shuxiang.platform.database.plain import among
from shuxiang.platform.schools.models import School

T = TypeVar("T")
SLICE = 5_000  # SQLite takes 32,766 values in one statement
_TELLING = ("id", "name", "volume", "author", "publisher", "year", "clc", "doubt")


def slices(values: Iterable[T]) -> Iterator[list[T]]:
    """Part a long list of values into pieces that a statement can hold."""
    rest = iter(values)
    while piece := list(islice(rest, SLICE)):
        yield piece


@dataclass(slots=True)
class Known:
    """A title of the union catalogue, or one that is being entered just now; that has no key yet."""

    identity: Identity
    is_held_here: bool
    key: int = 0
    clc: str = ""
    doubt: str = ""
    book: NewTitle | None = None
    """What is being entered."""


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
    names = {match_key(new.name) for new in wanted}
    ids = {title for (title,) in among(TitleNumber, ["title_id"], "value", isbns)}
    told = {title: rest for title, *rest in among(Title, _TELLING, "key", names)}
    told |= {title: rest for title, *rest in among(Title, _TELLING, "id", ids - told.keys())}
    return Union(_known(school, dict(sorted(told.items()))))


def classes_of(titles: Iterable[int]) -> dict[int, str]:
    """Give the class of titles of the union catalogue of which somebody knows the key."""
    return dict(among(Title, ["id", "clc"], "id", titles))


def _known(school: School, told: Mapping[int, Sequence[Any]]) -> Iterator[Known]:
    held = {
        title for (title,) in among(Holding, ["title_id"], "title_id", told, school_id=school.pk)
    }
    isbns: dict[int, set[str]] = defaultdict(set)
    for title, value in among(TitleNumber, ["title_id", "value"], "title_id", told, kind="isbn"):
        isbns[title].add(value)
    for key, (name, volume, author, publisher, year, clc, doubt) in told.items():
        identity = rules.identity(
            name=name,
            volume=volume,
            author=author,
            publisher=publisher,
            year=year,
            isbns=isbns[key],
        )
        yield Known(identity, is_held_here=key in held, key=key, clc=clc, doubt=doubt)


def titles_by_isbn(isbn13: str) -> list[Title]:
    """Give the titles of the union catalogue that bear an ISBN, for a form to be filled in."""
    return list(
        Title.objects.filter(numbers__value=isbn13, numbers__kind=TitleNumber.Kind.ISBN)
        .prefetch_related("numbers", "contributors")
        .order_by("id")
    )
