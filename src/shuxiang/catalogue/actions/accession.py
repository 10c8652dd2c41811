"""Take books in: open an accession, and enter copies, many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.cataloguing import enter_titles
from shuxiang.catalogue.actions.classing import Place, Wish, enter_holdings
from shuxiang.catalogue.actions.ledger import lock_books, post_income, refuse_closed
from shuxiang.catalogue.models import AccessionBatch, Collection, Copy, Shelf
from shuxiang.catalogue.queries.admission import plain_code, take_in_faults
from shuxiang.catalogue.queries.union import classes_of
from shuxiang.catalogue.rules import CopyFault, NewCopy, NewTitle
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.database.plain import take_keys, write_all
from shuxiang.platform.numbers.actions import give_numbers, raise_sequence, take_free_barcodes
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting

_COPY = (
    "id",
    "school_id",
    "holding_id",
    "accession_id",
    "accession_number",
    "barcode",
    "shelf_id",
    "collection_id",
    "standing",
    "volume",
    "note",
    "price_fen",
    "posted_class",
    "posted_fen",
)


class TakeInRefused(Exception):
    """Some copies can't come in as they are; all faults are told and nothing was written."""

    def __init__(self, faults: Sequence[CopyFault]) -> None:
        super().__init__(", ".join(f"{fault.place}: {fault.fault}" for fault in faults[:10]))
        self.faults = tuple(faults)


class NotYetThere(Exception):
    """A document of the registers can't be dated after today."""


class DayIsPosted(Exception):
    """Copies have come in with this accession, so its day stands in the registers."""


@transaction.atomic
def open_accession(
    *,
    school: School,
    source: str,
    received_on: date,
    by: Account | None,
    now: datetime,
    supplier: str = "",
    document: str = "",
    note: str = "",
) -> AccessionBatch:
    """Open a document of the register of income; its number runs through the year (2026-001).

    :raises PeriodClosed: if the registers are closed on that day
    :raises NotYetThere: if the day is after today
    """
    accession = enter_accession(
        school=school,
        source=source,
        received_on=received_on,
        by=by,
        now=now,
        supplier=supplier,
        document=document,
        note=note,
    )
    record(
        "catalogue.open_accession",
        accession,
        school=school,
        by=by,
        at=now,
        number=accession.number,
        source=accession.source,
    )
    return accession


def enter_accession(
    *,
    school: School,
    source: str,
    received_on: date,
    by: Account | None,
    now: datetime,
    supplier: str = "",
    document: str = "",
    note: str = "",
) -> AccessionBatch:
    """Write a document of the register of income; part of larger actions."""
    _refuse_day(school, received_on, now)
    (running,) = give_numbers(school=school, name=f"{rules.ACCESSION_NUMBERS}:{received_on.year}")
    return AccessionBatch.objects.create(
        school=school,
        number=f"{received_on.year}-{running:03d}",
        source=source,
        supplier=supplier,
        document=document,
        received_on=received_on,
        note=note,
        entered_at=now,
        entered_by=by,
    )


@transaction.atomic
def change_accession(
    *, accession: AccessionBatch, changes: Mapping[str, Any], by: Account | None, now: datetime
) -> AccessionBatch:
    """Put right what a document says of itself; its day only while nothing has come in with it.

    :raises DayIsPosted: if the day would change after copies have come in
    :raises PeriodClosed: if the new day is in a closed period
    :raises NotYetThere: if the new day is after today
    """
    if unknown := set(changes) - {"source", "supplier", "document", "note", "received_on"}:
        raise TypeError(f"An accession has no {', '.join(sorted(unknown))} to be changed.")
    accession = AccessionBatch.objects.select_for_update(no_key=True).get(pk=accession.pk)
    received_on = changes.get("received_on", accession.received_on)
    if received_on != accession.received_on:
        if Copy.objects.filter(school=accession.school, accession=accession).exists():
            raise DayIsPosted(accession.number)
        _refuse_day(accession.school, received_on, now)
    for name, value in changes.items():
        setattr(accession, name, value)
    accession.save(update_fields=list(changes))
    record(
        "catalogue.change_accession",
        accession,
        school=accession.school,
        by=by,
        at=now,
        changed=sorted(changes),
    )
    return accession


@transaction.atomic
def remove_accession(*, accession: AccessionBatch, by: Account | None, now: datetime) -> None:
    """Remove a document with which nothing has come in; its number is not given again.

    :raises DayIsPosted: if copies have come in with it
    """
    school = accession.school
    lock_books(school)
    if Copy.objects.filter(school=school, accession=accession).exists():
        raise DayIsPosted(accession.number)
    record(
        "catalogue.remove_accession",
        accession,
        school=school,
        by=by,
        at=now,
        number=accession.number,
    )
    accession.delete()


def _refuse_day(school: School, day: date, now: datetime) -> None:
    if day > school.day(now):
        raise NotYetThere(str(day))
    refuse_closed(school=school, on=day)


@dataclass(frozen=True, slots=True)
class Entered:
    """What came in: its copies, read when somebody looks at them, and how many of how many titles."""

    copies: QuerySet[Copy]
    count: int
    titles: int


