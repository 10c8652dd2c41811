"""Books come in: titles once, numbers once, postings with them."""

from __future__ import annotations

from datetime import date

import pytest
from django_scopes import scope, scopes_disabled

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import Contributor, Copy, Holding, Posting, Title
from shuxiang.catalogue.rules import Fault, NewContributor, NewCopy
from shuxiang.catalogue.tests.factories import (
    NOW,
    TODAY,
    a_copy,
    a_librarian,
    a_school,
    a_title,
    an_accession,
    take_in,
    with_isbn,
)
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.numbers.actions import take_barcodes
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School, Setting

ISBN = "9787533954215"
pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    school = a_school()
    with scope(school=school):
        yield school


def test_accessions_are_numbered_through_the_year(school):
    numbers = [an_accession(school, on).number for on in (TODAY, TODAY, date(2025, 6, 1))]
    assert numbers == ["2026-001", "2026-002", "2025-001"]


def test_an_accession_is_not_dated_after_today(school):
    with pytest.raises(actions.NotYetThere):
        an_accession(school, date(2026, 11, 24))


def test_copies_without_a_number_get_the_next_with_zeros_in_front(school):
    first, second = take_in(school, NewCopy(title=a_title()), NewCopy(title=a_title()))
    assert [first.accession_number, second.accession_number] == ["00000001", "00000002"]


def test_numbers_from_elsewhere_are_kept_and_the_sequence_goes_on_above_them(school):
    given, fresh = take_in(
        school,
        NewCopy(title=a_title(), accession_number="00005210"),
        NewCopy(title=a_title()),
    )
    assert (given.accession_number, fresh.accession_number) == ("00005210", "00005211")


def test_a_number_is_not_given_again_after_its_copy_was_withdrawn(school):
    gone = a_copy(school)
    actions.withdraw(copies=[gone], reason="lost", withdrawn_on=TODAY, by=None, now=NOW)
    with pytest.raises(actions.TakeInRefused) as refused:
        a_copy(school, accession_number=gone.accession_number)
    assert [fault.fault for fault in refused.value.faults] == [Fault.NUMBER_TAKEN]
    assert a_copy(school).accession_number == "00000002"


def test_the_same_book_twice_is_one_title_with_two_copies(school):
    title = a_title(numbers=with_isbn(ISBN))
    first, second = take_in(
        school,
        NewCopy(title=title),
        NewCopy(title=a_title("《城南旧事》", numbers=with_isbn(ISBN))),
    )
    third = a_copy(school, title)
    assert first.holding_id == second.holding_id == third.holding_id
    assert Title.objects.count() == 1


def test_one_isbn_on_two_titles_keeps_both_and_doubts_both(school):
    a_copy(school, a_title("我爱科学", numbers=with_isbn(ISBN)))
    a_copy(school, a_title("童话大王", numbers=with_isbn(ISBN)))
    assert (
        list(Title.objects.order_by("id").values_list("doubt", flat=True)) == ["shared_number"] * 2
    )


def test_an_isbn_found_later_is_added_to_the_title_that_had_none(school):
    without = a_title(author="林海音", publisher="浙江文艺出版社", year=2016)
    a_copy(school, without)
    a_copy(school, without._replace(numbers=with_isbn(ISBN)))
    assert [copy.accession_number for copy in queries.copies_by_isbn(school, ISBN)] == [
        "00000001",
        "00000002",
    ]


def test_contributors_stand_in_their_order(school):
    who = (NewContributor("怀特", "著", "美"), NewContributor("任溶溶", "译"))
    a_copy(school, a_title("夏洛的网", contributors=who))
    assert list(Contributor.objects.values_list("order", "name", "role")) == [
        (1, "怀特", "著"),
        (2, "任溶溶", "译"),
    ]


def test_text_too_long_for_its_column_is_cut_and_the_title_doubted(school):
    title = a_copy(school, a_title("长" * 400)).holding.title
    title.refresh_from_db()
    assert (len(title.name), title.doubt) == (300, "cut_short")


def test_call_numbers_run_on_in_their_class(school):
    take_in(
        school, NewCopy(title=a_title("甲"), call_number="I247.5/7"), NewCopy(title=a_title("乙"))
    )
    a_copy(school, a_title("丙"))
    a_copy(school, a_title("丁", clc="K825"))
    assert list(Holding.objects.order_by("call_sort").values_list("call_number", flat=True)) == [
        "I247.5/7",
        "I247.5/8",
        "I247.5/9",
        "K825/1",
    ]


def test_gaps_are_filled_if_the_school_says_so(school):
    Setting.objects.create(school=school, name="catalogue.fill_gaps", value=True)
    a_copy(school, a_title("甲"), call_number="I247.5/2")
    assert a_copy(school, a_title("乙")).holding.call_number == "I247.5/1"
    assert a_copy(school, a_title("丙")).holding.call_number == "I247.5/3"


def test_a_call_number_that_another_title_has_is_replaced_by_a_made_one(school):
    a_copy(school, a_title("甲"), call_number="I247.5/3")
    assert a_copy(school, a_title("乙"), call_number="I247.5/3").holding.call_number == "I247.5/4"


