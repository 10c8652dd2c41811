"""Bring titles into the union catalogue, each once; part of larger actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from django.db.models import CharField

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.indexing import index_title
from shuxiang.catalogue.actions.inserting import insert
from shuxiang.catalogue.models import Contributor, Title, TitleNumber
from shuxiang.catalogue.queries.union import Known, Union, union_of
from shuxiang.catalogue.rules import Doubt, NewNumber, NewTitle
from shuxiang.formats.text import match_key
from shuxiang.platform.database.plain import write_all
from shuxiang.platform.schools.models import School

_COLUMNS = tuple(
    one.name for one in fields(NewTitle) if one.name not in ("contributors", "numbers", "clc")
)
_LONGEST = {
    column.name: column.max_length
    for column in Title._meta.get_fields()
    if isinstance(column, CharField) and column.max_length
}
_LATEST_YEAR = 32_767
_NUMBER = ("title_id", "kind", "value", "written", "qualifier")
_PERSON = ("title_id", "order", "name", "role", "country")


@dataclass(slots=True)
class _Entry:
    """What is to be written: new titles, numbers for old ones, and old ones now in doubt."""

    titles: list[tuple[Title, NewTitle]] = field(default_factory=list)
    more_numbers: list[tuple[Title, NewTitle]] = field(default_factory=list)
    in_doubt: dict[int, Title] = field(default_factory=dict)


def enter_titles(*, school: School, wanted: Sequence[NewTitle], now: datetime) -> list[Title]:
    """Give the title of each record, found in the union catalogue or written into it."""
    union = union_of(school=school, wanted=wanted)
    entry = _Entry()
    entered: dict[NewTitle, Title] = {}
    for new in wanted:
        if new not in entered:
            entered[new] = _find_or_plan(union, new, entry, school=school, now=now)
    _write(entry)
    return [entered[new] for new in wanted]


def _find_or_plan(
    union: Union, new: NewTitle, entry: _Entry, *, school: School, now: datetime
) -> Title:
    identity = rules.identity_of(new)
    known, sharing = union.find(identity)
    if known:
        if identity.isbns and not known.identity.isbns:
            entry.more_numbers.append((known.title, new))
            known.identity = identity
            union.add(known)
        return known.title
    title = new_title(new, school=school, now=now)
    for other in sharing:
        _doubt(title, Doubt.SHARED_NUMBER)
        if _doubt(other.title, Doubt.SHARED_NUMBER) and other.title.pk:
            entry.in_doubt[other.title.pk] = other.title
    entry.titles.append((title, new))
    union.add(Known(title, identity, is_held_here=True))
    return title


def _doubt(title: Title, doubt: Doubt) -> bool:
    """Mark a title as doubtful unless it is already, and tell whether that was new."""
    if title.doubt:
        return False
    title.doubt = doubt
    return True


def new_title(new: NewTitle, *, school: School, now: datetime) -> Title:
    """Make the row of a new title; text that is too long for its column is cut and marked."""
    values = {name: getattr(new, name) for name in _COLUMNS}
    values["name"] = new.name.strip()
    values["clc"] = rules.class_of(new.clc) or new.clc.strip()
    if new.year is not None and not 0 <= new.year <= _LATEST_YEAR:
        values["year"] = None
    title = Title(**values, entered_by=school, entered_at=now)
    for name, longest in _LONGEST.items():
        written = getattr(title, name)
        if isinstance(written, str) and len(written) > longest:
            setattr(title, name, written[:longest])
            _doubt(title, Doubt.CUT_SHORT)
    describe(title)
    return title


def describe(title: Title) -> None:
    """Make the key by which a title is found again."""
    title.key = match_key(title.name)[: _LONGEST["key"]]


def enter_numbers(title: Title, numbers: Iterable[NewNumber]) -> None:
    """Write the numbers printed on a book; what it has already stays as it is."""
    write_all(TitleNumber, _NUMBER, _numbers(title, numbers), but_those_there=True)


def _write(entry: _Entry) -> None:
    insert([title for title, _ in entry.titles])
    Title.objects.bulk_update(entry.in_doubt.values(), ["doubt"])
    numbers = (row for title, new in entry.titles for row in _numbers(title, new.numbers))
    write_all(TitleNumber, _NUMBER, numbers)
    more = (row for title, new in entry.more_numbers for row in _numbers(title, new.numbers))
    write_all(TitleNumber, _NUMBER, more, but_those_there=True)
    people = (row for title, new in entry.titles for row in _contributors(title, new))
    write_all(Contributor, _PERSON, people)
    for title, _new in entry.more_numbers:
        index_title(title.pk)


def _numbers(title: Title, numbers: Iterable[NewNumber]) -> Iterator[tuple[object, ...]]:
    once: dict[str, NewNumber] = {}
    for number in numbers:
        once.setdefault(number.value[:40], number)
    once.pop("", None)
    for value, number in once.items():
        yield title.pk, number.kind, value, number.written[:60], number.qualifier[:40]


def _contributors(title: Title, new: NewTitle) -> Iterator[tuple[object, ...]]:
    for order, who in enumerate(new.contributors, start=1):
        yield title.pk, order, who.name[:120], who.role[:20], who.country[:20]