@transaction.atomic
def take_in(
    *, accession: AccessionBatch, copies: Sequence[NewCopy], by: Account | None, now: datetime
) -> QuerySet[Copy]:
    """Enter copies of an accession, in the order given; call it again for the next thousand.

    The answer is read when somebody looks at it.

    :raises TakeInRefused: if any copy has a fault; nothing is written then
    :raises PeriodClosed: if the registers are closed on the day of the accession
    """
    entered = enter_copies(accession=accession, copies=copies, now=now)
    record(
        "catalogue.take_in",
        accession,
        school=accession.school,
        by=by,
        at=now,
        copies=entered.count,
        titles=entered.titles,
    )
    return entered.copies


def enter_copies(*, accession: AccessionBatch, copies: Sequence[NewCopy], now: datetime) -> Entered:
    """Write copies with their titles, holdings, numbers and postings; part of larger actions."""
    school = accession.school
    lock_books(school)
    if faults := take_in_faults(school=school, copies=copies):
        raise TakeInRefused(faults)
    titles = _titles(school, copies, now)
    wishes = [
        Wish(
            title.key,
            union_clc=title.clc,
            clc=new.title.clc if new.title else "",
            call_number=new.call_number,
        )
        for title, new in zip(titles, copies, strict=True)
    ]
    books = {title.key: title.book for title in titles if title.book}
    places = enter_holdings(school=school, wishes=wishes, books=books)
    where = [places[title.key] for title in titles]
    keys = take_keys(Copy, len(copies))
    write_all(Copy, _COPY, _rows(accession, keys, copies, where))
    codes = [code for new in copies if (code := plain_code(new.barcode))]
    take_free_barcodes(school=school, codes=codes, kind=Barcode.Kind.COPY)
    tally = rules.tally(
        (place.main_class, new.price_fen or 0) for place, new in zip(where, copies, strict=True)
    )
    post_income(accession=accession, tally=tally, now=now)
    between = (keys[0], keys[-1]) if keys else (0, 0)
    return Entered(
        copies=Copy.objects.filter(school=school, pk__range=between)
        .select_related("holding__title")
        .order_by("pk"),
        count=len(keys),
        titles=len({place.holding for place in where}),
    )


class _Title(NamedTuple):
    """The title of a copy; `book` is what was written of it just now."""

    key: int
    clc: str
    book: NewTitle | None = None


def _titles(school: School, copies: Sequence[NewCopy], now: datetime) -> list[_Title]:
    there = classes_of({new.title_id for new in copies if new.title_id is not None})
    described = [new.title for new in copies if new.title_id is None and new.title]
    entered = (
        _Title(one.key, one.clc, one.book)
        for one in enter_titles(school=school, wanted=described, now=now)
    )
    return [
        next(entered) if new.title_id is None else _Title(new.title_id, there[new.title_id])
        for new in copies
    ]


def _rows(
    accession: AccessionBatch,
    keys: Sequence[int],
    copies: Sequence[NewCopy],
    where: Sequence[Place],
) -> Iterator[tuple[Any, ...]]:
    """Give the columns of each copy."""
    school = accession.school
    shelves = _shelves(school, {new.shelf.strip() for new in copies} - {""})
    collections = _collections(school, {new.collection.strip() for new in copies} - {""})
    numbers = _numbers(school, [plain_code(new.accession_number) for new in copies])
    for key, new, place, number in zip(keys, copies, where, numbers, strict=True):
        yield (
            key,
            school.pk,
            place.holding,
            accession.pk,
            number,
            plain_code(new.barcode),
            shelves.get(new.shelf.strip()),
            collections.get(new.collection.strip()),
            new.standing,
            new.volume.strip()[:40],
            new.note.strip()[:200],
            new.price_fen,
            place.main_class,
            new.price_fen or 0,
        )


def _shelves(school: School, codes: set[str]) -> dict[str, int]:
    there = {shelf.code: shelf for shelf in Shelf.objects.filter(school=school)} if codes else {}
    new = [Shelf(school=school, code=code[:40]) for code in sorted(codes) if code[:40] not in there]
    there |= {shelf.code: shelf for shelf in Shelf.objects.bulk_create(new)}
    return {code: there[code[:40]].pk for code in codes}


def _collections(school: School, names: set[str]) -> dict[str, int]:
    found = Collection.objects.filter(school=school) if names else ()
    there = {collection.name: collection for collection in found}
    new = [
        Collection(school=school, name=name[:40])
        for name in sorted(names)
        if name[:40] not in there
    ]
    there |= {collection.name: collection for collection in Collection.objects.bulk_create(new)}
    return {name: there[name[:40]].pk for name in names}


def _numbers(school: School, given: Sequence[str]) -> Iterator[str]:
    """Keep the accession numbers that came along, and give the others the next ones above them all."""
    running = [number for text in given if (number := rules.running_number(text)) is not None]
    if running:
        raise_sequence(school=school, name=rules.ACCESSION_NUMBERS, to=max(running))
    lacking = sum(not text for text in given)
    if not lacking:
        return iter(given)
    digits = setting(school, "catalogue.accession_digits")
    fresh = iter(give_numbers(school=school, name=rules.ACCESSION_NUMBERS, count=lacking))
    return (text or rules.accession_text(next(fresh), digits=digits) for text in given)