def test_a_title_without_a_class_has_no_call_number_and_is_counted_as_unclassified(school):
    copy = a_copy(school, a_title(clc="见附页"), price_fen=900)
    assert (copy.holding.call_number, copy.posted_class) == ("", "")
    assert list(Posting.objects.values_list("clc", "copies", "money_fen")) == [("", 1, 900)]


def test_an_accession_posts_one_line_a_class_which_grows(school):
    accession = an_accession(school)
    for name, clc, fen in (("甲", "I247.5", 1680), ("乙", "K825", 2500), ("丙", "I18", None)):
        new = NewCopy(title=a_title(name, clc=clc), price_fen=fen)
        actions.take_in(accession=accession, copies=[new], by=None, now=NOW)
    lines = Posting.objects.order_by("clc").values_list("kind", "clc", "copies", "money_fen")
    assert list(lines) == [("income", "I", 2, 1680), ("income", "K", 1, 2500)]


def test_all_faults_are_told_and_nothing_is_written(school):
    take_in(school, NewCopy(title=a_title("甲"), barcode="tsg001", accession_number="7"))
    take_barcodes(school=school, codes=["CARD9"], kind=Barcode.Kind.READER)
    before = (Copy.objects.count(), Title.objects.count(), Barcode.objects.count())
    accession = an_accession(school)
    with pytest.raises(actions.TakeInRefused) as refused:
        actions.take_in(
            accession=accession,
            copies=[
                NewCopy(title=a_title("乙"), barcode="ＴＳＧ００１"),
                NewCopy(title=a_title("丙"), barcode="card9", accession_number="7"),
                NewCopy(title=a_title("丁"), barcode="B1"),
                NewCopy(title=a_title(" "), barcode="B1"),
                NewCopy(title_id=987654),
                NewCopy(title=a_title("戊"), barcode="9" * 65, price_fen=-1, standing="withdrawn"),
            ],
            by=None,
            now=NOW,
        )
    assert [(fault.place, fault.fault) for fault in refused.value.faults] == [
        (0, Fault.BARCODE_TAKEN),
        (1, Fault.BARCODE_IS_A_CARD),
        (1, Fault.NUMBER_TAKEN),
        (3, Fault.NO_NAME),
        (3, Fault.BARCODE_TWICE),
        (4, Fault.NO_SUCH_TITLE),
        (5, Fault.NEGATIVE_PRICE),
        (5, Fault.TAKEN_IN_AS_WITHDRAWN),
        (5, Fault.BARCODE_TOO_LONG),
    ]
    assert (Copy.objects.count(), Title.objects.count(), Barcode.objects.count()) == before


def test_a_union_title_is_taken_in_by_its_number(school):
    title = a_copy(school).holding.title
    assert a_copy(school).holding.title_id == title.pk
    (copy,) = take_in(school, NewCopy(title_id=title.pk, shelf="A1", collection="绘本"))
    assert (copy.holding.title_id, str(copy.shelf), str(copy.collection)) == (
        title.pk,
        "A1",
        "绘本",
    )


def test_each_call_is_one_audit_entry(school):
    accession = an_accession(school)
    before = Entry.objects.count()
    actions.take_in(accession=accession, copies=[NewCopy(title=a_title())] * 3, by=None, now=NOW)
    (entry,) = Entry.objects.order_by("id")[before:]
    assert (entry.verb, entry.details) == ("catalogue.take_in", {"copies": 3, "titles": 1})


def test_the_desk_adds_a_book_with_its_name_alone_into_the_batch_of_the_day(school):
    act = Act(by=a_librarian(school), now=NOW)
    first = actions.quick_add(school=school, name="没有记录的书", barcode="B1", act=act)
    second = actions.quick_add(school=school, name="另一本", isbn=ISBN, act=act)
    assert first.accession_id == second.accession_id
    assert (first.accession.source, second.accession_number) == ("desk", "00000002")
    assert queries.copy_by_code(school, "b1") == first


def test_the_desk_adds_one_book_however_often_it_asks(school):
    act = Act(by=a_librarian(school), now=NOW, nonce="n1", content="c")
    copies = [actions.quick_add(school=school, name="没有标签的书", act=act) for _ in range(2)]
    assert copies[0] == copies[1]
    assert Copy.objects.count() == 1


def test_two_schools_with_equal_barcodes_do_not_meet():
    with scopes_disabled():
        schools: list[School] = [a_school(), a_school("河口小学")]
    copies = []
    for school in schools:
        with scope(school=school):
            title = a_title(numbers=with_isbn(ISBN))
            copies.append(a_copy(school, title, barcode="000123", accession_number="9"))
    for school, copy in zip(schools, copies, strict=True):
        with scope(school=school):
            assert queries.copy_by_code(school, "000123") == copy
            assert queries.find_titles(school, "城南", 10) == [copy.holding]
            assert queries.broken_invariants(school) == []
    assert copies[0].holding.title_id == copies[1].holding.title_id
