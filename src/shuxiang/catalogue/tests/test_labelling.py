"""Copies without a label get their numbers, and may lose them again."""

from __future__ import annotations

import pytest
from django_scopes import scope

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import Copy
from shuxiang.catalogue.rules import NewCopy, can_be_a_barcode
from shuxiang.catalogue.tests.factories import NOW, TODAY, a_copy, a_school, a_title, take_in
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.numbers.actions import take_barcodes
from shuxiang.platform.numbers.models import Barcode


@pytest.fixture
def school(db):
    school = a_school()
    with scope(school=school):
        yield school


def give(school, copies):
    return actions.give_labels(school=school, copies=copies, by=None, now=NOW)


def barcodes(*copies):
    return [Copy.objects.get(pk=copy.pk).barcode for copy in copies]


def nothing_is_broken(school):
    return queries.broken_invariants(school) == []


def test_r14_a_copy_without_a_label_gets_its_accession_number_as_barcode(school):
    copies = take_in(school, NewCopy(title=a_title()), NewCopy(title=a_title()))
    given = give(school, copies)
    assert barcodes(*copies) == [copy.accession_number for copy in copies] == given.details["codes"]
    assert queries.copy_by_code(school, copies[1].accession_number) == copies[1]
    assert nothing_is_broken(school)


def test_one_act_is_one_entry_that_names_the_copies(school):
    copies = take_in(school, *[NewCopy(title=a_title())] * 3)
    given = give(school, copies)
    assert Entry.objects.filter(verb="catalogue.give_labels").get() == given
    assert given.details["copies"] == [copy.pk for copy in copies]


def test_who_has_a_label_keeps_it_and_when_all_have_one_nothing_is_written(school):
    copy = a_copy(school, barcode="TSG001")
    assert give(school, [copy]) is None
    assert barcodes(copy) == ["TSG001"]
    assert not Entry.objects.filter(verb="catalogue.give_labels").exists()


def test_a_withdrawn_copy_gets_no_label(school):
    copy = a_copy(school)
    actions.withdraw(copies=[copy], reason="lost", withdrawn_on=TODAY, by=None, now=NOW)
    assert give(school, [copy]) is None


def test_where_the_number_is_a_card_or_on_another_book_a_fresh_one_is_given(school):
    card, book, old = take_in(
        school, *[NewCopy(title=a_title(), accession_number=f"0000070{n}") for n in range(3)]
    )
    take_barcodes(school=school, codes=["00000700"], kind=Barcode.Kind.READER)
    other = a_copy(school, barcode="00000701")
    once = a_copy(school, barcode="00000702")
    actions.change_copy(copy=once, changes={"barcode": "TSG9"}, by=None, now=NOW)
    give(school, [card, book, old])
    assert barcodes(card, book, old) == ["T0000001", "T0000002", "T0000003"]
    assert queries.copy_by_code(school, "00000701") == other
    assert queries.copy_by_code(school, "00000702") == old  # the living copy's own number
    assert nothing_is_broken(school)


def test_fresh_numbers_pass_over_those_that_mean_something(school):
    taken = a_copy(school, barcode="T0000001")
    a_copy(school, accession_number="T0000002")
    first, second = take_in(
        school, *[NewCopy(title=a_title(), accession_number=number) for number in ("1", "2")]
    )
    give(school, [first, second])
    assert barcodes(taken, first, second) == ["T0000001", "T0000003", "T0000004"]


@pytest.mark.parametrize(
    ("number", "can"),
    [
        ("00000001", True),
        ("G-2019/001", True),
        ("2024.0007", True),
        ("1", False),
        ("登录0001", False),
        ("1234567890123456", False),
        ("ab12", False),
    ],
)
def test_only_numbers_that_scanners_read_become_barcodes(number, can):
    assert can_be_a_barcode(number) is can


def test_another_schools_copies_are_left_alone(school):
    other = a_school("河口小学")
    with scope(school=other):
        theirs = a_copy(other)
    assert give(school, [theirs]) is None
    with scope(school=other):
        assert barcodes(theirs) == [""]


def test_many_copies_cost_a_fixed_number_of_questions(school, django_assert_max_num_queries):
    copies = take_in(school, *[NewCopy(title=a_title())] * 300)
    with django_assert_max_num_queries(16):
        give(school, copies)
    assert Barcode.objects.filter(school=school).count() == 300


def test_numbers_that_were_given_by_mistake_are_taken_back(school):
    copies = take_in(school, *[NewCopy(title=a_title())] * 3)
    given = give(school, copies)
    code = copies[1].accession_number
    back = actions.take_labels_back(school=school, given=given, by=None, now=NOW)
    assert (len(back), barcodes(*copies)) == (3, [""] * 3)
    assert not Barcode.objects.filter(school=school, retired_at=None).exists()
    assert queries.copy_by_code(school, code) == copies[1]
    assert nothing_is_broken(school)
    assert give(school, copies).details["codes"] == given.details["codes"]


def test_what_was_relabelled_since_keeps_its_label(school):
    first, second = take_in(school, *[NewCopy(title=a_title())] * 2)
    given = give(school, [first, second])
    actions.change_copy(copy=first, changes={"barcode": "TSG001"}, by=None, now=NOW)
    actions.take_labels_back(school=school, given=given, by=None, now=NOW)
    assert barcodes(first, second) == ["TSG001", ""]


def test_taking_back_twice_writes_once(school):
    given = give(school, [a_copy(school)])
    for _time in range(2):
        actions.take_labels_back(school=school, given=given, by=None, now=NOW)
    assert Entry.objects.filter(verb="catalogue.take_labels_back").count() == 1


def test_the_acts_of_giving_are_listed_newest_first_without_those_taken_back(school):
    first, second, third = (give(school, [a_copy(school)]) for _act in range(3))
    actions.take_labels_back(school=school, given=second, by=None, now=NOW)
    assert [each.entry for each in queries.labels_given(school, 5)] == [third, first]
    assert [each.entry for each in queries.labels_given(school, 1)] == [third]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("TSG099", "TSG101", ["TSG099", "TSG100", "TSG101"]),
        ("tsg099", "ＴＳＧ１００", ["TSG099", "TSG100"]),
        ("TSG100", "TSG100", ["TSG100"]),
        ("TSG101", "TSG099", []),
        ("TSG99", "TSG101", []),
        ("TSG099", "TSX101", []),
        ("", "", []),
        ("9" * 80, "9" * 80, []),
    ],
)
def test_a_span_of_numbers_finds_the_copies_between(school, first, last, found):
    for code in ("TSG098", "TSG099", "TSG100", "TSG101", "TSG1000", "TSH100"):
        a_copy(school, barcode=code)
    assert [copy.barcode for copy in queries.numbered(school, first, last)] == found


def test_a_span_that_no_barcode_fits_is_one_of_accession_numbers(school):
    copies = take_in(school, *[NewCopy(title=a_title())] * 3)
    first, last = copies[0].accession_number, copies[1].accession_number
    assert list(queries.numbered(school, first, last)) == copies[:2]
