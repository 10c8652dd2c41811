"""Find a copy by what a scanner reads, and titles by what a person types. Reads only."""

from __future__ import annotations

import re

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from shuxiang.catalogue.models import Copy, FormerBarcode, Holding, TitleNumber
from shuxiang.formats import isbn
from shuxiang.formats.text import TooLong, fold, match_key, scan_code
from shuxiang.platform.schools.models import School

SHORTEST_NUMBER = 4  # of digits typed, before ISBNs and barcodes are looked through
SHORTEST_INSIDE = 3  # of letters typed, before they may stand inside a reading
LONGEST_QUESTION = 200


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
    """List the titles of a school that answer to what was typed, the closest first."""
    return list(matching(school, text)[:limit])


def matching(school: School, text: str) -> QuerySet[Holding]:
    """Find titles by name, author, series, pinyin, initials, ISBN, call number or barcode.

    Of several words each must be found. Without words: all titles, in the order of the shelves.
    """
    found = Holding.objects.filter(school=school).select_related("title")
    plain = fold(text[:LONGEST_QUESTION])
    for word in plain.split():
        found = found.filter(_says(school, word))
    if not plain:
        return found.order_by("call_sort", "id")
    return found.annotate(nearness=_nearness(plain)).order_by("nearness", "title__key", "id")


def _says(school: School, word: str) -> Q:
    """Ask whether a title answers to one word."""
    asked = (
        Q(title__author__icontains=word)
        | Q(title__series__icontains=word)
        | Q(call_number__istartswith=word)
        | Q(changes__name__icontains=word)
        | Q(changes__author__icontains=word)
    )
    if key := match_key(word):
        asked |= Q(title__key__contains=key)
    if re.fullmatch(r"[a-z0-9]+", key) and not key.isdigit():
        asked |= Q(title__pinyin__contains=key if len(key) >= SHORTEST_INSIDE else f" {key}")
    if len(key) >= SHORTEST_NUMBER and key.isascii():
        asked |= _bears(school, word)
    return asked


def _bears(school: School, word: str) -> Q:
    """Ask whether a title has an ISBN, or a copy a number, that begins with what was typed."""
    try:
        code = scan_code(word)
        number = isbn.read(word)
    except (TooLong, isbn.LostDigits):
        return Q()
    value = (number.isbn13 or number.text) if number else code
    numbers = TitleNumber.objects.filter(Q(value__startswith=value) | Q(written__startswith=word))
    copies = Copy.objects.filter(
        Q(barcode__startswith=code) | Q(accession_number__startswith=code), school=school
    )
    return Q(title__in=numbers.values("title")) | Q(pk__in=copies.values("holding"))


def _nearness(plain: str) -> Case:
    key = match_key(plain)
    return Case(
        When(title__key=key, then=Value(0)),
        When(title__key__startswith=key, then=Value(1)),
        When(title__pinyin__contains=f" {key}", then=Value(2)),
        When(title__key__contains=key, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )


def see_catalogue(
    *, school: School, text: str = "", clc: str = "", shelf: int | None = None, lacking: str = ""
) -> QuerySet[Holding]:
    """List the titles of a school for its staff, in pages of the caller's choice.

    `lacking` keeps those that need a hand: their record, their class, or the label of a copy.
    """
    found = matching(school, text)
    if clc:
        found = found.filter(clc__startswith=clc)
    if shelf is not None:
        on_it = Copy.objects.filter(school=school, shelf=shelf).exclude(standing="withdrawn")
        found = found.filter(pk__in=on_it.values("holding"))
    if lacking:
        found = found.filter(_lacks(school)[lacking])
    return found


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
