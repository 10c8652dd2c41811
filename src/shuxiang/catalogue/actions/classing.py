"""Give titles their place in a school: class, call number, order on the shelf; part of larger actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.cataloguing import numbers_kept, people_kept
from shuxiang.catalogue.actions.indexing import index_holdings, index_new
from shuxiang.catalogue.models import Holding
from shuxiang.catalogue.queries.filing import ToFile
from shuxiang.catalogue.queries.union import slices
from shuxiang.catalogue.rules import NewTitle
from shuxiang.formats import callnumber
from shuxiang.formats.callnumber import CallNumber
from shuxiang.platform.database.plain import among, take_keys, write_all
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting

LONGEST_SORT_KEY = 160


_HOLDING = (
    "id",
    "school_id",
    "title_id",
    "clc",
    "book_number",
    "call_number",
    "call_sort",
    "audience",
    "note",
    "changes",
)


_NOTHING = ("", "", "{}")


class Wish(NamedTuple):
    """What a school brings for its holding of a title: its own class and call number, if any."""

    title: int
    union_clc: str = ""
    clc: str = ""
    call_number: str = ""


class Place(NamedTuple):
    """A school's holding of a title, and the main class under which its copies are counted."""

    holding: int
    main_class: str


def enter_holdings(
    *, school: School, wishes: Sequence[Wish], books: Mapping[int, NewTitle]
) -> dict[int, Place]:
    """Give the school's holding of each title, by title, made where it has none yet.

    `books` are the titles that were written just now: nobody has a holding of them.
    """
    there = _there(school, {wish.title for wish in wishes} - books.keys())
    new: dict[int, Wish] = {}
    for wish in wishes:
        earlier = new.get(wish.title)
        if wish.title not in there and (earlier is None or not earlier.call_number):
            new[wish.title] = wish
    numbers = call_numbers(school=school, wishes=list(new.values()))
    keys = dict(zip(new, take_keys(Holding, len(new)), strict=True))
    rows = [(keys[title], school.pk, title, *_place(numbers[title]), *_NOTHING) for title in new]
    write_all(Holding, _HOLDING, rows)
    index_new(_to_file(row, books[row[2]]) for row in rows if row[2] in books)
    index_holdings([keys[title] for title in new if title not in books])
    return there | {
        title: Place(keys[title], _main_class(numbers[title], wish.union_clc))
        for title, wish in new.items()
    }


def _there(school: School, titles: Iterable[int]) -> dict[int, Place]:
    there: dict[int, Place] = {}
    for piece in slices(sorted(titles)):
        found = Holding.objects.filter(school=school, title_id__in=piece)
        for title, holding, *classes in found.values_list("title_id", "pk", "clc", "title__clc"):
            there[title] = Place(holding, rules.main_class_of(*classes))
    return there


def _to_file(row: Sequence[Any], book: NewTitle) -> ToFile:
    """Give what is filed of a holding as it was just written, with its title."""
    holding, school, _, clc, _, call_number, *_ = row
    return ToFile(
        holding=holding,
        school=school,
        book=book,
        numbers=[value for _, value, *_ in numbers_kept(book.numbers)],
        people=[name for _, name, *_ in people_kept(book.contributors)],
        clc=clc or book.clc,
        union_clc=book.clc,
        call_number=call_number,
        audience=book.audience,
    )


def _main_class(number: CallNumber | None, union_clc: str) -> str:
    return rules.main_class_of(number.class_number if number else "", union_clc)


def place(holding: Holding, number: CallNumber | None) -> None:
    """Write a call number, or none, into a holding, with its order on the shelf."""
    holding.clc, holding.book_number, holding.call_number, holding.call_sort = _place(number)


def _place(number: CallNumber | None) -> tuple[str, str, str, str]:
    """Give the columns of a holding that a call number fills."""
    clc, book_part = (number.class_number, number.book_part) if number else ("", "")
    call_number = f"{clc}/{book_part}" if book_part else ""
    return clc, book_part, call_number, callnumber.sort_key(clc, book_part)[:LONGEST_SORT_KEY]


def call_numbers(*, school: School, wishes: Sequence[Wish]) -> Mapping[int, CallNumber | None]:
    """Give a call number a title: the one brought along if it is free, else the class and a 种次号."""
    brought = _free_of_those_brought(school, wishes)
    classes = {wish.title: _class(wish) for wish in wishes if wish.title not in brought}
    serials = _Serials(school, set(classes.values()) - {""}, brought.values())
    made = {
        pk: CallNumber(clc, str(serials.next(clc))) if clc else None for pk, clc in classes.items()
    }
    return {**brought, **made}


def _class(wish: Wish) -> str:
    """Choose the class: the school's own, that of its call number, that of the union catalogue."""
    read = callnumber.read(wish.call_number) if wish.call_number else None
    codes = (wish.clc, read.class_number if read else "", wish.union_clc)
    return next((found for code in codes if (found := rules.class_of(code))), "")


def _free_of_those_brought(school: School, wishes: Sequence[Wish]) -> dict[int, CallNumber]:
    brought: dict[str, tuple[int, CallNumber]] = {}
    for wish in wishes:
        if number := rules.read_call_number(wish.call_number):
            brought.setdefault(str(number), (wish.title, number))
    taken = among(
        Holding,
        ["call_number"],
        "call_number",
        brought,
        where="NOT (\"call_number\" = '')",
        school_id=school.pk,
    )
    for (call_number,) in taken:
        del brought[call_number]
    return dict(brought.values())


class _Serials:
    """The running numbers (种次号) of some classes, as they stand now."""

    def __init__(self, school: School, classes: set[str], brought: Iterable[CallNumber]) -> None:
        self._free: dict[str, Iterator[int]] = {}
        if not classes:
            return
        taken: dict[str, set[int]] = defaultdict(set)
        for piece in slices(sorted(classes)):
            found = Holding.objects.filter(school=school, clc__in=piece)
            for clc, book_number in found.values_list("clc", "book_number"):
                if (number := rules.serial(book_number)) is not None:
                    taken[clc].add(number)
        for kept in brought:
            if (serial := rules.serial(kept.book_number)) is not None:
                taken[kept.class_number].add(serial)
        fill_gaps = bool(setting(school, "catalogue.fill_gaps"))
        self._free = {clc: rules.free_serials(taken[clc], fill_gaps=fill_gaps) for clc in classes}

    def next(self, clc: str) -> int:
        return next(self._free[clc])
