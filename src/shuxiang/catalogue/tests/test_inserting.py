"""Rows written by hand are those that Django would have written."""

from __future__ import annotations

from copy import copy
from decimal import Decimal

import pytest
from django.db.models import Model
from django_scopes import scope

from shuxiang.catalogue.actions.inserting import insert
from shuxiang.catalogue.models import Copy, Holding, Title
from shuxiang.catalogue.tests.factories import NOW, a_school, an_accession

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    school = a_school()
    with scope(school=school):
        yield school


def facts(row: Model) -> dict[str, object]:
    there = type(row)._default_manager.get(pk=row.pk)
    return {
        field.attname: getattr(there, field.attname)
        for field in there._meta.concrete_fields
        if not field.primary_key
    }


def title(name: str, **more: object) -> Title:
    return Title(name=name, entered_at=NOW, **more)


def test_a_title_is_written_as_django_writes_it(school):
    rows = [
        title("甲", price=Decimal("28.00"), year=2016, has_pinyin=True, entered_by=school),
        title("乙 '\"%s;", summary="", has_pinyin=None),
    ]
    twins = [copy(row) for row in rows]
    insert(rows)
    Title.objects.bulk_create(twins)
    assert [facts(row) for row in rows] == [facts(twin) for twin in twins]
    assert rows[1].pk == rows[0].pk + 1


def test_a_holding_and_its_copies_keep_their_order(school):
    insert([book := title("甲")])
    insert([holding := Holding(school=school, title=book, changes={"name": "乙"})])
    assert facts(holding)["changes"] == {"name": "乙"}
    rows = [
        Copy(
            school=school, holding=holding, accession=an_accession(school), accession_number=str(n)
        )
        for n in range(5)
    ]
    insert(rows)
    assert [str(row.accession_number) for row in Copy.objects.order_by("pk")] == list("01234")
    assert facts(rows[3])["accession_number"] == "3"
    rows[3].note = "改"
    rows[3].save()
    assert Copy.objects.count() == 5


def test_nothing_is_written_for_no_rows(school):
    insert([])
    assert not Title.objects.exists()
