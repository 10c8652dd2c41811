"""Bring titles into the union catalogue, each once; part of larger actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, gt
from typing import Any

from django.db.models import CharField

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.indexing import index_title
from shuxiang.catalogue.models import Contributor, Title, TitleNumber
from shuxiang.catalogue.queries.union import Known, Union, union_of
from shuxiang.catalogue.rules import Doubt, NewContributor, NewNumber, NewTitle
from shuxiang.formats.text import match_key
from shuxiang.platform.database.plain import kept, take_keys, write_all
from shuxiang.platform.schools.models import School

_SAID = tuple(name for name in NewTitle._fields if name not in ("contributors", "numbers", "price"))
_TITLE = ("id", *_SAID, "price", "key", "entered_by_id", "entered_at")
_NUMBER = ("title_id", "kind", "value", "written", "qualifier")
_PERSON = ("title_id", "order", "name", "role", "country")
_LONGEST = {
    column.name: column.max_length
    for column in Title._meta.get_fields()
    if isinstance(column, CharField) and column.max_length and column.name in _SAID
}
_LONGEST_KEY = Title._meta.get_field("key").max_length
_LATEST_YEAR = 32_767

_said = attrgetter(*_SAID)
_texts = attrgetter(*_LONGEST)


@dataclass(slots=True)
class _Entry:
    """What is to be written: new titles, numbers for old ones, and old ones now in doubt."""

    titles: list[Known] = field(default_factory=list)
    more_numbers: list[tuple[Known, NewTitle]] = field(default_factory=list)
    in_doubt: set[int] = field(default_factory=set)


def enter_titles(*, school: School, wanted: Sequence[NewTitle], now: datetime) -> list[Known]:
    """Give the title of each record, found in the union catalogue or written into it."""
    union = union_of(school=school, wanted=wanted)
    entry = _Entry()
    entered: list[Known] = []
    for place, new in enumerate(wanted):
        is_further_copy = place > 0 and new is wanted[place - 1]
        entered.append(entered[-1] if is_further_copy else _find_or_plan(union, new, entry))
    _write(entry, school=school, now=now)
    return entered


def _find_or_plan(union: Union, new: NewTitle, entry: _Entry) -> Known:
    identity = rules.identity_of(new)
    known, sharing = union.find(identity)
    if known:
        if identity.isbns and not known.identity.isbns:
            _add_numbers(known, new, entry)
            known.identity = identity
            union.add(known)
        return known
    book = fitting(new)
    known = Known(identity, is_held_here=True, clc=book.clc, doubt=book.doubt, book=book)
    for other in sharing:
        _mark_shared(known, entry)
        _mark_shared(other, entry)
    entry.titles.append(known)
    union.add(known)
    return known


def _mark_shared(known: Known, entry: _Entry) -> None:
    """Mark a title that shares its number with another as doubtful, unless it is already."""
    if known.doubt:
        return
    known.doubt = Doubt.SHARED_NUMBER.value
    if known.book:
        known.book = known.book._replace(doubt=known.doubt)
    else:
        entry.in_doubt.add(known.key)


def _add_numbers(known: Known, new: NewTitle, entry: _Entry) -> None:
    if known.book:
        known.book = known.book._replace(numbers=(*known.book.numbers, *new.numbers))
    else:
        entry.more_numbers.append((known, new))


def fitting(new: NewTitle) -> NewTitle:
    """Give a record as its row can hold it: text that is too long is cut and the record marked."""
    name, clc = new.name.strip(), rules.class_of(new.clc) or new.clc.strip()
    if (name, clc) != (new.name, new.clc):
        new = new._replace(name=name, clc=clc)
    if new.year is not None and not 0 <= new.year <= _LATEST_YEAR:
        new = new._replace(year=None)
    if any(map(gt, map(len, _texts(new)), _LONGEST.values())):
        cut: dict[str, Any] = {
            name: getattr(new, name)[:longest] for name, longest in _LONGEST.items()
        }
        new = new._replace(**{**cut, "doubt": cut["doubt"] or Doubt.CUT_SHORT.value})
    return new


def key_of(name: str) -> str:
    """Make the key by which a title is found again."""
    return match_key(name)[:_LONGEST_KEY]


def enter_numbers(title: Title, numbers: Iterable[NewNumber]) -> None:
    """Write the numbers printed on a book; what it has already stays as it is."""
    rows = ((title.pk, *number) for number in numbers_kept(numbers))
    write_all(TitleNumber, _NUMBER, rows, but_those_there=True)


def _write(entry: _Entry, *, school: School, now: datetime) -> None:
    for known, key in zip(entry.titles, take_keys(Title, len(entry.titles)), strict=True):
        known.key = key
    books = [(known.key, known.book) for known in entry.titles if known.book]
    last = (school.pk, kept(Title, "entered_at", now))
    write_all(Title, _TITLE, [(key, *_row(book), *last) for key, book in books])
    Title.objects.filter(pk__in=entry.in_doubt).update(doubt=Doubt.SHARED_NUMBER)
    numbers = [(key, *number) for key, book in books for number in numbers_kept(book.numbers)]
    write_all(TitleNumber, _NUMBER, numbers)
    people = [(key, *who) for key, book in books for who in people_kept(book.contributors)]
    write_all(Contributor, _PERSON, people)
    for known, new in entry.more_numbers:
        more = [(known.key, *number) for number in numbers_kept(new.numbers)]
        write_all(TitleNumber, _NUMBER, more, but_those_there=True)
        index_title(known.key)


def _row(book: NewTitle) -> tuple[Any, ...]:
    return (*_said(book), _price(book.price), key_of(book.name))


@lru_cache
def _price(price: Decimal | None) -> Any:
    return kept(Title, "price", price)


def numbers_kept(numbers: Iterable[NewNumber]) -> Iterator[tuple[str, str, str, str]]:
    """Give the columns of a book's numbers, each number once."""
    once: dict[str, NewNumber] = {}
    for number in numbers:
        once.setdefault(number.value[:40], number)
    once.pop("", None)
    for value, number in once.items():
        yield number.kind, value, number.written[:60], number.qualifier[:40]


def people_kept(people: Iterable[NewContributor]) -> Iterator[tuple[int, str, str, str]]:
    """Give the columns of the persons behind a book, in their order."""
    for order, who in enumerate(people, start=1):
        yield order, who.name[:120], who.role[:20], who.country[:20]
