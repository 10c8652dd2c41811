"""Take books in: open an accession, and enter copies, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.cataloguing import enter_titles
from shuxiang.catalogue.actions.classing import Wish, enter_holdings
from shuxiang.catalogue.actions.inserting import insert
from shuxiang.catalogue.actions.ledger import lock_books, post_income, refuse_closed
from shuxiang.catalogue.models import AccessionBatch, Collection, Copy, Holding, Shelf, Title
from shuxiang.catalogue.queries.admission import plain_code, take_in_faults
from shuxiang.catalogue.queries.union import slices
from shuxiang.catalogue.rules import CopyFault, NewCopy
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.numbers.actions import give_numbers, raise_sequence, take_barcodes
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting


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


@transaction.atomic
def take_in(
    *, accession: AccessionBatch, copies: Sequence[NewCopy], by: Account | None, now: datetime
) -> list[Copy]:
    """Enter copies of an accession, in the order given; call it again for the next thousand.

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
        copies=len(entered),
        titles=len({copy.holding_id for copy in entered}),
    )
    return entered


def enter_copies(
    *, accession: AccessionBatch, copies: Sequence[NewCopy], now: datetime
) -> list[Copy]:
    """Write copies with their titles, holdings, numbers and postings; part of larger actions."""
    school = accession.school
    lock_books(school)
    if faults := take_in_faults(school=school, copies=copies):
        raise TakeInRefused(faults)
    titles = _titles(school, copies, now)
    holdings = enter_holdings(
        school=school,
        wishes=[
            Wish(title, clc=new.title.clc if new.title else "", call_number=new.call_number)
            for title, new in zip(titles, copies, strict=True)
        ],
    )
    entered = _rows(accession, zip(copies, (holdings[title.pk] for title in titles), strict=True))
    _number(school, entered)
    insert(entered)
    for codes in slices(copy.barcode for copy in entered if copy.barcode):
        take_barcodes(school=school, codes=codes, kind=Barcode.Kind.COPY)
    tally = rules.tally((copy.posted_class, copy.posted_fen) for copy in entered)
    post_income(accession=accession, tally=tally, now=now)
    return entered


def _titles(school: School, copies: Sequence[NewCopy], now: datetime) -> list[Title]:
    ids = {new.title_id for new in copies if new.title_id is not None}
    known: dict[int, Title] = {}
    for piece in slices(sorted(ids)):
        known |= Title.objects.in_bulk(piece)
    described = [new.title for new in copies if new.title_id is None and new.title]
    entered = iter(enter_titles(school=school, wanted=described, now=now))
    return [known[new.title_id] if new.title_id is not None else next(entered) for new in copies]


def _rows(accession: AccessionBatch, pairs: Iterable[tuple[NewCopy, Holding]]) -> list[Copy]:
    pairs = list(pairs)
    school = accession.school
    shelves = _shelves(school, {new.shelf.strip() for new, _ in pairs} - {""})
    collections = _collections(school, {new.collection.strip() for new, _ in pairs} - {""})
    return [
        Copy(
            school=school,
            holding=holding,
            accession=accession,
            accession_number=plain_code(new.accession_number),
            barcode=plain_code(new.barcode),
            shelf=shelves.get(new.shelf.strip()),
            collection=collections.get(new.collection.strip()),
            standing=new.standing,
            volume=new.volume.strip()[:40],
            note=new.note.strip()[:200],
            price_fen=new.price_fen,
            posted_class=rules.main_class_of(holding.clc, holding.title.clc),
            posted_fen=new.price_fen or 0,
        )
        for new, holding in pairs
    ]


def _shelves(school: School, codes: set[str]) -> dict[str, Shelf]:
    there = {shelf.code: shelf for shelf in Shelf.objects.filter(school=school)} if codes else {}
    new = [Shelf(school=school, code=code[:40]) for code in sorted(codes) if code[:40] not in there]
    there |= {shelf.code: shelf for shelf in Shelf.objects.bulk_create(new)}
    return {code: there[code[:40]] for code in codes}


def _collections(school: School, names: set[str]) -> dict[str, Collection]:
    found = Collection.objects.filter(school=school) if names else ()
    there = {collection.name: collection for collection in found}
    new = [
        Collection(school=school, name=name[:40])
        for name in sorted(names)
        if name[:40] not in there
    ]
    there |= {collection.name: collection for collection in Collection.objects.bulk_create(new)}
    return {name: there[name[:40]] for name in names}


def _number(school: School, entered: Sequence[Copy]) -> None:
    """Keep the numbers that came along, and give the others the next ones above them all."""
    given = [copy.accession_number for copy in entered if copy.accession_number]
    running = [number for text in given if (number := rules.running_number(text)) is not None]
    if running:
        raise_sequence(school=school, name=rules.ACCESSION_NUMBERS, to=max(running))
    without = [copy for copy in entered if not copy.accession_number]
    if not without:
        return
    digits = setting(school, "catalogue.accession_digits")
    fresh = give_numbers(school=school, name=rules.ACCESSION_NUMBERS, count=len(without))
    for copy, number in zip(without, fresh, strict=True):
        copy.accession_number = rules.accession_text(number, digits=digits)
