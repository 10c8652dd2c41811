"""Cards: a card's barcode names one living reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shuxiang.formats.text import TooLong, scan_code
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.numbers.actions import BarcodeTaken, retire_barcode, take_barcodes
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader


class CardTaken(Exception):
    """The barcode names something else: a book (`kind` copy) or the reader `holder`."""

    def __init__(self, card: str, kind: str, holder: Reader | None) -> None:
        super().__init__(card)
        self.card = card
        self.kind = kind
        self.holder = holder


class CardUnfit(Exception):
    """No scanner could send this: the number is too long."""


@transaction.atomic
def give_card(*, reader: Reader, card: str, by: Account | None, now: datetime) -> Reader:
    """
    Give a reader a card, in place of the one before; an empty number takes the card away.

    :raises CardTaken: if the barcode names a book or another reader
    :raises CardUnfit: if the number is too long
    """
    code = plain_card(card)
    holder = Reader.objects.select_for_update().get(pk=reader.pk)
    if code == holder.card:
        return holder
    retire_card(holder, now)
    if code and holder.left_on is None:
        take_cards(holder.school, [code])
    is_replaced = bool(holder.card)
    holder.card = code
    holder.save(update_fields=["card"])
    record(
        "readers.give_card",
        holder,
        school=holder.school,
        by=by,
        at=now,
        is_replaced=is_replaced,
        is_taken_away=not code,
    )
    return holder


def plain_card(card: str) -> str:
    """
    Make a card's number as a scanner sends it.

    :raises CardUnfit: if it is too long
    """
    try:
        return scan_code(card)
    except TooLong as too_long:
        raise CardUnfit(card[:20]) from too_long


def take_cards(school: School, cards: Sequence[str]) -> None:
    """
    Let cards name living readers.

    :raises CardTaken: if one names something already, or is given twice here
    """
    if twice := [card for card, times in Counter(cards).items() if times > 1]:
        raise CardTaken(twice[0], Barcode.Kind.READER, None)
    try:
        take_barcodes(school=school, codes=cards, kind=Barcode.Kind.READER)
    except BarcodeTaken as taken:
        holder = Reader.objects.filter(school=school, card=taken.code).at_school().first()
        raise CardTaken(taken.code, taken.kind, holder) from taken


def retire_card(reader: Reader, now: datetime) -> None:
    """Let a reader's card name somebody else from now on."""
    if reader.card and reader.left_on is None:
        retire_barcode(school=reader.school, code=reader.card, now=now)
