"""What a school has, as the import compares a file with it. Reads only, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict

from shuxiang.catalogue.models import Copy, Holding, TitleNumber
from shuxiang.catalogue.rules import Identity, identity
from shuxiang.interop.excel.books import KnownCopy, Stock
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School


def stock_of(school: School) -> Stock:
    """Read all copies and titles of a school, withdrawn ones too."""
    copies = _copies(school)
    return Stock(
        by_barcode={copy.barcode: copy for copy in copies if copy.barcode},
        by_number={copy.accession_number: copy for copy in copies},
        titles=_titles(school),
        counts=Counter(copy.title for copy in copies),
        cards=frozenset(
            Barcode.objects.filter(
                school=school, kind=Barcode.Kind.READER, retired_at=None
            ).values_list("code", flat=True)
        ),
        call_numbers=dict(
            Holding.objects.filter(school=school)
            .exclude(call_number="")
            .values_list("call_number", "title_id")
        ),
    )


def _copies(school: School) -> list[KnownCopy]:
    """List the withdrawn ones first: a barcode that was given again names the living copy."""
    found = Copy.objects.filter(school=school).values_list(
        "pk",
        "holding__title_id",
        "barcode",
        "accession_number",
        "shelf__code",
        "collection__name",
        "price_fen",
        "withdrawal_id",
    )
    copies = [
        KnownCopy(
            pk=pk,
            title=title,
            barcode=barcode,
            accession_number=number,
            shelf=shelf or "",
            collection=collection or "",
            price_fen=price_fen,
            is_withdrawn=withdrawal is not None,
        )
        for pk, title, barcode, number, shelf, collection, price_fen, withdrawal in found
    ]
    return sorted(copies, key=lambda copy: not copy.is_withdrawn)


def _titles(school: School) -> dict[int, Identity]:
    isbns: dict[int, set[str]] = defaultdict(set)
    numbers = TitleNumber.objects.filter(title__holdings__school=school, kind=TitleNumber.Kind.ISBN)
    for title, value in numbers.values_list("title_id", "value"):
        isbns[title].add(value)
    found = Holding.objects.filter(school=school).values_list(
        "title_id",
        "title__name",
        "title__volume",
        "title__author",
        "title__publisher",
        "title__year",
    )
    return {
        pk: identity(
            name=name,
            volume=volume,
            author=author,
            publisher=publisher,
            year=year,
            isbns=isbns[pk],
        )
        for pk, name, volume, author, publisher, year in found
    }
