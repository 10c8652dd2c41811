"""Make the demo school large: invented titles, copies and readers, and loans of past years.

Titles, copies and readers come in through the actions; past loans, which are many, by SQL.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

from django.db import connection
from django_scopes import scope

from shuxiang.catalogue.actions import open_accession, take_in
from shuxiang.catalogue.models import Copy
from shuxiang.catalogue.rules import NewCopy, NewTitle
from shuxiang.platform.schools.models import School
from shuxiang.readers.actions import add_readers
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.rules import NewReader

AT_ONCE = 5_000
FIRST_COPY = 3_000_000
FIRST_CARD = 70_000_000
FIRST, SECOND = (
    "春夏秋冬山水风云日月星海江河湖林花鸟虫鱼",
    "记传歌谣故事童话游戏奇遇日记寻访问答图说",
)
CLASSES = ("I287.45", "I287.7", "K248", "Q95-49", "O4-49", "H194.1", "B821", "G634")

PAST_LOANS = """
INSERT INTO circulation_loan (school_id, copy_id, reader_id, reader_category, kind, channel,
  lent_at, lent_on, due_on, renewals, returned_at, returned_on)
WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n < %s)
SELECT %s, %s + n %% %s, %s + n %% %s, 'pupil', 'home', 'desk', '2025-03-03 02:20:00+00:00',
  '2025-03-03', '2025-03-17', 0, '2025-03-10 02:20:00+00:00', '2025-03-10'
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


def enlarge(school: School, *, titles: int, copies: int, readers: int, now: datetime) -> None:
    """Add so many titles, each with as many copies as go round, and readers."""
    random = Random(1)  # noqa: S311 - invented titles, the same each time
    with scope(school=school):
        accession = open_accession(
            school=school, source="opening", received_on=school.day(now), by=None, now=now
        )
        each = copies // titles
        for first in range(0, titles, AT_ONCE // each):
            last = min(first + AT_ONCE // each, titles)
            new = [
                NewCopy(title=_title(random, n), barcode=str(FIRST_COPY + n * each + k), shelf="A")
                for n in range(first, last)
                for k in range(each)
            ]
            take_in(accession=accession, copies=new, by=None, now=now)
        classes = list(SchoolClass.objects.order_by("pk"))
        pupils = [
            NewReader(
                name=f"学生{n}",
                category="pupil",
                card=str(FIRST_CARD + n),
                joined_on=date(2024, 9, 1),
                school_class=classes[n % len(classes)].pk,
            )
            for n in range(readers)
        ]
        add_readers(school=school, readers=pupils, by=None, now=now)


def lend_in_the_past(school: School, *, by: int, loans: int) -> None:
    """Add so many loans of an earlier year, each with its two entries in the audit."""
    with scope(school=school), connection.cursor() as cursor:
        copies = Copy.objects.filter(barcode__gte=str(FIRST_COPY)).order_by("pk")
        pupils = Reader.objects.filter(card__gte=str(FIRST_CARD)).order_by("pk")
        span = [copies[0].pk, copies.count(), pupils[0].pk, pupils.count()]
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM circulation_loan")
        before = cursor.fetchone()[0]
        cursor.execute(PAST_LOANS, [loans - 1, school.pk, *span])
        for verb in ("circulation.lend", "circulation.take_back"):
            cursor.execute(PAST_ACTS, [verb, by, before])
        cursor.execute(LAST_ENTRY, [school.pk, by, datetime.now(UTC)])
        cursor.execute("ANALYZE")


def _title(random: Random, n: int) -> NewTitle:
    words = "".join(random.choice(FIRST) for _ in range(3)) + "".join(random.choices(SECOND, k=2))
    return NewTitle(
        name=f"{words}{n}", author=f"作者{n % 9973}", publisher="石桥出版社", year=2000 + n % 25,
        clc=random.choice(CLASSES), source="bench",
    )  # fmt: skip
