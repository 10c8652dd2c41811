"""A class comes: returns in any order, then one by one, two devices, and a list at the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuxiang.circulation.models import Loan, Visit
from shuxiang.readers import actions as readers
from shuxiang.readers.tests.factories import a_reader
from shuxiang.student_librarians.tests.factories import an_appointed_helper
from shuxiang.timetable.models import Term
from shuxiang.web.desk.tests.conftest import page_of
from shuxiang.web.desk.tests.factories import NOW, PIN


@pytest.fixture
def visit(library, desk):
    """The class has two books out and is here."""
    library.lend(library.copies[0], library.pupils[0])
    library.lend(library.copies[1], library.pupils[1])
    desk.path = desk.client.post("/desk/visit/open/", {"school_class": library.school_class.pk}).url
    return Visit.objects.get()


def test_the_class_that_is_due_now_stands_first(library, desk):
    seen = desk.see("/desk/visit/")
    assert "今天的安排" in seen
    assert "三年级2班 第3节 10:10–10:50 · 4 人 正在这一节 开始" in seen
    assert "五年级3班" in seen


def test_a_class_that_was_here_today_says_so(library, desk, visit):
    assert "接着办" in desk.see("/desk/visit/")
    desk.client.post(f"/desk/visit/{visit.pk}/close/", {"in_order": "yes"})
    seen = desk.see("/desk/visit/")
    assert "10:20–10:20 来过 正在这一节 再开一次" in seen
    assert "4 人 · 今天来过" in seen


def test_a_class_opened_twice_is_one_visit(library, desk, visit):
    desk.client.post("/desk/visit/open/", {"school_class": library.school_class.pk})
    assert Visit.objects.count() == 1


def test_a_stack_of_returns_in_any_order_tells_what_is_missing(library, desk, visit):
    back = desk.scan("00018002", mode="returns")
    assert back.what == "circulation.take_back"
    assert "1 / 2 册已还回" in back.panel
    assert "还差 1 册" in back.panel
    assert "安若溪 城南旧事" in back.panel


def test_a_pupil_is_scanned_and_then_the_book(library, desk, visit):
    card = desk.scan("R00003")
    assert card.facts["reader"] == str(library.pupils[2].pk)
    lent = desk.scan("00018005", library.pupils[2])
    loan = Loan.objects.get(visit=visit)
    assert (loan.reader, loan.channel) == (library.pupils[2], "visit")
    assert "借了 1 册" in lent.html


def test_a_guest_from_another_class_is_told_on_the_row(library, desk, visit):
    own = desk.scan("00018005", library.pupils[2])
    assert "是别的班的" not in own.html
    guest = desk.scan("00018004", library.other)
    assert guest.what == "circulation.lend"
    assert "这位同学是别的班的。" in guest.rows
    assert Loan.objects.filter(visit=visit).count() == 1


def test_the_class_is_seen_by_its_faces_and_a_helper_sees_names(library, desk, visit, helpers_desk):
    library.photograph(0, 2)
    pictures = [f"/office/readers/{library.pupils[seat].pk}/photo/?" for seat in (0, 2)]
    page, other = (each.client.get(desk.path).content.decode() for each in (desk, helpers_desk))
    assert [page.count(each) for each in pictures] == [1, 1]
    assert page.count("/photo/") == 2
    assert library.pupils[0].name in other
    assert "/photo/" not in other


def test_a_helper_s_visit_shows_no_key_that_a_helper_may_not_press(library, desk, visit):
    reader = a_reader(library.school, "沈知夏", school_class=library.school_class, card="R00099")
    readers.link_account(account=library.helper, reader=reader, by=library.librarian, now=NOW)
    an_appointed_helper(reader, Term.objects.get(), by=library.librarian, now=NOW)
    pages = [
        each.get(desk.path).content.decode()
        for each in (desk.client, page_of(library.helper).client)
    ]
    keys = [
        {key for key in ("renew", "away", "undo") if f'data-does="{key}"' in page} for page in pages
    ]
    assert keys == [{"renew", "away", "undo"}, {"undo"}]


def test_a_card_among_the_returns_begins_the_lending(library, desk, visit):
    card = desk.scan("R00003", mode="returns")
    assert card.what == "show_reader"
    assert card.facts["reader"] == str(library.pupils[2].pk)


def test_an_act_of_a_visit_is_undone_in_the_visit(library, desk, visit):
    lent = desk.scan("00018005", library.pupils[2])
    undone = desk.post("undo", entry=str(lent.act))
    assert (undone.act, Loan.objects.filter(visit=visit, returned_at=None).count()) == (lent.act, 0)


def test_a_pupil_who_keeps_the_book_renews_it(library, desk, visit):
    kept = desk.post("renew", reader=str(library.pupils[0].pk))
    assert "续借 1 册" in kept.rows
    assert "安若溪" not in kept.panel.partition("还要找的书")[2], "what is renewed is not missing"


def test_a_pupil_is_away_and_is_here_after_all(library, desk, visit):
    reader = str(library.pupils[3].pk)
    assert "请假" in desk.post("away", reader=reader, nonce="a").html
    again = desk.post("away", reader=reader, nonce="a")
    assert visit.marks.count() == 1, "the same key asked twice by the network is one mark"
    assert again.status == 200
    desk.post("away", reader=reader)
    assert visit.marks.count() == 0


def test_a_second_device_sees_what_the_first_has_done(library, desk, visit):
    tablet = page_of(library.helper).client
    board = tablet.get(desk.path).content.decode()
    newest = int(board.partition('data-newest="')[2].partition('"')[0])
    since = f"{desk.path}since/{newest}/"
    assert tablet.get(since).status_code == 204
    desk.scan("00018001", mode="returns")
    news = tablet.get(since)
    assert news.status_code == 200
    assert "城南旧事" in news.content.decode()


def test_a_mark_is_news_too(library, desk, visit):
    since = f"{desk.path}since/{desk.scan('00018001', mode='returns').act}/"
    assert desk.client.get(since).status_code == 204
    desk.post("away", reader=str(library.pupils[3].pk))
    assert desk.client.get(since).status_code == 200


def test_a_visit_that_has_ended_records_nothing_more(library, desk, visit):
    desk.client.post(f"{desk.path}close/", {"in_order": "yes"})
    refused = desk.scan("00018005", library.pupils[2])
    assert (refused.what, refused.status) == ("visit_closed", 422)
    assert Visit.objects.get().in_order is True
    assert desk.client.get(desk.path).url == f"{desk.path}list/"


def test_the_list_tells_who_took_what_and_who_did_not(library, desk, visit):
    desk.scan("00018001", mode="returns")
    desk.scan("00018005", library.pupils[2])
    desk.post("away", reader=str(library.pupils[3].pk))
    desk.client.post(f"{desk.path}close/", {"in_order": "no"})
    seen = desk.see(f"{desk.path}list/")
    assert "1 安若溪 已还 1 册" in seen
    assert "2 白景行 还没还" in seen
    assert "3 曹亦凡 借了 1 册 《呼兰河传》" in seen
    assert "4 陈嘉禾 请假" in seen
    assert "白景行 《草房子》" in seen
    assert "书归位、桌椅整齐：否" in seen


def test_the_list_stays_as_it_was_when_books_come_back_later(library, desk, visit):
    desk.scan("00018005", library.pupils[2])
    desk.client.post(f"{desk.path}close/", {"in_order": "yes"})
    library.take_back(library.copies[4], now=NOW + timedelta(hours=3))
    assert "曹亦凡 借了 1 册" in desk.see(f"{desk.path}list/")


def test_the_class_teacher_sees_the_own_classs_list(library, desk, visit):
    desk.scan("00018005", library.pupils[2])
    teacher = page_of(library.teacher)
    assert "三年级2班" in teacher.see("/desk/visit/")
    assert "呼兰河传" in teacher.see(f"{desk.path}list/")
    assert "都收拾好了吗" not in teacher.see(f"{desk.path}list/")


def test_a_teacher_of_another_class_is_told_nothing(library, desk, visit):
    yesterday = NOW.date() - timedelta(days=1)
    readers.release_class_teacher(
        school_class=library.school_class, on=yesterday, by=library.librarian, now=NOW
    )
    teacher = page_of(library.teacher).client
    assert teacher.get(f"{desk.path}list/").status_code == 404
    assert teacher.get(desk.path).status_code == 403


def test_a_helpers_visit_shows_no_titles_that_are_out(library, desk, visit):
    desk.scan("00018005", library.pupils[2])
    helper = page_of(library.helper)
    board = helper.client.get(desk.path).content.decode()
    side = board.partition('id="reader"')[2]
    assert "安若溪" in side
    assert "城南旧事" not in side
    assert "呼兰河传" not in helper.see(f"{desk.path}list/")


def test_the_board_costs_the_same_for_four_pupils_and_for_forty(library, desk, visit):
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert desk.client.get(desk.path).status_code == 200
        costs.append(len(asked))
        for seat in range(5, 41):
            a_reader(library.school, f"学生{seat}", school_class=library.school_class, seat=seat)
    assert costs[0] == costs[1]


def test_a_visit_that_is_opened_early_shows_the_class_s_own_lesson(library, desk, clock):
    clock.move_to(NOW - timedelta(minutes=30))
    chosen = {"school_class": library.school_class.pk}
    path = desk.client.post("/desk/visit/open/", chosen).url
    assert "第3节 10:10 –" in desk.see(path)


def test_a_lesson_that_is_over_says_so(library, desk, visit, clock):
    assert "到点了" not in desk.see(desk.path)
    clock.move_to(NOW + timedelta(minutes=29, seconds=30))
    desk.post("/desk/unlock/", password=PIN)
    assert "这一节到点了" in desk.see(desk.path)
