"""What a librarian does with the books in the office."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django_scopes import scope

from shuxiang.catalogue import actions
from shuxiang.catalogue.models import AccessionBatch, Copy, Shelf, Title, WithdrawalBatch
from shuxiang.catalogue.rules import NewCopy
from shuxiang.catalogue.tests.factories import (
    NOW,
    SECRET,
    TODAY,
    a_copy,
    a_school,
    a_title,
    an_accession,
    take_in,
    with_isbn,
)
from shuxiang.circulation.models import Loan
from shuxiang.platform.accounts.actions import add_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers import actions as readers

ISBN = "9787533954215"
COPY = {"count": "1", "copy_price": "", "barcodes": "", "shelf": "", "collection": ""}
BOOK = {"name": "城南旧事", "author": "林海音", "price": "28.00", "clc": "I247.5", "isbn": ISBN}


def at(name, *keys):
    return reverse(f"catalogue.{name}", args=keys)


def lend(copy):
    reader = readers.add_reader(
        school=copy.school, name="林书言", category="pupil", joined_on=TODAY, by=None, now=NOW
    )
    Loan.objects.create(
        school=copy.school,
        copy=copy,
        reader=reader,
        reader_category="pupil",
        lent_at=NOW,
        lent_on=TODAY,
        due_on=date(2026, 12, 7),
    )
    return reader


def test_r12_an_isbn_that_nobody_knows_opens_the_short_form_with_it(office, school):
    an_accession(school)
    form = office.get(at("add_title"), {"isbn": ISBN}).context["form"]
    assert form.initial["isbn"] == ISBN


def test_r13_an_isbn_that_another_school_entered_needs_only_its_copies(office, school):
    other = a_school("河口小学")
    with scope(school=other):
        theirs = a_copy(other, a_title(numbers=with_isbn(ISBN)))
    batch = an_accession(school)
    page = office.get(at("add_title"), {"isbn": "978-7-5339-5421-5"})
    assert page.context["title"].pk == theirs.holding.title_id
    office.post(f"{at('add_title')}?isbn={ISBN}", COPY | {"accession": batch.pk})
    assert Copy.objects.get().holding.title_id == theirs.holding.title_id
    assert Title.objects.count() == 1


def test_a_new_book_comes_in_with_its_labels_and_is_counted(office, school):
    batch = an_accession(school)
    shelf = Shelf.objects.create(school=school, code="A1")
    sent = BOOK | COPY | {"accession": batch.pk, "barcodes": "tsg001\ntsg002", "shelf": shelf.pk}
    answer = office.post(f"{at('add_title')}?isbn={ISBN}", sent)
    assert answer["Location"] == f"{at('add_title')}?accession={batch.pk}"
    copies = Copy.objects.order_by("pk")
    assert [(copy.barcode, copy.price_fen, str(copy.shelf)) for copy in copies] == [
        ("TSG001", 2800, "A1"),
        ("TSG002", 2800, "A1"),
    ]
    assert copies[0].holding.call_number == "I247.5/1"


def test_a_form_sent_twice_takes_the_book_in_once(office, school):
    batch = an_accession(school)
    sent = BOOK | COPY | {"accession": batch.pk, "nonce": "n1"}
    for _ in range(2):
        assert office.post(f"{at('add_title')}?isbn={ISBN}&title=new", sent).status_code == 302
    assert Copy.objects.count() == 1
    again = office.post(f"{at('add_title')}?isbn={ISBN}&title=new", sent | {"name": "别的书"})
    assert again.status_code == 422


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"price": "二十"}, "price"),
        ({"isbn": "9.78E+12"}, "isbn"),
        ({"barcodes": "B1"}, "barcodes"),
        ({"barcodes": "B2\nB3", "count": "3"}, "barcodes"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(office, school, wrong, field):
    a_copy(school, a_title("别的书"), barcode="B1")
    sent = BOOK | COPY | {"accession": an_accession(school).pk} | wrong
    page = office.post(f"{at('add_title')}?isbn=-&title=new", sent)
    errors = page.context["form"].errors | page.context["copies_form"].errors
    assert (page.status_code, list(errors)) == (422, [field])
    assert page.context["form"].data["author"] == "林海音"
    assert Copy.objects.count() == 1


def test_two_titles_of_one_isbn_are_offered_to_choose_from(office, school):
    for name in ("我爱科学", "童话大王"):
        a_copy(school, a_title(name, numbers=with_isbn(ISBN)))
    found = office.get(at("add_title"), {"isbn": ISBN}).context["found"]
    assert [holding.title.name for holding in found.holdings] == ["我爱科学", "童话大王"]


def test_a_label_scanned_for_an_isbn_is_recognised(office, school):
    copy = a_copy(school, barcode="000123")
    assert office.get(at("add_title"), {"isbn": "000123"}).context["label_of"] == copy


def test_without_a_batch_the_page_asks_for_one_first(office, school):
    assert at("open_accession") in office.get(at("add_title")).content.decode()


def test_a_scanned_label_opens_its_book(office, school):
    copy = a_copy(school, barcode="000123")
    answer = office.get(at("see_catalogue"), {"q": "０００１２３"})
    assert answer["Location"].startswith(at("see_title", copy.holding_id))


def test_the_list_says_how_many_are_in(office, school):
    out, _in = take_in(school, *[NewCopy(title=a_title())] * 2)
    lend(out)
    ((_holding, _shown, copies_in, copies),) = office.get(at("see_catalogue")).context["hits"]
    assert (copies_in, copies) == (1, 2)


def test_the_list_costs_the_same_however_long_it_is(office, school, django_assert_max_num_queries):
    take_in(school, *[NewCopy(title=a_title(f"书{n}")) for n in range(15)])
    office.get(at("see_catalogue"))
    with django_assert_max_num_queries(20):
        office.get(at("see_catalogue"), {"q": "书"})


def test_r58_who_has_a_book_is_told_only_to_those_who_may_see_loans(client, school):
    copy = a_copy(school)
    lend(copy)
    for role, is_told in ((Role.LIBRARIAN, True), (Role.PRINCIPAL, False)):
        issued = add_account(
            school=school,
            username=role,
            name="何文",
            roles=(role,),
            by=None,
            now=NOW,
            password=SECRET,
        )
        client.force_login(issued.account)
        page = client.get(at("see_title", copy.holding_id)).content.decode()
        assert ("林书言" in page) is is_told
        assert "12月7日" in page.replace(" ", "")


def test_r17_copies_are_withdrawn_with_a_reason_and_counted(office, school):
    copies = take_in(school, *[NewCopy(title=a_title(), price_fen=1500)] * 2)
    sent = {"copy": [copy.pk for copy in copies], "reason": "damaged", "withdrawn_on": "2026-11-23"}
    answer = office.post(at("withdraw"), sent)
    batch = WithdrawalBatch.objects.get()
    assert answer["Location"] == at("see_withdrawal", batch.pk)
    assert "30.00" in office.get(answer["Location"]).content.decode()


def test_a_book_that_a_reader_has_is_not_withdrawn(office, school):
    out, stays = take_in(school, *[NewCopy(title=a_title())] * 2)
    lend(out)
    sent = {"copy": [out.pk, stays.pk], "reason": "lost", "withdrawn_on": "2026-11-23"}
    assert office.post(at("withdraw"), sent).status_code == 422
    assert not WithdrawalBatch.objects.exists()


def test_books_to_withdraw_are_gathered_by_scanning(office, school):
    first, second = take_in(
        school, NewCopy(title=a_title(), barcode="B1"), NewCopy(title=a_title(), barcode="B2")
    )
    rows = office.get(at("withdraw"), {"copy": [first.pk], "code": "b2"}).context["rows"]
    assert [copy for copy, _shown, _is_out in rows] == [first, second]
    assert office.get(at("withdraw"), {"code": "B9"}).context["unknown"] == "B9"


def test_a_copy_changes_its_label_and_place(office, school):
    copy = a_copy(school, barcode="B1")
    shelf = Shelf.objects.create(school=school, code="A1")
    office.post(
        at("change_copy", copy.pk), {"barcode": "b7", "shelf": shelf.pk, "price_fen": "9.90"}
    )
    copy.refresh_from_db()
    assert (copy.barcode, copy.shelf, copy.posted_fen) == ("B7", shelf, 990)


def test_a_standing_is_said_anew(office, school):
    copy = a_copy(school)
    office.post(at("set_standing", copy.pk), {"standing": "in_repair"})
    office.post(at("set_standing", copy.pk), {"standing": "withdrawn"})
    copy.refresh_from_db()
    assert copy.standing == "in_repair"


def test_a_new_class_gives_the_next_number_of_the_class(office, school):
    a_copy(school, a_title("甲", clc="K825"))
    holding = a_copy(school, a_title("乙")).holding
    sent = {"clc": "k825", "book_number": holding.book_number, "audience": "c", "has_pinyin": "yes"}
    office.post(at("change_holding", holding.pk), sent)
    holding.refresh_from_db()
    assert (holding.call_number, holding.audience, holding.has_pinyin) == ("K825/2", "c", True)


def test_a_title_is_changed_and_found_by_its_new_isbn(office, school):
    holding = a_copy(school).holding
    sent = {"name": "城南旧事（新版）", "isbn": f"9787020008720; {ISBN}", "price": "30"}
    office.post(at("change_title", holding.pk), sent)
    title = Title.objects.get()
    assert (title.name, str(title.price)) == ("城南旧事（新版）", "30.00")
    kinds = title.numbers.order_by("id").values_list("kind", "value")
    assert list(kinds) == [("wrong", "9787020008720"), ("isbn", ISBN)]
    ((found, *_counts),) = office.get(at("see_catalogue"), {"q": ISBN}).context["hits"]
    assert found == holding


def test_batches_are_opened_changed_and_removed_while_empty(office, school):
    office.post(at("open_accession"), {"source": "gift", "received_on": "2026-11-20"})
    batch = AccessionBatch.objects.get()
    office.post(
        at("change_accession", batch.pk),
        {"source": "gift", "received_on": "2026-11-21", "supplier": "家长委员会"},
    )
    batch.refresh_from_db()
    assert (batch.supplier, batch.received_on) == ("家长委员会", date(2026, 11, 21))
    office.post(at("remove_accession", batch.pk))
    assert not AccessionBatch.objects.exists()


def test_a_batch_with_books_keeps_its_day_and_stays(office, school):
    copy = a_copy(school)
    sent = {"source": "gift", "received_on": "2026-11-20"}
    assert office.post(at("change_accession", copy.accession_id), sent).status_code == 422
    office.post(at("remove_accession", copy.accession_id))
    assert AccessionBatch.objects.exists()


def test_r17_the_registers_show_figures_that_balance(office, school):
    _kept, gone = take_in(school, *[NewCopy(title=a_title(), price_fen=1500)] * 2)
    actions.withdraw(copies=[gone], reason="lost", withdrawn_on=TODAY, by=None, now=NOW)
    for name in ("see_registers", "see_classes", "see_copies"):
        page = office.get(at(name))
        assert page.status_code == 200
    closing = office.get(at("see_registers")).context["registers"].balance[-1]
    assert (closing.amount.copies, closing.amount.money_fen) == (1, 1500)


def test_r17_a_closed_period_takes_nothing_more(office, school):
    batch = an_accession(school, date(2026, 6, 1))
    office.post(at("close_period"), {"until_on": "2026-08-31"})
    sent = BOOK | COPY | {"accession": batch.pk}
    page = office.post(f"{at('add_title')}?isbn={ISBN}", sent)
    assert at("open_accession") in page.content.decode()
    assert not Copy.objects.exists()


def test_books_are_put_on_their_shelves_from_the_list(office, school):
    waiting, other = take_in(
        school, *[NewCopy(title=a_title(), standing="to_be_shelved", shelf="A1")] * 2
    )
    office.post(at("shelve"), {"copy": [waiting.pk]})
    assert office.get(at("shelve")).context["waiting"] == [other]


def test_shelves_and_collections_are_entered_changed_and_removed(office, school):
    office.post(at("add_shelf"), {"code": "A1", "name": "一号架"})
    shelf = Shelf.objects.get()
    office.post(at("change_shelf", shelf.pk), {"code": "A2"})
    office.post(at("add_collection"), {"name": "工具书"})
    page = office.get(at("see_places"))
    assert [shelf.code for shelf in page.context["shelves"]] == ["A2"]
    assert office.post(at("add_shelf"), {"code": "A2"}).status_code == 422
    office.post(at("remove_shelf", shelf.pk))
    assert not Shelf.objects.exists()


PAGES = ["see_catalogue", "see_accessions", "see_withdrawals", "see_registers", "see_places"]


@pytest.mark.parametrize("page", PAGES)
def test_another_schools_books_are_nowhere_to_be_seen(office, school, page):
    other = a_school("河口小学")
    with scope(school=other):
        theirs = a_copy(other, a_title("别校的书"), barcode="000777", shelf="别处的架")
    assert "别校的书" not in office.get(at(page)).content.decode()
    assert "别处的架" not in office.get(at(page)).content.decode()
    for name, key in (
        ("see_title", theirs.holding_id),
        ("change_copy", theirs.pk),
        ("see_accession", theirs.accession_id),
    ):
        assert office.get(at(name, key)).status_code == 404
