"""Which copies wear no label yet, and to which ones labels were given. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from shuxiang.catalogue.models import Copy
from shuxiang.formats.text import TooLong, scan_code
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School

LATEST = 30


@dataclass(frozen=True, slots=True)
class LabelsGiven:
    """One act of giving labels; `count` copies got `first` to `last`."""

    entry: Entry
    count: int
    first: str
    last: str


def without_label(school: School) -> QuerySet[Copy]:
    """List the copies on the books that have no label yet, in the order of their numbers."""
    return _in_order(school).filter(barcode="")


def numbered(school: School, first: str, last: str) -> QuerySet[Copy]:
    """List the copies from one number to another: by barcode, or by accession number if none fits.

    Both must be written alike, as TSG000101 and TSG000200; else nothing is found.
    """
    try:
        first, last = scan_code(first), scan_code(last)
    except TooLong:
        return Copy.objects.none()
    if not first or len(first) != len(last) or not _differ_in_digits(first, last):
        return Copy.objects.none()
    barcodes = _span(school, "barcode", first, last)
    return barcodes if barcodes.exists() else _span(school, "accession_number", first, last)


def _differ_in_digits(first: str, last: str) -> bool:
    """Tell whether two numbers differ only in their last digits, so that every collation agrees."""
    same = next(
        (at for at, pair in enumerate(zip(first, last, strict=True)) if len(set(pair)) > 1), 0
    )
    return first == last or (first[same:] + last[same:]).isdigit()


def _span(school: School, name: str, first: str, last: str) -> QuerySet[Copy]:
    within = Q(**{f"{name}__gte": first, f"{name}__lte": last, "length": len(first)})
    return _in_order(school).annotate(length=Length(name)).filter(within)


def _in_order(school: School) -> QuerySet[Copy]:
    living = Copy.objects.filter(school=school).on_the_books()
    return living.select_related("holding__title").order_by("accession_number", "id")


def labels_given(school: School, limit: int) -> list[LabelsGiven]:
    """List the latest acts of giving labels, without those that were taken back; two queries."""
    entries = Entry.objects.filter(school=school).order_by("-id")
    taken = entries.filter(verb="catalogue.take_labels_back")[:LATEST]
    gone = {entry.details["given"] for entry in taken}
    given = entries.filter(verb="catalogue.give_labels").select_related("by")[:LATEST]
    return [_told(entry) for entry in given if entry.pk not in gone][:limit]


def _told(entry: Entry) -> LabelsGiven:
    codes = entry.details["codes"]
    return LabelsGiven(entry, len(codes), codes[0], codes[-1])


def copies_labelled(school: School, given: int) -> QuerySet[Copy]:
    """List the copies to which an act gave their labels."""
    entry = Entry.objects.filter(school=school, verb="catalogue.give_labels", pk=given).first()
    return _in_order(school).filter(pk__in=entry.details["copies"] if entry else ())
