"""Asked twice is done once: double click, two tabs, Enter twice, the back button, a lost answer."""

from __future__ import annotations

from shuxiang.circulation.models import Loan
from shuxiang.platform.audit.models import Entry
from shuxiang.web.desk.tests.conftest import page_of


def test_the_same_scan_twice_is_one_loan_and_the_same_answer(library, desk):
    first = desk.scan("00018001", library.other, nonce="a")
    again = desk.scan("00018001", library.other, nonce="a")
    assert (first.act, first.rows) == (again.act, again.rows)
    assert Loan.objects.count() == 1


def test_a_retry_after_the_answer_was_lost_does_not_return_the_book(library, desk):
    desk.scan("00018001", library.other, nonce="a")
    again = desk.scan("00018001", library.other, nonce="a")
    assert again.what == "circulation.lend", "by now the book is out, and a scan would take it back"
    assert Loan.objects.on_hand().count() == 1


def test_a_late_retry_gives_the_old_row_although_the_book_is_back(library, desk):
    lent = desk.scan("00018001", library.other, nonce="a")
    desk.scan("00018001", mode="returns")
    again = desk.scan("00018001", library.other, nonce="a")
    assert (again.act, Loan.objects.on_hand().count()) == (lent.act, 0)


def test_the_same_number_with_other_content_is_refused(library, desk):
    desk.scan("00018001", library.other, nonce="a")
    other = desk.scan("00018002", library.other, nonce="a")
    assert (other.what, other.status) == ("number_used", 409)
    assert "没有记录" in other.rows
    assert Loan.objects.count() == 1


def test_the_same_number_for_another_reader_is_refused(library, desk):
    desk.scan("00018001", library.other, nonce="a")
    assert desk.scan("00018001", library.pupils[0], nonce="a").status == 409


def test_two_tabs_of_one_desk_send_one_scan_each(library, desk):
    tab = page_of(library.librarian)
    desk.scan("00018001", library.other, nonce="a")
    assert tab.scan("00018001", library.other, nonce="a").status == 200
    assert Loan.objects.count() == 1


def test_two_tabs_with_numbers_of_their_own_do_not_take_the_book_back(library, desk):
    desk.scan("00018001", library.other)
    again = page_of(library.librarian).scan("00018001", library.other)
    assert again.what == "same_again"
    assert Loan.objects.on_hand().count() == 1


def test_a_renewal_an_undo_and_a_new_book_asked_twice_happen_once(library, desk):
    library.lend(library.copies[0], library.other)
    reader = str(library.other.pk)
    for _ in range(2):
        desk.post("renew", reader=reader, nonce="r")
        desk.post("book", name="旧书", barcode="99990001", nonce="b")
    assert Loan.objects.get().renewals == 1
    renewal = Entry.objects.get(nonce="r")
    undone = [desk.post("undo", entry=str(renewal.pk), nonce="u").status for _ in range(2)]
    assert undone == [200, 200]
    assert Entry.objects.filter(undoes=renewal).count() == 1
    assert Entry.objects.filter(verb="catalogue.quick_add").count() == 1


def test_the_page_opened_again_by_the_back_button_posts_nothing(library, desk):
    desk.scan("00018001", library.other)
    before = Entry.objects.count()
    desk.see()
    assert Entry.objects.count() == before


def test_a_scan_after_signing_out_says_that_it_was_not_recorded(library, desk):
    desk.client.logout()
    answer = desk.client.post(
        "/desk/scan/", {"code": "00018001", "nonce": "a"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 401
    assert "unrecorded=1" in answer.headers["HX-Redirect"]
