"""Change a title for everybody or for one school, and a school's own part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.accession import enter_copies
from shuxiang.catalogue.actions.cataloguing import enter_numbers, key_of
from shuxiang.catalogue.actions.classing import Wish, call_numbers, place
from shuxiang.catalogue.actions.indexing import index
from shuxiang.catalogue.actions.ledger import lock_books, post_correction
from shuxiang.catalogue.models import AccessionBatch, Copy, Holding, Title
from shuxiang.catalogue.queries.showing import SHARED_FIELDS, changes_kept, is_shared
from shuxiang.catalogue.rules import Correction, Fault, NewCopy, NewNumber, Tally
from shuxiang.formats.callnumber import CallNumber
from shuxiang.formats.text import fold
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import Act, record, record_act

OWN_FIELDS = ("audience", "has_pinyin", "note")


class TitleRefused(Exception):
    """The title can't be changed so; nothing was written."""

    def __init__(self, fault: Fault, value: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.value = value


@transaction.atomic
def add_title(*, accession: AccessionBatch, copies: Sequence[NewCopy], act: Act) -> list[Copy]:
    """Enter one title with its copies, as a person does from a form; asked twice, it enters once.

    :raises TakeInRefused: if any copy has a fault; nothing is written then
    :raises PeriodClosed: if the registers are closed on the day of the accession
    :raises NonceReused: if the act's number did something else before
    """
    school = accession.school
    lock_books(school)
    if done := act.done(school):
        there = Copy.objects.filter(school=school, pk__in=done.details["copies"])
        return list(there.select_related("holding__title").order_by("pk"))
    entered = list(enter_copies(accession=accession, copies=copies, now=act.now).copies)
    record_act(
        "catalogue.add_title",
        entered[0].holding,
        school=school,
        act=act,
        accession=accession.number,
        copies=[copy.pk for copy in entered],
    )
    return entered


@transaction.atomic
def change_title(
    *,
    holding: Holding,
    changes: Mapping[str, Any],
    by: Account | None,
    now: datetime,
    numbers: Sequence[NewNumber] | None = None,
) -> Holding:
    """Change a title: for everybody while no other school has it, else for this school alone.

    Numbers belong to the union's record: they are changed only while no other school has it.

    :raises TitleRefused: if it would have no name
    """
    if unknown := set(changes) - set(SHARED_FIELDS):
        raise TypeError(f"A title has no {', '.join(sorted(unknown))} to be changed.")
    if "name" in changes and not fold(str(changes["name"])):
        raise TitleRefused(Fault.NO_NAME)
    title = Title.objects.select_for_update(no_key=True).get(pk=holding.title_id)
    holding = Holding.objects.select_related("school").get(pk=holding.pk)
    holding.title = title
    shared = is_shared(holding)
    if shared:
        _change_for_itself(holding, title, changes)
    else:
        _change_for_all(holding, title, changes, numbers)
    index([holding])
    record(
        "catalogue.change_title",
        holding,
        school=holding.school,
        by=by,
        at=now,
        changed=sorted(changes),
        shared=shared,
    )
    return holding


def _change_for_itself(holding: Holding, title: Title, changes: Mapping[str, Any]) -> None:
    own = {name: value for name, value in changes.items() if getattr(title, name) != value}
    kept = {name: value for name, value in holding.changes.items() if name not in changes}
    holding.changes = kept | changes_kept(own)
    holding.save(update_fields=["changes"])


def _change_for_all(
    holding: Holding,
    title: Title,
    changes: Mapping[str, Any],
    numbers: Sequence[NewNumber] | None,
) -> None:
    """Write into the union's record, with what the school had changed for itself before."""
    for name, value in changes.items():
        setattr(title, name, value)
    title.doubt = ""  # somebody has looked
    title.key = key_of(title.name)
    title.save(update_fields=[*changes, "doubt", "key"])
    if numbers is not None:
        title.numbers.all().delete()
        enter_numbers(title, numbers)
    holding.changes = {
        name: value for name, value in holding.changes.items() if name not in changes
    }
    holding.save(update_fields=["changes"])


@transaction.atomic
def change_holding(
    *, holding: Holding, changes: Mapping[str, Any], by: Account | None, now: datetime
) -> Holding:
    """Change a school's class, book number, audience or note of a title.

    A new class without a book number gets the next 种次号; copies move to it in the registers.

    :raises TitleRefused: if the class is unknown, or the call number is another title's
    :raises PeriodClosed: if copies change their main class and the registers are closed today
    """
    if unknown := set(changes) - {*OWN_FIELDS, "clc", "book_number"}:
        raise TypeError(f"A holding has no {', '.join(sorted(unknown))} to be changed.")
    school = holding.school
    lock_books(school)
    holding = Holding.objects.select_related("title", "school").get(pk=holding.pk)
    if {"clc", "book_number"} & set(changes):
        _reclass(holding, changes, now)
    for name in OWN_FIELDS:
        setattr(holding, name, changes.get(name, getattr(holding, name)))
    holding.save()
    index([holding])
    record(
        "catalogue.change_holding",
        holding,
        school=school,
        by=by,
        at=now,
        changed=sorted(changes),
        call_number=holding.call_number,
    )
    return holding


def _reclass(holding: Holding, changes: Mapping[str, Any], now: datetime) -> None:
    clc = str(changes.get("clc", holding.clc)).strip()
    stays = clc == holding.clc
    book_number = str(changes.get("book_number", holding.book_number if stays else "")).strip()
    number = _number_wanted(holding, clc, book_number)
    if number and _is_taken(holding, str(number)):
        raise TitleRefused(Fault.CALL_NUMBER_TAKEN, str(number))
    place(holding, number)
    _move(holding, now)


def _number_wanted(holding: Holding, clc: str, book_number: str) -> CallNumber | None:
    if not clc:
        return None
    if book_number:
        number = rules.read_call_number(f"{clc}/{book_number}")
    else:
        union_clc = holding.title.clc
        wish = Wish(holding.title_id, union_clc=union_clc, clc=rules.class_of(clc) or "?")
        number = call_numbers(school=holding.school, wishes=[wish])[holding.title_id]
    if number is None or not (rules.class_of(clc) or clc == holding.clc or book_number):
        raise TitleRefused(Fault.CLASS_UNKNOWN, clc)
    return number


def _is_taken(holding: Holding, call_number: str) -> bool:
    others = Holding.objects.filter(school=holding.school, call_number=call_number)
    return others.exclude(pk=holding.pk).exists()


def _move(holding: Holding, now: datetime) -> None:
    """Post the copies on the books from the class where they were counted to the new one."""
    letter = rules.main_class_of(holding.clc, holding.title.clc)
    moving = Copy.objects.filter(school=holding.school, holding=holding).on_the_books()
    moving = moving.exclude(posted_class=letter)
    moved = Tally()
    for old, fen in moving.values_list("posted_class", "posted_fen"):
        moved.add(old, -1, -fen)
        moved.add(letter, 1, fen)
    moving.update(posted_class=letter)
    post_correction(school=holding.school, tally=moved, why=Correction.CLASS_CHANGED, now=now)
