"""Change a copy: its label, place, price and standing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuxiang.catalogue.actions.ledger import lock_books, post_correction
from shuxiang.catalogue.models import Copy, FormerBarcode, Standing
from shuxiang.catalogue.queries.admission import barcode_kinds, plain_code
from shuxiang.catalogue.rules import Correction, Fault, Tally
from shuxiang.formats.text import TooLong
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.database.plain import change
from shuxiang.platform.numbers.actions import retire_barcode, take_barcodes
from shuxiang.platform.numbers.models import Barcode

CHANGEABLE = ("barcode", "shelf", "collection", "price_fen", "volume", "note")
BY_HAND = (
    Standing.IN_PROCESS,
    Standing.ON_SHELF,
    Standing.TO_BE_SHELVED,
    Standing.IN_REPAIR,
    Standing.MISSING,
    Standing.LOST,
    Standing.SET_ASIDE,
)


class CopyRefused(Exception):
    """The copy can't be changed so; nothing was written."""

    def __init__(self, fault: Fault, value: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.value = value


@transaction.atomic
def change_copy(
    *, copy: Copy, changes: Mapping[str, Any], by: Account | None, now: datetime
) -> Copy:
    """Change a copy's barcode, shelf, collection, price, volume or note.

    A new barcode leaves the old one remembered; a new price is posted as a correction.

    :raises CopyRefused: if the copy is withdrawn, or the barcode is taken or too long
    :raises PeriodClosed: if the price changes and the registers are closed today
    """
    if unknown := set(changes) - set(CHANGEABLE):
        raise TypeError(f"A copy has no {', '.join(sorted(unknown))} to be changed.")
    copy = _on_the_books(copy)
    wanted = {name: value for name, value in changes.items() if getattr(copy, name) != value}
    if "barcode" in wanted:
        _relabel(copy, wanted.pop("barcode"), now)
    if "price_fen" in wanted:
        _reprice(copy, wanted["price_fen"], now)
    for name, value in wanted.items():
        setattr(copy, name, value)
    copy.save(update_fields=["barcode", "posted_fen", *wanted])
    record(
        "catalogue.change_copy",
        copy,
        school=copy.school,
        by=by,
        at=now,
        changed=sorted(changes),
    )
    return copy


def _on_the_books(copy: Copy) -> Copy:
    lock_books(copy.school)
    copy = Copy.objects.select_for_update(no_key=True, of=("self",)).get(pk=copy.pk)
    if copy.standing == Standing.WITHDRAWN:
        raise CopyRefused(Fault.ALREADY_WITHDRAWN, str(copy))
    return copy


def _relabel(copy: Copy, written: str, now: datetime) -> None:
    try:
        code = plain_code(written)
    except TooLong as long:
        raise CopyRefused(Fault.BARCODE_TOO_LONG, written[:80]) from long
    if code == copy.barcode:
        return
    if kind := barcode_kinds(school=copy.school, codes=[code]).get(code):
        is_card = kind == Barcode.Kind.READER
        raise CopyRefused(Fault.BARCODE_IS_A_CARD if is_card else Fault.BARCODE_TAKEN, code)
    if copy.barcode:
        retire_barcode(school=copy.school, code=copy.barcode, now=now)
        FormerBarcode.objects.create(school=copy.school, copy=copy, code=copy.barcode, until=now)
    if code:
        take_barcodes(school=copy.school, codes=[code], kind=Barcode.Kind.COPY)
    copy.barcode = code


def _reprice(copy: Copy, price_fen: int | None, now: datetime) -> None:
    posted = price_fen or 0
    if posted < 0:
        raise CopyRefused(Fault.NEGATIVE_PRICE, str(price_fen))
    moved = Tally()
    moved.add(copy.posted_class, 0, posted - copy.posted_fen)
    post_correction(school=copy.school, tally=moved, why=Correction.PRICE_CHANGED, now=now)
    copy.posted_fen = posted


def mark(copy: Copy, standing: str) -> None:
    """Write a copy's standing as part of a larger action, which records itself.

    :raises CopyRefused: if the copy is withdrawn, or should become so (withdraw it)
    """
    if Standing.WITHDRAWN in (copy.standing, standing):
        raise CopyRefused(Fault.ALREADY_WITHDRAWN, str(copy))
    copy.standing = Standing(standing)
    change(copy, "standing")


@transaction.atomic
def set_standing(*, copy: Copy, standing: str, by: Account | None, now: datetime) -> Copy:
    """Say anew where a copy stands.

    :raises CopyRefused: if the copy is withdrawn, or should become so (withdraw it)
    """
    copy = Copy.objects.select_for_update(no_key=True, of=("self",)).get(pk=copy.pk)
    before = copy.standing
    mark(copy, standing)
    record(
        "catalogue.set_standing",
        copy,
        school=copy.school,
        by=by,
        at=now,
        before=before,
        standing=copy.standing,
    )
    return copy


@transaction.atomic
def shelve(*, copies: Iterable[Copy], by: Account | None, now: datetime) -> list[Copy]:
    """Put copies that wait to be shelved, or to be processed, on their shelves."""
    wanted = [copy.pk for copy in copies]
    waiting = Copy.objects.select_for_update(no_key=True, of=("self",)).filter(
        pk__in=wanted, standing__in=(Standing.TO_BE_SHELVED, Standing.IN_PROCESS)
    )
    shelved = list(waiting.select_related("school").order_by("pk"))
    Copy.objects.filter(pk__in=[copy.pk for copy in shelved]).update(standing=Standing.ON_SHELF)
    for copy in shelved:
        copy.standing = Standing.ON_SHELF
    if shelved:
        record(
            "catalogue.shelve",
            shelved[0] if len(shelved) == 1 else None,
            school=shelved[0].school,
            by=by,
            at=now,
            copies=[copy.pk for copy in shelved],
        )
    return shelved
