"""Make the demo school large: invented titles, copies and readers, and loans of past years.

Titles and readers come in as they do in life; past loans, which are many, by SQL, and a million titles in bulk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice

from django.db import connection, transaction
from django_scopes import scope

from bench.parts.floor import Pair
from shuxiang.catalogue import rules
from shuxiang.catalogue.actions import open_accession, take_in
from shuxiang.catalogue.actions.cataloguing import fitting, key_of
from shuxiang.catalogue.actions.classing import place
from shuxiang.catalogue.actions.indexing import index
from shuxiang.catalogue.models import Copy, Holding, Shelf, Title, TitleNumber
from shuxiang.catalogue.rules import NewCopy, NewTitle
from shuxiang.circulation.models import Loan
from shuxiang.clockwork.retention import forget
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.database.statistics import renew_statistics
from shuxiang.platform.schools.models import School
from shuxiang.readers.actions import add_readers
from shuxiang.readers.models import Membership, Reader, SchoolClass
from shuxiang.readers.rules import NewReader
from tests.search.corpus import further_titles, library

AT_ONCE = 5_000
READERS = 3_000
FIRST_COPY = 3_000_000
FIRST_CARD = 70_000_000
HEADER = ["条码", "书名", "卷册", "丛书", "作者", "出版社", "出版年", "ISBN", "索书号", "册数"]

PAST_LOANS = """
INSERT INTO circulation_loan (school_id, copy_id, reader_id, reader_category, kind, channel,
  lent_at, lent_on, due_on, renewals, returned_at, returned_on)
WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n < %s)
SELECT %s, %s + n %% %s, %s + n %% %s, 'pupil', 'home', 'desk', {moment} '2025-03-03 02:20:00+00:00',
  {day} '2025-03-03', {day} '2025-03-17', 0, {moment} '2025-03-10 02:20:00+00:00', {day} '2025-03-10'
FROM series
"""
PAST_ACTS = """
INSERT INTO audit_entry (school_id, verb, subject_label, subject_id, by_id, at, place, nonce,
  digest, details)
