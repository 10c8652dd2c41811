"""Find a copy by what a scanner reads, and titles by what a person types. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from django.db.models import Count, Q, QuerySet

from shuxiang.catalogue.models import Copy, FormerBarcode, Holding, TitleNumber
from shuxiang.catalogue.queries.search import fetch, search
from shuxiang.formats.text import TooLong, fold, scan_code
from shuxiang.platform.schools.models import School


def _copies(school: School) -> QuerySet[Copy]:
    found: QuerySet[Copy] = Copy.objects.filter(school=school)
    return found.select_related("holding__title", "shelf", "collection")


def copy_by_code(school: School, code: str) -> Copy | None:
    """Find a copy by barcode, else by accession number, else by a barcode it wore once."""
    try:
        plain = scan_code(code)
    except TooLong:
        return None
    if not plain:
        return None
    copies = _copies(school)
    return (
        copies.exclude(standing="withdrawn").filter(barcode=plain).first()
        or copies.filter(accession_number=plain).first()
        or _by_former_barcode(school, plain)
    )


def _by_former_barcode(school: School, code: str) -> Copy | None:
    """Find who wore a barcode last: a withdrawn copy keeps its own in its row."""
    copies = _copies(school)
    former = (
        FormerBarcode.objects.filter(school=school, code=code).order_by("-until", "-id").first()
    )
    if former:
        return copies.get(pk=former.copy_id)
    return copies.filter(barcode=code).order_by("-withdrawal_id", "-id").first()


def copies_by_isbn(school: School, isbn13: str) -> list[Copy]:
    """List the copies on the books whose title bears an ISBN, in the order of their numbers."""
    titles = TitleNumber.objects.filter(value=isbn13, kind="isbn").values("title")
    found = _copies(school).filter(holding__title__in=titles).exclude(standing="withdrawn")
    return list(found.order_by("accession_number", "id"))


def find_titles(school: School, text: str, limit: int) -> list[Holding]:
    """List the titles of a school that answer to what was typed, the closest first; without words the first shelves."""
    return list(see_catalogue(school=school, text=text)[:limit])


class Ranked(Sequence[Holding]):
    """Titles in the order in which a search found them; each page fetches its own."""

    def __init__(self, school: School, keys: Sequence[int]) -> None:
        self._school = school
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> Holding: ...

    @overload
    def __getitem__(self, at: slice) -> list[Holding]: ...

    def __getitem__(self, at: int | slice) -> Holding | list[Holding]:
        if isinstance(at, slice):
            return fetch(self._school, self._keys[at])
        return fetch(self._school, [self._keys[at]])[0]


def see_catalogue(
    *, school: School, text: str = "", clc: str = "", shelf: int | None = None, lacking: str = ""
) -> Ranked | QuerySet[Holding]:
    """List the titles of a school for its staff, in pages of the caller's choice.

    Without words in the order of the shelves. `lacking` keeps those that need a hand: their record,
    their class, or the label of a copy.
    """
    found = Holding.objects.filter(school=school)
    if clc:
        found = found.filter(clc__startswith=clc)
    if shelf is not None:
        on_it = Copy.objects.filter(school=school, shelf=shelf).exclude(standing="withdrawn")
        found = found.filter(pk__in=on_it.values("holding"))
    if lacking:
        found = found.filter(_lacks(school)[lacking])
    if not fold(text):
        return found.select_related("title").order_by("call_sort", "id")
    hits = search(school=school, text=text).holdings
    kept = {*found.filter(pk__in=hits).values_list("pk", flat=True)}
    return Ranked(school, [key for key in hits if key in kept])


def _lacks(school: School) -> dict[str, Q]:
    bare = Copy.objects.filter(school=school, barcode="").exclude(standing="withdrawn")
    return {
        "record": ~Q(title__doubt=""),
        "class": Q(call_number=""),
        "label": Q(pk__in=bare.values("holding")),
    }


def lacking_counts(school: School) -> dict[str, int]:
    """Count the titles that need a hand, by what they lack."""
    holdings = Holding.objects.filter(school=school)
    return {what: holdings.filter(lacks).count() for what, lacks in _lacks(school).items()}


def stock_counts(school: School) -> tuple[int, int]:
    """Count the titles that have a copy on the books, and the copies."""
    there: QuerySet[Copy] = Copy.objects.filter(school=school).exclude(standing="withdrawn")
    counted = there.aggregate(titles=Count("holding", distinct=True), copies=Count("pk"))
    return counted["titles"], counted["copies"]


def to_be_shelved(school: School) -> list[Copy]:
    """List the copies that wait to be shelved, as one walks along the shelves."""
    waiting = _copies(school).filter(standing__in=("to_be_shelved", "in_process"))
    return list(waiting.order_by("shelf__code", "holding__call_sort", "accession_number", "id"))
