"""Take planned books in, through the catalogue's own actions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from shuxiang.catalogue.actions import (
    CopyRefused,
    TakeInRefused,
    change_collection,
    change_copy,
    change_shelf,
    open_accession,
    take_in,
)
from shuxiang.catalogue.models import AccessionBatch, Collection, Copy, Shelf
from shuxiang.catalogue.rules import NewContributor, NewCopy, NewTitle
from shuxiang.formats import price
from shuxiang.interop.excel import responsibility
from shuxiang.interop.excel.book_rows import BookRow
from shuxiang.interop.excel.books import BookPlan
from shuxiang.interop.excel.plan_file import Line
from shuxiang.interop.excel.verdicts import Brought
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School

RAW_FORMAT = "table"
_encoded = json.JSONEncoder(ensure_ascii=False).encode
EXPECTED = (TakeInRefused, CopyRefused)


class BookWriter:
    """Writes the rows of one import: all its new copies stand in one accession."""

    def __init__(
        self,
        *,
        school: School,
        by: Account | None,
        document: str,
        file: str,
        source: str,
        headers: Sequence[Sequence[str]],
    ) -> None:
        self._school = school
        self._by = by
        self._document = document
        self._file = file
        self._source = source
        self._headers = headers
        self._found: AccessionBatch | None = None

    def write(self, lines: Sequence[Line], now: datetime) -> Brought:
        """Do what the plans of some rows say, inside the transaction of who calls.

        :raises TakeInRefused, CopyRefused: what has changed since the plan was made
        """
        brought: Brought = {}
        if new := [copy for line in lines for copy in self._new_copies(line)]:
            accession = self._accession(now)
            take_in(accession=accession, copies=new, by=self._by, now=now)
            brought = {"accessions": [accession.pk]}
        for line in lines:
            if isinstance(line.plan, BookPlan):
                for pk, changes in line.plan.changes:
                    self._change(pk, changes, now)
        return brought

    def _accession(self, now: datetime) -> AccessionBatch:
        """Give the document of this import, opened with its first books."""
        if self._found is None:  # whatever an earlier piece opened may have been rolled back
            documents = AccessionBatch.objects.filter(school=self._school)
            self._found = documents.filter(document=self._document).first()
        return self._found or open_accession(
            school=self._school,
            source=self._source,
            received_on=self._school.day(now),
            document=self._document,
            by=self._by,
            now=now,
        )

    def _new_copies(self, line: Line) -> Iterator[NewCopy]:
        plan = line.plan
        if not isinstance(plan, BookPlan) or not plan.new_copies:
            return
        title = None
        if plan.title is None:
            title = new_title(plan.row, raw=self._raw(line), source=self._file)
        for barcode, number in plan.new_copies:
            yield NewCopy(
                title=title,
                title_id=plan.title,
                barcode=barcode,
                accession_number=number,
                shelf=plan.row.shelf,
                collection=plan.row.collection,
                call_number=plan.row.call_number,
                price_fen=plan.row.price_fen,
            )

    def _raw(self, line: Line) -> str:
        said = zip(self._headers[line.table], line.cells, strict=True)
        return _encoded({title: text for title, text in said if text.strip()})

    def _change(self, pk: int, changes: Mapping[str, Any], now: datetime) -> None:
        values = dict(changes)
        if "shelf" in values:
            values["shelf"] = self._shelf(values["shelf"], now)
        if "collection" in values:
            values["collection"] = self._collection(values["collection"], now)
        copy = Copy.objects.get(school=self._school, pk=pk)
        change_copy(copy=copy, changes=values, by=self._by, now=now)

    def _shelf(self, code: str, now: datetime) -> Shelf:
        found = Shelf.objects.filter(school=self._school, code=code).first()
        return found or change_shelf(school=self._school, code=code, by=self._by, now=now)

    def _collection(self, name: str, now: datetime) -> Collection:
        found = Collection.objects.filter(school=self._school, name=name).first()
        return found or change_collection(school=self._school, name=name, by=self._by, now=now)


def new_title(row: BookRow, *, raw: str, source: str) -> NewTitle:
    """Describe a row's title as the catalogue takes it."""
    read_price = price.read(row.price_text)
    return NewTitle(
        name=row.name,
        subtitle=row.subtitle,
        volume=row.volume,
        series=row.series,
        author=row.author or row.translator,
        contributors=_contributors(row),
        edition=row.edition,
        place=row.place,
        publisher=row.publisher,
        year=row.year,
        published=row.published,
        pages=row.pages,
        price=read_price.amount if read_price.amount is not None else _none_of(row),
        price_text=row.price_text,
        language=row.language,
        clc=row.clc,
        has_pinyin=row.has_pinyin,
        subjects=row.subjects,
        summary=row.summary,
        note=row.note,
        numbers=row.numbers,
        doubt=row.doubts[0].reason if row.doubts else "",
        source=source[:80],
        raw=raw,
        raw_format=RAW_FORMAT,
    )


def _none_of(row: BookRow) -> Decimal | None:
    return None if row.price_fen is None else Decimal(row.price_fen) / 100


def _contributors(row: BookRow) -> tuple[NewContributor, ...]:
    written = responsibility.read(row.author)
    named = {one.name for one in written}
    translators = responsibility.read(row.translator) if row.translator else ()
    return (
        *written,
        *(one._replace(role=one.role or "译") for one in translators if one.name not in named),
    )
