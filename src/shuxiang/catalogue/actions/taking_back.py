"""Take an accession back as if it had never come, while the registers of its day are open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.ledger import lock_books, unpost_income
from shuxiang.catalogue.models import (
    AccessionBatch,
    Contributor,
    Copy,
    Holding,
    IndexCard,
    Title,
    TitleNumber,
)
from shuxiang.catalogue.queries.taking_back import copies_to_take_back
from shuxiang.catalogue.queries.union import slices
from shuxiang.platform.numbers.actions import retire_barcodes
from shuxiang.platform.resting import remove, resting_on
from shuxiang.platform.schools.models import School


@dataclass(frozen=True, kw_only=True)
class AccessionTakenBack:
    """How much went, and how many copies stayed because something rests on them."""

    number: str
    copies: int
    titles: int
    money_fen: int
    stayed: int


def take_accession_back(*, accession: AccessionBatch, now: datetime) -> AccessionTakenBack:
    """Remove the copies of an accession on which nothing rests; part of larger actions.

    With them go the titles that nobody else has, and what the register of income says of them;
    the document too, once it is empty. No number that the library gave is given again.

    :raises PeriodClosed: if the registers are closed on the day of the accession
    """
    school = accession.school
    lock_books(school)
    copies = Copy.objects.filter(school=school, accession=accession)
    list(copies.select_for_update(of=("self",)).values_list("pk"))  # a loan waits, then finds none
    plan = copies_to_take_back(accession)
    facts = copies.values_list("pk", "posted_class", "posted_fen", "barcode", "holding_id")
    going = [row for row in facts if row[0] in plan.going]
    tally = rules.tally((letter, fen) for _pk, letter, fen, _code, _holding in going)
    unpost_income(accession=accession, tally=tally)
    retire_barcodes(school=school, codes=[row[3] for row in going if row[3]], now=now)
    for piece in slices(sorted(plan.going)):
        remove(copies.filter(pk__in=piece))
    titles = _remove_holdings(school, {row[4] for row in going})
    _remove_titles(accession, titles)
    if not plan.stay:
        accession.delete()
    return AccessionTakenBack(
        number=accession.number,
        copies=len(going),
        titles=len(titles),
        money_fen=tally.total.money_fen,
        stayed=len(plan.stay),
    )


def _remove_holdings(school: School, ids: Collection[int]) -> set[int]:
    """Remove those of some holdings on which nothing rests any more, and give their titles."""
    titles: set[int] = set()
    for piece in slices(sorted(ids)):
        holdings = Holding.objects.filter(school=school, pk__in=piece)
        named = resting_on(holdings, apart_from={IndexCard._meta.label})
        resting: frozenset[int] = frozenset().union(*named.values())
        free = holdings.exclude(pk__in=resting)
        titles.update(free.values_list("title_id", flat=True))
        remove(IndexCard.objects.filter(school=school, holding__in=free.values("pk")))
        remove(free)
    return titles


def _remove_titles(accession: AccessionBatch, ids: Collection[int]) -> None:
    """Remove what this accession wrote into the union catalogue, unless a school has it by now."""
    parts = {TitleNumber._meta.label, Contributor._meta.label}
    for piece in slices(sorted(ids)):
        titles = Title.objects.select_for_update().filter(
            pk__in=piece, entered_by=accession.school, entered_at__gte=accession.entered_at
        )
        written = Title.objects.filter(pk__in=list(titles.values_list("pk", flat=True)))
        resting: frozenset[int] = frozenset().union(*resting_on(written, apart_from=parts).values())
        free = Title.objects.filter(pk__in=set(written.values_list("pk", flat=True)) - resting)
        remove(TitleNumber.objects.filter(title__in=free.values("pk")))
        remove(Contributor.objects.filter(title__in=free.values("pk")))
        remove(free)