SELECT school_id, %s, 'circulation.Loan', id, %s, lent_at, '1', '', '', '{}'
FROM circulation_loan WHERE id > %s
"""
LAST_ENTRY = """
INSERT INTO audit_entry (school_id, verb, subject_label, by_id, at, place, nonce, digest, details)
VALUES (%s, 'bench.enlarge', '', %s, %s, '', '', '', '{}')
"""


def titles() -> int:
    """Count the titles that the school has."""
    with scope(school=School.objects.get()):
        count = int(Holding.objects.count())
    connection.close()
    return count


def list_of_books(count: int) -> Iterator[Sequence[object]]:
    """Give the rows of a ledger, its header first: so many copies, each of a title of its own."""
    yield HEADER
    titles = [copy.title for copy in library(count) if copy.title]
    for number, title in enumerate(titles):
        yield (
            str(FIRST_COPY + number), title.name, title.volume, title.series,
            title.author, title.publisher, title.year, next((one.value for one in title.numbers), ""),
            f"{title.clc}/{number + 1}", 1,
        )  # fmt: skip


def add_second_copies() -> None:
    """Take in one more copy of every title of the ledger."""
    with scope(school=School.objects.get()):
        copies = Copy.objects.filter(barcode__gte=str(FIRST_COPY)).order_by("pk")
        titles = list(copies.values_list("holding__title_id", flat=True))
    take_in_titles(
        [
            NewCopy(title_id=title, barcode=str(FIRST_COPY + len(titles) + number))
            for number, title in enumerate(titles)
        ]
    )


def take_in_titles(copies: Sequence[NewCopy]) -> None:
    """Enter titles through the action, some thousand at a time."""
    school, now = School.objects.get(), datetime.now(UTC)
    with scope(school=school):
        accession = open_accession(
            school=school, source="opening", received_on=school.day(now), by=None, now=now
        )
        for first in range(0, len(copies), AT_ONCE):
            take_in(accession=accession, copies=copies[first : first + AT_ONCE], by=None, now=now)
        renew_statistics()
    connection.close()


def fill_catalogue(count: int) -> None:
    """Write so many further titles, one copy of each, straight into the tables, and file them as every act does.

    What an import does beyond that would take an hour for a million; the index is the same.
    """
    school, now = School.objects.get(), datetime.now(UTC)
    with scope(school=school):
        accession = open_accession(
            school=school, source="opening", received_on=school.day(now), by=None, now=now
        )
        shelves = [*Shelf.objects.values_list("pk", flat=True)]
        for piece in _pieces(further_titles(count)):
            with transaction.atomic():
                holdings = _enter(school, piece, now)
                Copy.objects.bulk_create(
                    Copy(
                        school=school,
                        holding=holding,
                        accession=accession,
                        accession_number=f"F{holding.pk}",
                        shelf_id=shelves[holding.pk % len(shelves)],
                    )
                    for holding in holdings
                )
        renew_statistics()
    connection.close()


def _title(new: NewTitle, school: School, now: datetime) -> Title:
    book = fitting(new)
    said = book._asdict()
    del said["contributors"], said["numbers"]
    return Title(**said, key=key_of(book.name), entered_by=school, entered_at=now)


def _enter(school: School, wanted: Sequence[NewTitle], now: datetime) -> list[Holding]:
    titles = Title.objects.bulk_create(_title(new, school, now) for new in wanted)
    TitleNumber.objects.bulk_create(
        TitleNumber(title=title, kind=number.kind, value=number.value)
        for title, new in zip(titles, wanted, strict=True)
        for number in new.numbers
    )
    holdings = [Holding(school=school, title=title, clc=title.clc) for title in titles]
    for holding in holdings:
        place(holding, rules.read_call_number(f"{holding.clc}/F{holding.title_id}"))
    index(Holding.objects.bulk_create(holdings))
    return holdings


def _pieces(titles: Iterator[NewTitle]) -> Iterator[list[NewTitle]]:
    while piece := list(islice(titles, AT_ONCE)):
        yield piece


def add_pupils() -> None:
    """Add readers until there are three thousand."""
    school, now = School.objects.get(), datetime.now(UTC)
    with scope(school=school):
        classes = list(SchoolClass.objects.order_by("pk"))
        new = [
            NewReader(
                name=f"学生{n}",
                category="pupil",
                card=str(FIRST_CARD + n),
                joined_on=date(2024, 9, 1),
                school_class=classes[n % len(classes)].pk,
            )
            for n in range(READERS - Reader.objects.count())
        ]
        if new:
            add_readers(school=school, readers=new, by=None, now=now)
    connection.close()


def lend_in_the_past(loans: int, *, named: bool = False) -> None:
    """Add so many loans of an earlier year, each with its two entries in the audit, as the next night leaves them.

    If they are `named`, that night has not come: they still say who had the books.
    """
    school, by = School.objects.get(), Account.objects.get(username="zhoumin").pk
    now = datetime.now(UTC)
    typed = connection.vendor == "postgresql"
    past = PAST_LOANS.format(moment="timestamptz" if typed else "", day="date" if typed else "")
    with scope(school=school), connection.cursor() as cursor:
        copies = Copy.objects.filter(barcode__gte=str(FIRST_COPY)).order_by("pk")
        pupils = Reader.objects.filter(card__gte=str(FIRST_CARD)).order_by("pk")
        span = [copies[0].pk, copies.count(), pupils[0].pk, pupils.count()]
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM circulation_loan")
        before = cursor.fetchone()[0]
        cursor.execute(past, [loans - 1, school.pk, *span])
        for verb in ("circulation.lend", "circulation.take_back"):
            cursor.execute(PAST_ACTS, [verb, by, before])
        cursor.execute(LAST_ENTRY, [school.pk, by, now])
        if not named:
            forget(school, now)
        renew_statistics()
    connection.close()


def settle() -> None:
    """Have PostgreSQL tidy up after an import at once, as it does by itself, beside other work, in the minutes after it."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    connection.close()


def any_pair() -> Pair:
    """Find a pupil with nothing out and a copy that is in."""
    with scope(school=School.objects.get()):
        out = Loan.objects.on_hand()
        pupils = Reader.objects.filter(category="pupil", left_on=None).exclude(
            pk__in=out.values("reader")
        )
        copies = Copy.objects.filter(standing="on_shelf", collection=None).exclude(
            pk__in=out.values("copy")
        )
        pair = (pupils[0].pk, copies[0].barcode)
    connection.close()
    return pair


def one_class(count: int) -> tuple[int, list[tuple[int, str]]]:
    """Find a class with so many of the added pupils; give its key and theirs, each with the card."""
    with scope(school=School.objects.get()):
        school_class = SchoolClass.objects.order_by("pk")[0]
        places = Membership.objects.filter(school_class=school_class, until_on=None)
        pupils = Reader.objects.filter(pk__in=places.values("reader"), card__gte=str(FIRST_CARD))
        found = (school_class.pk, list(pupils.order_by("pk").values_list("pk", "card")[:count]))
    connection.close()
    return found


def free_pairs(count: int) -> list[Pair]:
    """Take readers, round and round, each with a copy of their own that is in."""
    with scope(school=School.objects.get()):
        out = Loan.objects.on_hand()
        pupils = Reader.objects.filter(card__gte=str(FIRST_CARD), category="pupil")
        copies = Copy.objects.filter(barcode__gte=str(FIRST_COPY))
        keys = list(
            pupils.exclude(pk__in=out.values("reader")).order_by("pk").values_list("pk", flat=True)
        )
        codes = list(
            copies.exclude(pk__in=out.values("copy"))
            .order_by("pk")
            .values_list("barcode", flat=True)
        )
    connection.close()
    apart = len(codes) // count
    return [(keys[n % len(keys)], codes[n * apart]) for n in range(count)]
