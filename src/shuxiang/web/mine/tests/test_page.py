"""What a reader sees of the own things, and does with them; nobody else's."""

from datetime import timedelta

import pytest

from shuxiang.circulation.models import Hold, Loan
from shuxiang.platform.audit.models import Entry
from shuxiang.timetable.models import Slot
from shuxiang.timetable.tests.factories import a_slot, a_term, a_turn

OWN, RENEW = "/me/", "/me/renew/"
A_WEEK = timedelta(days=7)
BACKEND = "shuxiang.platform.accounts.backends.AccountBackend"


def pass_by(library, client, time):
    """Let time go by; who comes back signs in again."""
    library.clock.shift(time)
    client.force_login(library.pupils[0].account, BACKEND)


def renew(client, loan="all", nonce="n"):
    return client.post(RENEW, {"loan": loan, "nonce": nonce}, follow=True)


def test_r05_the_page_says_what_is_out_when_it_is_due_and_what_was_read(library, lin):
    library.lend(copy=0, pupil=0)
    library.lend(copy=1, pupil=0)
    library.take_back(copy=1)
    library.lend(copy=2, pupil=1)
    page = lin.get(OWN).content.decode()
    assert "书1" in page
    assert "12月7日前还" in page
    assert "我读过的书" in page
    assert "书2" in page
    assert "书3" not in page
    assert "学生2" not in page


def test_books_are_called_as_the_school_calls_them(library, lin):
    for copy in (0, 1):
        library.lend(copy=copy)
        holding = library.copies[copy].holding
        holding.changes = {"name": f"自家的书{copy}"}
        holding.save(update_fields=["changes"])
    library.take_back(copy=1)
    page = lin.get(OWN).content.decode()
    assert ">自家的书0<" in page
    assert ">自家的书1<" in page
    assert "书2" not in page


def test_r05_one_book_is_renewed_and_the_day_is_told(library, lin):
    loan, other = library.lend(copy=0), library.lend(copy=1)
    pass_by(library, lin, A_WEEK)
    page = renew(lin, loan.pk).content.decode()
    assert "《书1》续借好了，12月14日前还。" in page
    loan.refresh_from_db()
    other.refresh_from_db()
    assert (loan.renewals, other.renewals) == (1, 0)


def test_all_are_renewed_but_what_somebody_waits_for(library, lin):
    library.lend(copy=0)
    library.lend(copy=1)
    library.place_hold(copy=1, pupil=1)
    pass_by(library, lin, A_WEEK)
    page = renew(lin).content.decode()
    assert "《书1》续借好了" in page
    assert "《书2》没有续借。有同学在等这本书。" in page
    assert "学生2" not in page


def test_what_cannot_be_renewed_says_why_and_offers_no_button(library, lin):
    loan = library.lend(copy=0)
    library.place_hold(copy=0, pupil=1)
    pass_by(library, lin, A_WEEK)
    page = lin.get(OWN).content.decode()
    assert "现在不能续借：有同学在等这本书。" in page
    assert f'value="{loan.pk}"' not in page
    answer = renew(lin, loan.pk)
    assert answer.status_code == 422
    assert Loan.objects.get(pk=loan.pk).renewals == 0


def test_sent_twice_it_is_renewed_once(library, lin):
    loan = library.lend(copy=0)
    pass_by(library, lin, A_WEEK)
    for _ in range(2):
        assert renew(lin, loan.pk).status_code == 200
    loan.refresh_from_db()
    assert loan.renewals == 1


def test_a_number_of_another_act_does_nothing(library, lin):
    first, second = library.lend(copy=0), library.lend(copy=1)
    pass_by(library, lin, A_WEEK)
    renew(lin, first.pk)
    assert renew(lin, second.pk).status_code == 422
    second.refresh_from_db()
    assert second.renewals == 0


def test_a_late_book_is_asked_for_kindly(library, lin):
    library.lend(copy=0)
    pass_by(library, lin, timedelta(days=16))
    page = lin.get(OWN).content.decode()
    assert "过了 2 天" in page
    assert "有 1 本书想回家了" in page
    assert "先还书，再借新的" in page
    assert "还能再借" not in page


def test_r05_a_reader_sees_the_place_in_the_queue_and_leaves_it(library, lin):
    library.lend(copy=0, pupil=1)
    library.place_hold(copy=0, pupil=2)
    hold = library.place_hold(copy=0, pupil=0).subject
    assert "排在第 2 位" in lin.get(OWN).content.decode()
    page = lin.post(f"/me/holds/{hold.pk}/cancel/", follow=True).content.decode()
    assert "不再等《书1》了" in page
    assert Hold.objects.open().filter(reader=library.pupils[0]).count() == 0
    again = lin.post(f"/me/holds/{hold.pk}/cancel/", follow=True)
    assert "已经不再等" in again.content.decode()


def test_what_lies_ready_says_where_and_until_when(library, lin):
    library.lend(copy=0, pupil=1)
    library.place_hold(copy=0, pupil=0)
    library.take_back(copy=0)
    page = lin.get(OWN).content.decode()
    assert "你等的书到了" in page
    assert "在预约架 1 格" in page


def test_nobody_touches_what_is_anothers(library, lin):
    loan = library.lend(copy=0, pupil=1)
    library.lend(copy=1, pupil=2)
    hold = library.place_hold(copy=1, pupil=1).subject
    pass_by(library, lin, A_WEEK)
    assert renew(lin, loan.pk).status_code == 422
    assert lin.post(f"/me/holds/{hold.pk}/cancel/").status_code == 404
    loan.refresh_from_db()
    assert loan.renewals == 0
    assert Hold.objects.open().get() == hold


@pytest.mark.parametrize("loan", ["", "x", "-1", "9" * 30, "\x00"])
def test_whatever_is_sent_is_answered(library, lin, loan):
    assert renew(lin, loan).status_code == 422


def test_an_account_that_is_no_reader_is_told_whom_to_ask(library, client):
    client.force_login(library.librarian, BACKEND)
    answer = client.get(OWN)
    assert answer.status_code == 404
    assert "这个账号没有对应的读者" in answer.content.decode()


def test_looking_changes_nothing_and_is_kept_nowhere(library, lin):
    library.lend(copy=0)
    before = Entry.objects.count()
    answer = lin.get(OWN)
    assert Entry.objects.count() == before
    assert "no-store" in answer["Cache-Control"]


def test_the_page_tells_the_next_visit_of_the_class_whatever_it_is_for(library, lin):
    term = a_term(library.school)
    for weekday, purpose in ((1, Slot.Purpose.LESSON), (3, Slot.Purpose.LENDING)):
        slot = a_slot(library.school, weekday=weekday, purpose=purpose)
        a_turn(term, slot, library.school_class)
    page = " ".join(lin.get(OWN).content.decode().split())
    assert (
        "你们班下次来图书馆：11月24日，星期二。 这次是读书课。 下次来借书：11月26日，星期四。"
        in page
    )

    pass_by(library, lin, timedelta(days=1))
    page = lin.get(OWN).content.decode()
    assert "下次来图书馆：11月26日，星期四" in page
    assert "读书课" not in page


def test_the_page_costs_a_fixed_number_of_queries(library, lin, django_assert_num_queries):
    for copy in range(2):
        library.lend(copy=copy)
    for copy in (2, 3):
        library.lend(copy=copy, pupil=1)
        library.place_hold(copy=copy, pupil=0)
    lin.get(OWN)
    with django_assert_num_queries(21):
        lin.get(OWN)


def test_nothing_out_tells_how_to_begin(library, lin):
    page = lin.get(OWN).content.decode()
    assert "手上没有借的书" in page
