"""Rows that are written many at a time are those that Django would have written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Model
from django_scopes import scope

from shuxiang.catalogue.models import Contributor, Copy, Holding, IndexCard, Title, TitleNumber
from shuxiang.catalogue.queries.filing import wrongly_filed
from shuxiang.catalogue.rules import NewContributor, NewCopy, NewNumber, NewTitle
from shuxiang.catalogue.tests.factories import a_school, take_in
from shuxiang.platform.numbers.models import Barcode

pytestmark = pytest.mark.django_db

TABLES: tuple[type[Model], ...] = (
    Title,
    TitleNumber,
    Contributor,
    Holding,
    Copy,
    Barcode,
    IndexCard,
)
FULL = NewTitle(
    name="甲 '\"%s;\\N\t",
    volume="2",
    author="林一著",
    contributors=(NewContributor("林一", "著", "美"), NewContributor("周二", "译")),
    year=2016,
    price=Decimal("28.00"),
    price_text="28元",
    clc="I712.84",
    has_pinyin=True,
    summary="一\n二",
    numbers=(NewNumber("isbn", "9787532778812", "978-7", "平装"), NewNumber("wrong", "1234")),
    raw='{"书名": "甲"}',
)


@pytest.fixture
def school():
    school = a_school()
    with scope(school=school):
        yield school


def kept(model: type[Model]) -> list[tuple[str, ...]]:
    """Give every row of a table as the database itself keeps it."""
    form = "quote({})" if connection.vendor == "sqlite" else "{}::text"
    names = [form.format(f'"{field.column}"') for field in model._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {", ".join(names)} FROM "{model._meta.db_table}" ORDER BY 1')  # noqa: S608
        rows: list[tuple[str, ...]] = cursor.fetchall()
    return rows


def test_each_row_is_written_as_django_writes_it(school):
    take_in(
        school,
        NewCopy(title=FULL, barcode="B1", shelf="A1", collection="绘本", price_fen=2800),
        NewCopy(title=NewTitle(name="乙"), note="\\."),
    )
    for model in TABLES:
        written = kept(model)
        assert written
        for row in model._default_manager.all():
            row.save()
        assert kept(model) == written
    assert wrongly_filed(school).count == 0


def test_keys_go_on_where_django_left_them_and_django_goes_on_after_them(school):
    (first,) = take_in(school, NewCopy(title=FULL))
    other = Title.objects.create(name="丙", entered_at=first.holding.title.entered_at)
    _, last = take_in(school, NewCopy(title_id=other.pk), NewCopy(title=NewTitle(name="丁")))
    assert first.holding.title_id < other.pk < last.holding.title_id
    assert Title.objects.create(name="戊", entered_at=other.entered_at).pk > last.holding.title_id
