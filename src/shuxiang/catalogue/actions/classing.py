"""Give titles their place in a school: class, call number, order on the shelf; part of larger actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.indexing import index
from shuxiang.catalogue.actions.inserting import insert
from shuxiang.catalogue.models import Holding, Title
from shuxiang.catalogue.queries.union import slices
from shuxiang.formats import callnumber
from shuxiang.formats.callnumber import CallNumber
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting

LONGEST_SORT_KEY = 160


@dataclass(frozen=True, slots=True)
class Wish:
    """What a school brings for its holding of a title: its own class and call number, if any."""

    title: Title
    clc: str = ""
    call_number: str = ""


def enter_holdings(*, school: School, wishes: Sequence[Wish]) -> dict[int, Holding]:
    """Give the school's holding of each title, by title, made where it has none yet."""
    there: dict[int, Holding] = {}
    for piece in slices(sorted({wish.title.pk for wish in wishes})):
        found = Holding.objects.filter(school=school, title_id__in=piece).select_related("title")
        there |= {holding.title_id: holding for holding in found}
    new: dict[int, Wish] = {}
    for wish in wishes:
        earlier = new.get(wish.title.pk)
        if wish.title.pk not in there and (earlier is None or not earlier.call_number):
            new[wish.title.pk] = wish
    numbers = call_numbers(school=school, wishes=list(new.values()))
    holdings = [_holding(school, wish, numbers[pk]) for pk, wish in new.items()]
    insert(holdings)
    index(holdings)
    return there | {holding.title_id: holding for holding in holdings}


def _holding(school: School, wish: Wish, number: CallNumber | None) -> Holding:
    holding = Holding(school=school, title=wish.title)
    place(holding, number)
    return holding


def place(holding: Holding, number: CallNumber | None) -> None:
    """Write a call number, or none, into a holding, with its order on the shelf."""
    holding.clc = number.class_number if number else ""
    holding.book_number = number.book_part if number else ""
    holding.call_number = str(number) if number and number.book_part else ""
    holding.call_sort = callnumber.sort_key(holding.clc, holding.book_number)[:LONGEST_SORT_KEY]


def call_numbers(*, school: School, wishes: Sequence[Wish]) -> Mapping[int, CallNumber | None]:
    """Give a call number a title: the one brought along if it is free, else the class and a 种次号."""
    brought = _free_of_those_brought(school, wishes)
    classes = {wish.title.pk: _class(wish) for wish in wishes if wish.title.pk not in brought}
    serials = _Serials(school, set(classes.values()) - {""}, brought.values())
    made = {
        pk: CallNumber(clc, str(serials.next(clc))) if clc else None for pk, clc in classes.items()
    }
    return {**brought, **made}


def _class(wish: Wish) -> str:
    """Choose the class: the school's own, that of its call number, that of the union catalogue."""
    read = callnumber.read(wish.call_number) if wish.call_number else None
    codes = (wish.clc, read.class_number if read else "", wish.title.clc)
    return next((found for code in codes if (found := rules.class_of(code))), "")


def _free_of_those_brought(school: School, wishes: Sequence[Wish]) -> dict[int, CallNumber]:
    brought: dict[str, tuple[int, CallNumber]] = {}
    for wish in wishes:
        if number := rules.read_call_number(wish.call_number):
            brought.setdefault(str(number), (wish.title.pk, number))
    for piece in slices(sorted(brought)):
        taken = Holding.objects.filter(school=school, call_number__in=piece)
        for call_number in taken.values_list("call_number", flat=True):
            del brought[call_number]
    return dict(brought.values())


class _Serials:
    """The running numbers (种次号) of some classes, as they stand now."""

    def __init__(self, school: School, classes: set[str], brought: Iterable[CallNumber]) -> None:
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
        self._free: dict[str, Iterator[int]] = {
            clc: rules.free_serials(taken[clc], fill_gaps=fill_gaps) for clc in classes
        }

    def next(self, clc: str) -> int:
        return next(self._free[clc])
