"""Give copies the numbers that their labels will bear, and take such numbers back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from shuxiang.catalogue import rules
from shuxiang.catalogue.actions.ledger import lock_books
from shuxiang.catalogue.models import Copy, FormerBarcode
from shuxiang.catalogue.queries.admission import barcode_kinds
from shuxiang.catalogue.queries.union import slices
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.numbers.actions import give_numbers, retire_barcode, take_barcodes
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School

ROWS_A_STATEMENT = 500


@transaction.atomic
def give_labels(
    *, school: School, copies: Iterable[Copy], by: Account | None, now: datetime
) -> Entry | None:
    """Give a barcode to each copy that has no label yet; none needed one: nothing is written.

    The barcode is the accession number, which then stands on the book as in the register. Where that
    names something else, or no scanner could send it, a number of the school's own row of labels is given.
    The entry names the copies, so that just these can be printed again or taken back.
    """
    lock_books(school)
    bare = _bare([copy.pk for copy in copies], school)
    if not bare:
        return None
    for copy, code in zip(bare, _codes(school, bare), strict=True):
        copy.barcode = code
    for piece in slices(copy.barcode for copy in bare):
        take_barcodes(school=school, codes=piece, kind=Barcode.Kind.COPY)
    Copy.objects.bulk_update(bare, ["barcode"], batch_size=ROWS_A_STATEMENT)
    return record(
        "catalogue.give_labels",
        bare[0] if len(bare) == 1 else None,
        school=school,
        by=by,
        at=now,
        copies=[copy.pk for copy in bare],
        codes=[copy.barcode for copy in bare],
    )


@transaction.atomic
def take_labels_back(
    *, school: School, given: Entry, by: Account | None, now: datetime
) -> list[Copy]:
    """Take back the barcodes that one act gave, where the copy still wears that one.

    A label that is on a book already finds it still, as one that the copy wore once.
    """
    lock_books(school)
    codes = dict(zip(given.details["copies"], given.details["codes"], strict=True))
    wearing = [copy for copy in _of(list(codes), school) if copy.barcode == codes[copy.pk]]
    if not wearing:
        return []
    for copy in wearing:
        retire_barcode(school=school, code=copy.barcode, now=now)
        copy.barcode = ""
    FormerBarcode.objects.bulk_create(
        FormerBarcode(school=school, copy=copy, code=codes[copy.pk], until=now) for copy in wearing
    )
    Copy.objects.bulk_update(wearing, ["barcode"], batch_size=ROWS_A_STATEMENT)
    record(
        "catalogue.take_labels_back",
        None,
        school=school,
        by=by,
        at=now,
        given=given.pk,
        copies=[copy.pk for copy in wearing],
    )
    return wearing


def _bare(keys: Sequence[int], school: School) -> list[Copy]:
    return [copy for copy in _of(keys, school) if not copy.barcode]


def _of(keys: Sequence[int], school: School) -> list[Copy]:
    living = Copy.objects.filter(school=school).on_the_books()
    found = [copy for piece in slices(keys) for copy in living.filter(pk__in=piece)]
    return sorted(found, key=lambda copy: (copy.accession_number, copy.pk))


def _codes(school: School, copies: Sequence[Copy]) -> list[str]:
    """Choose a barcode for each copy that names nothing else, living or gone."""
    owners = {
        copy.accession_number: copy.pk
        for copy in copies
        if rules.can_be_a_barcode(copy.accession_number)
    }
    free = set(owners) - set(barcode_kinds(school=school, codes=owners))
    free -= _worn_by_others(school, owners)
    codes = [copy.accession_number if copy.accession_number in free else "" for copy in copies]
    fresh = _fresh(school, codes.count(""))
    return [code or next(fresh) for code in codes]


def _worn_by_others(school: School, owners: Mapping[str, int]) -> set[str]:
    """List the numbers that other copies wore once: their old labels may still be on them."""
    former = FormerBarcode.objects.filter(school=school)
    worn = [
        row
        for piece in slices(owners)
        for row in former.filter(code__in=piece).values_list("code", "copy_id")
    ]
    return {code for code, key in worn if owners[code] != key}


def _fresh(school: School, count: int) -> Iterator[str]:
    """Give numbers of the school's own row of labels, passing over those that mean something."""
    while count:
        numbers = give_numbers(school=school, name=rules.LABEL_NUMBERS, count=count)
        codes = [rules.label_text(number) for number in numbers]
        known = _known(school, codes)
        free = [code for code in codes if code not in known]
        yield from free
        count -= len(free)


def _known(school: School, codes: Sequence[str]) -> set[str]:
    """Tell which numbers name something, or did once."""
    known = set(barcode_kinds(school=school, codes=codes))
    copies = Copy.objects.filter(school=school)
    for piece in slices(codes):
        alike = copies.filter(Q(barcode__in=piece) | Q(accession_number__in=piece))
        known.update(
            code for pair in alike.values_list("barcode", "accession_number") for code in pair
        )
        former = FormerBarcode.objects.filter(school=school, code__in=piece)
        known.update(former.values_list("code", flat=True))
    return known
