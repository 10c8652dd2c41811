"""A new school year is taken back as a whole; with whom something was done since stays as they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuxiang.platform.accounts.actions import reopen, shut
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.numbers.actions import retire_barcodes
from shuxiang.platform.resting import resting_on
from shuxiang.platform.schools.models import School
from shuxiang.readers.actions.cards import take_cards
from shuxiang.readers.actions.joining import check_numbers
from shuxiang.readers.models import Membership, NewYear, Reader, SchoolClass
from shuxiang.readers.queries.new_year import last_year_done, resting_on_year


class YearRests(Exception):
    """Something happened since with readers who were not named; nothing was taken back."""

    def __init__(self, readers: Collection[int]) -> None:
        super().__init__(f"{len(readers)} readers")
        self.readers = frozenset(readers)


class YearNotLast(Exception):
    """Another list was carried out since, or this one was taken back before."""


@transaction.atomic
def undo_year(
    *, year: NewYear, apart_from: Collection[int] = (), by: Account, now: datetime
) -> NewYear:
    """
    Take a new school year back as if it had not begun.

    Readers with whom something was done since stay as they are, if `apart_from` names them all.

    :raises YearNotLast: if another was carried out since, or this one was taken back before
    :raises YearRests: if pupils who came have done something, or those who moved or left were changed
    :raises NumberTaken, CardTaken: if a number of who left names somebody else by now
    """
    school = School.objects.select_for_update(no_key=True).get(pk=year.school_id)
    year = NewYear.objects.select_for_update().get(pk=year.pk)
    if last_year_done(school) != year:
        raise YearNotLast
    stay = resting_on_year(year)
    if not stay <= frozenset(apart_from):
        raise YearRests(stay)
    trace = year.trace | {"stay": sorted(stay)}
    _unjoin(school, set(trace["joined"]) - stay, now)
    _move_back(trace)
    _send_away_again(school, trace, now)
    _take_in_again(school, trace)
    _remove_classes(school, trace["classes"])
    year.trace, year.undone_at = trace, now
    year.save(update_fields=["trace", "undone_at"])
    record("readers.undo_year", year, school=school, by=by, at=now, stay=len(stay))
    return year


def _unjoin(school: School, keys: Collection[int], now: datetime) -> None:
    readers = Reader.objects.filter(school=school, pk__in=keys)
    cards = list(readers.exclude(card="").values_list("card", flat=True))
    retire_barcodes(school=school, codes=cards, now=now)
    Membership.objects.filter(school=school, reader__in=keys).delete()
    readers.delete()


def _move_back(trace: dict[str, Any]) -> None:
    stays = Membership.objects.exclude(reader__in=trace["stay"])
    stays.filter(pk__in=trace["begun"]).delete()
    stays.filter(pk__in=trace["closed"]).update(until_on=None)
    for key, before in trace["turned"]:
        stays.filter(pk=key).update(school_class=before)
    seats: dict[int, int | None] = dict(trace["seats"])
    readers = list(Reader.objects.filter(pk__in=seats.keys() - set(trace["stay"])))
    for one in readers:
        one.seat = seats[one.pk]
    Reader.objects.bulk_update(readers, ["seat"], batch_size=500)


def _send_away_again(school: School, trace: dict[str, Any], now: datetime) -> None:
    """Let who came back be gone as before."""
    before = {key: rest for key, *rest in trace.get("returned", ())}
    keys = before.keys() - set(trace["stay"])
    readers = list(Reader.objects.filter(school=school, pk__in=keys))
    retire_barcodes(school=school, codes=[one.card for one in readers if one.card], now=now)
    for one in readers:
        left_on, one.card = before[one.pk]
        one.left_on = date.fromisoformat(left_on)
    Reader.objects.bulk_update(readers, ["card", "left_on"], batch_size=500)
    shut(*_accounts(readers, trace.get("reopened", ())))


def _take_in_again(school: School, trace: dict[str, Any]) -> None:
    keys = set(trace["left"]) - set(trace["stay"])
    back = list(Reader.objects.filter(school=school, pk__in=keys))
    check_numbers(school, [one.number for one in back])
    take_cards(school, [one.card for one in back if one.card])
    Reader.objects.filter(pk__in=keys).update(left_on=None)
    Membership.objects.filter(pk__in=trace["ended"], reader__in=keys).update(until_on=None)
    reopen(*_accounts(back, trace["shut"]))


def _accounts(readers: Collection[Reader], among: Collection[int]) -> list[int]:
    return [one.account_id for one in readers if one.account_id and one.account_id in set(among)]


def _remove_classes(school: School, keys: Collection[int]) -> None:
    """Remove the classes that were made, unless something rests on one."""
    made = SchoolClass.objects.filter(school=school, pk__in=keys)
    in_use = frozenset[int]().union(*resting_on(made).values())
    made.exclude(pk__in=in_use).delete()
