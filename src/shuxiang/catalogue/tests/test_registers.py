"""The registers agree with each other and with the shelves."""

from __future__ import annotations

from datetime import date

import pytest
from django_scopes import scope

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import Copy, Holding, Posting
from shuxiang.catalogue.rules import NewCopy
from shuxiang.catalogue.tests.factories import (
    NOW,
    TODAY,
    a_copy,
    a_school,
    a_title,
    take_in,
)
from shuxiang.catalogue.wording import INVARIANTS
from shuxiang.platform.numbers.models import Barcode, Sequence

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    school = a_school()
    with scope(school=school):
        yield school


def a_year(school):
    """Three copies last year, two this year, one withdrawn, one dearer, one of another class."""
    old = take_in(
        school,
        NewCopy(title=a_title("甲"), price_fen=1000),
        NewCopy(title=a_title("甲"), price_fen=1000),
        NewCopy(title=a_title("乙", clc="K825"), price_fen=3000),
        on=date(2025, 3, 1),
    )
    take_in(school, NewCopy(title=a_title("丙", clc=""), price_fen=500), on=date(2026, 3, 1))
    actions.withdraw(copies=old[:1], reason="lost", withdrawn_on=date(2026, 5, 1), by=None, now=NOW)
    actions.change_copy(copy=old[1], changes={"price_fen": 1200}, by=None, now=NOW)
    actions.change_holding(holding=old[2].holding, changes={"clc": "Q95"}, by=None, now=NOW)


def test_opening_income_withdrawals_and_corrections_make_the_closing_balance(school):
    a_year(school)
    year = queries.see_registers(school=school, from_on=date(2026, 1, 1), until_on=TODAY)
    moved = year.movement
    assert (moved.opening.copies, moved.opening.money_fen) == (3, 5000)
    assert (moved.income.copies, moved.income.money_fen) == (1, 500)
    assert (moved.withdrawal.copies, moved.withdrawal.money_fen) == (1, 1000)
    assert (moved.correction.copies, moved.correction.money_fen) == (0, 200)
    assert (moved.closing.copies, moved.closing.money_fen) == (3, 4700)
    assert year.titles == 3
    closing = {
        line.letter: (line.movement.closing.copies, line.titles)
        for part in year.parts
        for line in part.lines
        if line.movement
    }
    assert closing == {"I": (1, 1), "K": (0, 0), "Q": (1, 1), "": (1, 1)}


def test_each_document_shows_its_titles_numbers_and_classes(school):
    a_year(school)
    registers = queries.see_registers(school=school, from_on=date(2025, 1, 1), until_on=TODAY)
    first = registers.income[0]
    assert (first.batch.number, first.titles) == ("2025-001", 2)
    assert (first.first_number, first.last_number) == ("00000001", "00000003")
    assert (first.tally.total.copies, first.tally.total.money_fen) == (3, 5000)
    (gone,) = registers.withdrawals
    assert (gone.tally.by_class["I"].copies, gone.titles) == (1, 1)
    assert [line.why for line in registers.corrections] == [
        "price_changed",
        "class_changed",
        "class_changed",
    ]


def test_the_registers_cost_the_same_however_much_they_hold(school, django_assert_num_queries):
    a_year(school)
    with django_assert_num_queries(10):
        queries.see_registers(school=school, from_on=date(2025, 1, 1), until_on=TODAY)


def spoil_posting(copy):
    Posting.objects.update(copies=2)


def spoil_price(copy):
    Copy.objects.update(price_fen=1)


def spoil_label(copy):
    Barcode.objects.all().delete()


def spoil_label_without_copy(copy):
    Copy.objects.update(barcode="")


def spoil_sequence(copy):
    Sequence.objects.filter(name="accession").update(last=0)


def spoil_call_number(copy):
    Holding.objects.update(book_number="77")


def spoil_accession(copy):
    Posting.objects.update(copies=5)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (spoil_posting, "postings_differ_from_stock"),
        (spoil_price, "price_not_posted"),
        (spoil_label, "barcode_not_registered"),
        (spoil_label_without_copy, "barcode_of_no_copy"),
        (spoil_sequence, "accession_number_above_sequence"),
        (spoil_call_number, "call_number_in_disorder"),
        (spoil_accession, "accession_differs_from_copies"),
    ],
)
def test_check_data_finds_what_contradicts_itself(school, spoil, code):
    copy = a_copy(school, barcode="B1", price_fen=1680)
    assert queries.broken_invariants(school) == []
    spoil(copy)
    found = {broken.code: broken for broken in queries.broken_invariants(school)}
    assert found[code].count == 1
    assert INVARIANTS[code] % {"count": 1, "examples": "B1"}
