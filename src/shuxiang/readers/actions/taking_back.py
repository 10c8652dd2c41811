"""Take readers back whom a list brought, as if they had never come."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from shuxiang.platform.numbers.actions import retire_barcodes
from shuxiang.platform.resting import resting_on
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Membership, Reader, Restriction, SchoolClass
from shuxiang.readers.queries import readers_to_take_back
from shuxiang.readers.rules import ReadersBrought

SLICE = 5_000  # SQLite takes 32,766 values in one statement


@dataclass(frozen=True, kw_only=True)
class ReadersWent:
    """How many readers and classes went, and how many readers stayed."""

    readers: int
    classes: int
    stayed: int


def take_readers_back(*, school: School, brought: ReadersBrought, now: datetime) -> ReadersWent:
    """Remove the readers of a list on whom nothing rests, and its classes; part of larger actions."""
    for piece in _slices(brought.readers):
        locked = Reader.objects.select_for_update().filter(school=school, pk__in=piece)
        list(locked.values_list("pk"))  # who lends to one of them waits, and then finds nobody
    plan = readers_to_take_back(school, brought)
    for piece in _slices(plan.going):
        readers = Reader.objects.filter(school=school, pk__in=piece)
        cards = list(readers.exclude(card="").values_list("card", flat=True))
        retire_barcodes(school=school, codes=cards, now=now)
        Restriction.objects.filter(school=school, reader__in=piece).delete()
        Membership.objects.filter(school=school, reader__in=piece).delete()
        readers.delete()
    classes = SchoolClass.objects.filter(school=school, pk__in=brought.classes)
    in_use: frozenset[int] = frozenset().union(*resting_on(classes).values())
    empty = classes.exclude(pk__in=in_use)
    went = empty.count()
    empty.delete()
    return ReadersWent(readers=len(plan.going), classes=went, stayed=len(plan.stay))


def _slices(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), SLICE):
        yield ordered[start : start + SLICE]
