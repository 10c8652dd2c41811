"""What must never be in the catalogue, looked for by `check-data`. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Concat

from shuxiang.catalogue import rules
from shuxiang.catalogue.models import AccessionBatch, Copy, Holding, Posting, WithdrawalBatch
from shuxiang.catalogue.queries.filing import wrongly_filed
from shuxiang.formats import money
from shuxiang.platform.invariants import Broken
from shuxiang.platform.numbers.models import Barcode, Sequence
from shuxiang.platform.schools.models import School

EXAMPLES = 5


def broken_invariants(school: School) -> list[Broken]:
    """Find copies, numbers and postings that contradict each other."""
    found = [
        *_by_query(school),
        *_ledger(school),
        *_documents(school),
        *_above_sequence(school),
        wrongly_filed(school),
    ]
    return [broken for broken in found if broken.count]


def _by_query(school: School) -> Iterator[Broken]:
    for code, rows in {**_numbers(school), **_rows(school)}.items():
        keys = rows.order_by()
        yield Broken(code=code, count=keys.count(), examples=tuple(map(str, keys[:EXAMPLES])))


def _numbers(school: School) -> dict[str, QuerySet[Any, Any]]:
    copies = Copy.objects.filter(school=school)
    living = copies.exclude(standing="withdrawn")
    labelled = living.exclude(barcode="")
    labels = Barcode.objects.filter(school=school, kind=Barcode.Kind.COPY, retired_at=None)
    called = Holding.objects.filter(school=school).exclude(call_number="")
    made = Concat(F("clc"), Value("/"), F("book_number"), output_field=CharField(max_length=100))
    return {
        "barcode_not_registered": labelled.filter(
            ~Exists(labels.filter(code=OuterRef("barcode")))
        ).values_list("barcode", flat=True),
        # Not asked label by label: no index holds the copies that a barcode of none could be on.
        "barcode_of_no_copy": labels.exclude(code__in=labelled.values("barcode")).values_list(
            "code", flat=True
        ),
        "barcode_twice": _twice(labelled, "barcode"),
        "accession_number_twice": _twice(copies, "accession_number"),
        "call_number_twice": _twice(called, "call_number"),
        "call_number_in_disorder": called.exclude(call_number=made).values_list(
            "call_number", flat=True
        ),
    }


def _twice(rows: QuerySet[Any, Any], name: str) -> QuerySet[Any, Any]:
    counted = rows.values(name).order_by().annotate(n=Count("pk"))
    twice: QuerySet[Any, Any] = counted.filter(n__gt=1).values_list(name, flat=True)
    return twice


def _rows(school: School) -> dict[str, QuerySet[Any, Any]]:
    copies = Copy.objects.filter(school=school)
    found = {
        "withdrawn_without_document": copies.filter(
            Q(standing="withdrawn", withdrawal=None)
            | ~Q(standing="withdrawn") & Q(withdrawal__isnull=False)
        ),
        "price_not_posted": copies.exclude(standing="withdrawn").exclude(
            posted_fen=Coalesce("price_fen", 0)
        ),
        "copy_of_another_school": copies.exclude(holding__school=school, accession__school=school),
    }
    return {code: rows.values_list("accession_number", flat=True) for code, rows in found.items()}


def _ledger(school: School) -> Iterator[Broken]:
    """Compare, class by class, the postings with the copies on the books."""
    posted = Posting.objects.filter(school=school).values("clc").order_by()
    books = {
        row["clc"]: (row["n"], row["fen"])
        for row in posted.annotate(n=Sum("copies"), fen=Sum("money_fen"))
    }
    there = Copy.objects.filter(school=school).on_the_books().values("posted_class").order_by()
    stock = {
        row["posted_class"]: (row["n"], row["fen"])
        for row in there.annotate(n=Count("pk"), fen=Sum("posted_fen"))
    }
    apart = [
        f"{letter or '?'}: {_amount(*books.get(letter, (0, 0)))} ≠ {_amount(*stock.get(letter, (0, 0)))}"
        for letter in sorted({*books, *stock})
        if books.get(letter, (0, 0)) != stock.get(letter, (0, 0))
    ]
    yield Broken(
        code="postings_differ_from_stock", count=len(apart), examples=tuple(apart[:EXAMPLES])
    )


def _amount(copies: int, fen: int) -> str:
    return f"{copies} / {money.to_text(fen)}"


def _documents(school: School) -> Iterator[Broken]:
    """Compare each document with the copies that name it."""
    kinds: dict[str, type[AccessionBatch] | type[WithdrawalBatch]] = {
        "accession": AccessionBatch,
        "withdrawal": WithdrawalBatch,
    }
    for kind, document in kinds.items():
        lines = Posting.objects.filter(school=school, **{f"{kind}__isnull": False}).order_by()
        posted = dict(lines.values(kind).annotate(n=Sum("copies")).values_list(kind, "n"))
        named = Copy.objects.filter(school=school, **{f"{kind}__isnull": False}).order_by()
        counted = dict(named.values(kind).annotate(n=Count("pk")).values_list(kind, "n"))
        apart = [pk for pk in {*posted, *counted} if abs(posted.get(pk, 0)) != counted.get(pk, 0)]
        numbers = document.objects.filter(school=school, pk__in=apart[:EXAMPLES])
        yield Broken(
            code=f"{kind}_differs_from_copies",
            count=len(apart),
            examples=tuple(numbers.order_by("pk").values_list("number", flat=True)),
        )


def _above_sequence(school: School) -> Iterator[Broken]:
    """Find numbers that the sequence would give a second time."""
    last = Sequence.objects.filter(school=school, name=rules.ACCESSION_NUMBERS).first()
    reached = last.last if last else 0
    above = [
        text
        for text in Copy.objects.filter(school=school)
        .order_by("pk")
        .values_list("accession_number", flat=True)
        .iterator()
        if (number := rules.running_number(text)) is not None and number > reached
    ]
    yield Broken(
        code="accession_number_above_sequence",
        count=len(above),
        examples=tuple(above[:EXAMPLES]),
    )
