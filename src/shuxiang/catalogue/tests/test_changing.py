"""Titles, holdings, copies and places are changed, withdrawn, closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django_scopes import scope

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import Copy, Posting, Shelf, Title
from shuxiang.catalogue.queries import shown
from shuxiang.catalogue.rules import Fault, NewCopy
from shuxiang.catalogue.tests.factories import (
    NOW,
    TODAY,
    a_copy,
    a_school,
    a_title,
    an_accession,
    take_in,
    with_isbn,
)

ISBN = "9787533954215"
pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    school = a_school()
    with scope(school=school):
        yield school


def test_a_price_put_right_is_posted_as_a_correction(school):
    copy = a_copy(school, price_fen=1680)
    actions.change_copy(copy=copy, changes={"price_fen": 1980}, by=None, now=NOW)
    (line,) = Posting.objects.filter(kind="correction")
    assert (line.clc, line.copies, line.money_fen, line.why) == ("I", 0, 300, "price_changed")
    assert queries.broken_invariants(school) == []


def test_a_new_class_moves_all_copies_of_the_title_in_the_registers(school):
    first, _ = take_in(school, *[NewCopy(title=a_title(), price_fen=1000)] * 2)
    holding = actions.change_holding(
        holding=first.holding, changes={"clc": "K825"}, by=None, now=NOW
    )
    assert holding.call_number == "K825/1"
    lines = Posting.objects.filter(kind="correction").order_by("clc")
    assert list(lines.values_list("clc", "copies", "money_fen")) == [
        ("I", -2, -2000),
        ("K", 2, 2000),
    ]
    assert queries.broken_invariants(school) == []


def test_a_call_number_of_another_title_is_refused(school):
    a_copy(school, a_title("甲"), call_number="I247.5/3")
    other = a_copy(school, a_title("乙"))
    with pytest.raises(actions.TitleRefused) as refused:
        actions.change_holding(
            holding=other.holding, changes={"book_number": "3"}, by=None, now=NOW
        )
    assert refused.value.fault is Fault.CALL_NUMBER_TAKEN


@pytest.mark.parametrize("clc", ["W99", "不知道"])
def test_a_class_that_is_none_is_refused(school, clc):
    copy = a_copy(school)
    with pytest.raises(actions.TitleRefused) as refused:
        actions.change_holding(holding=copy.holding, changes={"clc": clc}, by=None, now=NOW)
    assert refused.value.fault is Fault.CLASS_UNKNOWN


def test_a_school_that_has_a_title_alone_changes_it_for_all(school):
    copy = a_copy(school)
    actions.change_title(holding=copy.holding, changes={"name": "红楼梦"}, by=None, now=NOW)
    assert Title.objects.get().name == "红楼梦"
    assert queries.find_titles(school, "hlm", 5) == [copy.holding]


def test_once_another_school_has_it_a_change_is_shown_to_its_school_alone(school):
    title = a_title(numbers=with_isbn(ISBN))
    holding = a_copy(school, title).holding
    other = a_school("河口小学")
    with scope(school=other):
        theirs = a_copy(other, title).holding
    changed = actions.change_title(
        holding=holding, changes={"name": "城南旧事（注音版）"}, by=None, now=NOW
    )
    assert (shown(changed).name, shown(changed).changed) == ("城南旧事（注音版）", ("name",))
    with scope(school=other):
        assert shown(theirs).name == "城南旧事"
    assert queries.find_titles(school, "注音版", 5) == [holding]
    back = actions.change_title(holding=holding, changes={"name": "城南旧事"}, by=None, now=NOW)
    assert back.changes == {}


def test_a_new_label_leaves_the_old_one_findable_and_free(school):
    copy = a_copy(school, barcode="OLD1")
    actions.change_copy(copy=copy, changes={"barcode": "new1"}, by=None, now=NOW)
    assert [queries.copy_by_code(school, code) for code in ("OLD1", "NEW1")] == [copy, copy]
    successor = a_copy(school, barcode="OLD1")
    assert queries.copy_by_code(school, "OLD1") == successor


def test_a_taken_label_is_refused(school):
    a_copy(school, barcode="B1")
    copy = a_copy(school, barcode="B2")
    with pytest.raises(actions.CopyRefused) as refused:
        actions.change_copy(copy=copy, changes={"barcode": "b1"}, by=None, now=NOW)
    assert refused.value.fault is Fault.BARCODE_TAKEN


def test_a_withdrawn_copy_keeps_its_row_and_frees_its_label(school):
    copy = a_copy(school, barcode="B1", price_fen=1680)
    withdrawal = actions.withdraw(
        copies=[copy], reason="damaged", withdrawn_on=TODAY, by=None, now=NOW, approval="校发3号"
    )
    assert withdrawal.number == "2026-001"
    (line,) = Posting.objects.filter(kind="withdrawal")
    assert (line.clc, line.copies, line.money_fen) == ("I", -1, -1680)
    found = queries.copy_by_code(school, "B1")
    assert found == copy
    assert found.standing == "withdrawn"
    a_copy(school, barcode="B1")
    assert queries.broken_invariants(school) == []


@pytest.mark.parametrize("standing", ["in_class_box", "in_transit"])
def test_what_is_elsewhere_is_not_withdrawn(school, standing):
    stays, goes = take_in(school, *[NewCopy(title=a_title())] * 2)
    actions.mark(stays, standing)
    with pytest.raises(actions.WithdrawalRefused):
        actions.withdraw(copies=[goes, stays], reason="lost", withdrawn_on=TODAY, by=None, now=NOW)
    assert not Copy.objects.filter(standing="withdrawn").exists()


def test_nothing_is_withdrawn_before_it_came_or_twice(school):
    copy = a_copy(school)
    with pytest.raises(actions.WithdrawalRefused) as refused:
        actions.withdraw(
            copies=[copy], reason="lost", withdrawn_on=TODAY - timedelta(1), by=None, now=NOW
        )
    assert refused.value.faults[0].fault is Fault.BEFORE_IT_CAME
    actions.withdraw(copies=[copy], reason="lost", withdrawn_on=TODAY, by=None, now=NOW)
    with pytest.raises(actions.WithdrawalRefused):
        actions.withdraw(copies=[copy], reason="lost", withdrawn_on=TODAY, by=None, now=NOW)


def test_a_withdrawn_copy_is_neither_changed_nor_marked(school):
    copy = a_copy(school)
    actions.withdraw(copies=[copy], reason="lost", withdrawn_on=TODAY, by=None, now=NOW)
    for change in (
        lambda: actions.change_copy(copy=copy, changes={"price_fen": 1}, by=None, now=NOW),
        lambda: actions.set_standing(copy=copy, standing="on_shelf", by=None, now=NOW),
    ):
        with pytest.raises(actions.CopyRefused):
            change()


def test_nothing_is_dated_in_a_closed_period(school):
    old = an_accession(school, date(2026, 8, 31))
    copy = a_copy(school, price_fen=100)
    actions.close_period(school=school, until_on=date(2026, 8, 31), by=None, now=NOW)
    assert queries.closed_until(school) == date(2026, 8, 31)
    with pytest.raises(actions.PeriodClosed):
        actions.take_in(accession=old, copies=[NewCopy(title=a_title())], by=None, now=NOW)
    with pytest.raises(actions.PeriodClosed):
        an_accession(school, date(2026, 8, 1))
    actions.close_period(school=school, until_on=TODAY, by=None, now=NOW)
    with pytest.raises(actions.PeriodClosed):
        actions.change_copy(copy=copy, changes={"price_fen": 200}, by=None, now=NOW)
    with pytest.raises(actions.PeriodClosed):
        actions.withdraw(copies=[copy], reason="lost", withdrawn_on=TODAY, by=None, now=NOW)
    assert Copy.objects.get().price_fen == 100


def test_shelving_takes_what_waits_and_leaves_the_rest(school):
    waiting, lost = take_in(
        school,
        NewCopy(title=a_title("甲"), standing="to_be_shelved"),
        NewCopy(title=a_title("乙"), standing="lost"),
    )
    assert actions.shelve(copies=[waiting, lost], by=None, now=NOW) == [waiting]
    assert sorted(Copy.objects.values_list("standing", flat=True)) == ["lost", "on_shelf"]


def test_a_shelf_is_removed_only_when_no_copy_has_its_place_there(school):
    copy = a_copy(school, shelf="A1")
    assert copy.shelf
    with pytest.raises(actions.NotEmpty):
        actions.remove_shelf(shelf=copy.shelf, by=None, now=NOW)
    empty = actions.change_shelf(school=school, code="B2", name="二排", by=None, now=NOW)
    actions.remove_shelf(shelf=empty, by=None, now=NOW)
    with pytest.raises(actions.NameTaken):
        actions.change_shelf(school=school, code="A1", by=None, now=NOW)
    assert list(Shelf.objects.values_list("code", flat=True)) == ["A1"]


def test_a_title_is_found_in_every_way_a_person_types(school):
    new = a_title("红楼梦", author="曹雪芹", numbers=with_isbn(ISBN))
    copy = a_copy(school, new, barcode="TSG00871")
    a_copy(school, a_title("西游记", author="吴承恩"))
    for asked in (
        "红楼",
        "紅樓夢",
        "曹雪芹",
        "hongloumeng",
        "hong",
        "HLM",
        "hl",
        ISBN,
        "978-7-5339-5421-5",
        "9787533",
        copy.holding.call_number,
        "tsg0087",
        "曹雪芹 红楼",
        "《红楼梦》",
    ):
        assert queries.find_titles(school, asked, 5)[:1] == [copy.holding], asked
    assert queries.find_titles(school, "水浒", 5) == []
    assert len(queries.find_titles(school, "", 5)) == 2
