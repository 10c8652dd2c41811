"""Give numbers: called inside the transaction of the action that needs one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction

from shuxiang.platform.database import plain
from shuxiang.platform.numbers.models import Barcode, Sequence
from shuxiang.platform.schools.models import School

SLICE = 5_000  # SQLite takes 32,766 values in one statement


class BarcodeTaken(Exception):
    """The barcode already names a living copy or reader of the school."""

    def __init__(self, code: str, kind: str) -> None:
        super().__init__(code)
        self.code = code
        self.kind = kind


@transaction.atomic
def give_numbers(*, school: School, name: str, count: int = 1) -> range:
    """Take the next `count` numbers of a sequence; they are never given again."""
    locked = Sequence.objects.select_for_update().filter(school=school, name=name)
    sequence = locked.first()
    if sequence is None:
        Sequence.objects.get_or_create(school=school, name=name)
        sequence = locked.get()
    first = sequence.last + 1
    sequence.last += count
    plain.change(sequence, "last")
    return range(first, sequence.last + 1)


@transaction.atomic
def raise_sequence(*, school: School, name: str, to: int) -> None:
    """Let the sequence go on after a number that came from elsewhere."""
    below = Sequence.objects.filter(school=school, name=name, last__lt=to)
    if not below.update(last=to):
        Sequence.objects.get_or_create(school=school, name=name)
        below.update(last=to)


def take_barcodes(*, school: School, codes: Iterable[str], kind: Barcode.Kind) -> None:
    """Give barcodes to things of one kind.

    :raises BarcodeTaken: if one names a living thing already; nothing is written
    """
    wanted = list(codes)
    taken = Barcode.objects.filter(school=school, code__in=wanted, retired_at=None)
    if found := taken.values_list("code", "kind").first():
        raise BarcodeTaken(*found)
    take_free_barcodes(school=school, codes=wanted, kind=kind)


def take_free_barcodes(*, school: School, codes: Iterable[str], kind: Barcode.Kind) -> None:
    """Give barcodes of which this transaction has asked already that nothing living bears them."""
    rows = ((school.pk, code, kind.value) for code in codes)
    plain.write_all(Barcode, ("school_id", "code", "kind"), rows)


def retire_barcode(*, school: School, code: str, now: datetime) -> None:
    """Let a barcode go: it may name another thing from now on."""
    Barcode.objects.filter(school=school, code=code, retired_at=None).update(retired_at=now)


def retire_barcodes(*, school: School, codes: Collection[str], now: datetime) -> None:
    """Let many barcodes go."""
    living = Barcode.objects.filter(school=school, retired_at=None)
    rest = iter(codes)
    while piece := list(islice(rest, SLICE)):
        living.filter(code__in=piece).update(retired_at=now)
