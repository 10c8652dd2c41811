"""Readers are added, one or a whole file of them, and changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuxiang.formats.text import fold
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.readers import rules
from shuxiang.readers.actions.cards import plain_card, take_cards
from shuxiang.readers.models import Membership, Reader, SchoolClass
from shuxiang.readers.rules import NewReader

CHANGEABLE = ("name", "category", "number", "seat", "limit", "joined_on")


class NumberTaken(Exception):
    """Another reader at school has this number; None where two new readers share it."""

    def __init__(self, number: str, reader: Reader | None) -> None:
        super().__init__(number)
        self.number = number
        self.reader = reader


@transaction.atomic
def add_reader(  # noqa: PLR0913 - a row of the register
    *,
    school: School,
    name: str,
    category: str,
    joined_on: date,
    by: Account | None,
    now: datetime,
    number: str = "",
    card: str = "",
    seat: int | None = None,
    school_class: SchoolClass | None = None,
    limit: int | None = None,
) -> Reader:
    """
    Add one reader.

    :raises NumberTaken: if another reader at school has the number
    :raises CardTaken, CardUnfit: if the card names something else, or nothing could scan it
    """
    new = NewReader(
        name=name,
        category=category,
        number=number,
        card=card,
        seat=seat,
        school_class=school_class.pk if school_class else None,
        limit=limit,
        joined_on=joined_on,
    )
    (reader,) = enter_readers(school, [new])
    record("readers.add_reader", reader, school=school, by=by, at=now, category=category)
    return reader


@transaction.atomic
def add_readers(
    *, school: School, readers: Sequence[NewReader], by: Account | None, now: datetime
) -> list[Reader]:
    """
    Add many readers at once, in the order given, with one audit entry.

    :raises NumberTaken, CardTaken, CardUnfit: as `add_reader`; then none is added
    """
    added = enter_readers(school, readers)
    record("readers.add_readers", None, school=school, by=by, at=now, readers=len(added))
    return added


@transaction.atomic
def change_reader(
    *, reader: Reader, changes: Mapping[str, Any], by: Account | None, now: datetime
) -> Reader:
    """
    Change a reader's name, category, number, seat, own limit or first day.

    :raises NumberTaken: if another reader at school has the number
    :raises KeyError: if another field is named
    """
    if unknown := set(changes) - set(CHANGEABLE):
        raise KeyError(*unknown)
    changed = Reader.objects.select_for_update().get(pk=reader.pk)
    written = {**changes, **_written(changes)}
    if changed.left_on is None and written.get("number", changed.number) != changed.number:
        check_numbers(changed.school, [written["number"]])
    for field, value in written.items():
        setattr(changed, field, value)
    changed.save(update_fields=list(written))
    record(
        "readers.change_reader",
        changed,
        school=changed.school,
        by=by,
        at=now,
        changed=sorted(changes),
    )
    return changed


def check_numbers(school: School, numbers: Sequence[str]) -> None:
    """
    Refuse numbers that living readers have, or that are given twice here.

    :raises NumberTaken: naming the first
    """
    wanted = [number for number in numbers if number]
    holder = (
        Reader.objects.filter(school=school, number__in=wanted).at_school().order_by("id").first()
    )
    if holder:
        raise NumberTaken(holder.number, holder)
    if twice := [number for number, times in Counter(wanted).items() if times > 1]:
        raise NumberTaken(twice[0], None)


def _written(changes: Mapping[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if "number" in changes:
        written["number"] = fold(changes["number"])
    if "name" in changes:
        written["name"] = fold(changes["name"])
        written["name_keys"] = rules.name_keys(written["name"])
    return written


def enter_readers(school: School, new: Sequence[NewReader]) -> list[Reader]:
    """Write readers with their cards and classes; part of larger actions, and raises as `add_readers`."""
    check_numbers(school, [fold(one.number) for one in new])
    readers = Reader.objects.bulk_create(
        Reader(
            school=school,
            category=one.category,
            seat=one.seat,
            card=plain_card(one.card),
            limit=one.limit,
            joined_on=one.joined_on,
            **_written({"name": one.name, "number": one.number}),
        )
        for one in new
    )
    take_cards(school, [reader.card for reader in readers if reader.card])
    Membership.objects.bulk_create(
        Membership(
            school=school,
            reader=reader,
            school_class_id=one.school_class,
            from_on=one.joined_on,
        )
        for reader, one in zip(readers, new, strict=True)
        if one.school_class
    )
    return readers
