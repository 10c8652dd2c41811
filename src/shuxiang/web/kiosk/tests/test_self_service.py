"""Lend and return by oneself: what each scan does, what it says, and what nobody may see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shuxiang.catalogue.models import Standing
from shuxiang.circulation.actions import take_back_kiosk
from shuxiang.circulation.models import Loan
from shuxiang.circulation.rules import Reason
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers import actions as readers
from shuxiang.readers.models import Reader
from shuxiang.readers.tests.factories import a_reader, a_school, an_account
from shuxiang.web.desk.tests.factories import NOW, without_label
from shuxiang.web.kiosk.tests.conftest import another_device, plain
from shuxiang.web.kiosk.wording import OBJECTIONS

MOST_STATEMENTS = 20


def on_hand(reader=None):
    loans = Loan.objects.on_hand()
    return loans.filter(reader=reader).count() if reader else loans.count()


def test_r58_a_card_then_a_book_is_lent_and_the_device_has_done_it(library, device):
    card = device.scan("R90001")
    assert (card.what, card.tone) == ("show_reader", "good")
    assert "借着 0 册，最多 2 册 还可以借 2 册" in card.side
    lent = device.scan("00018001", card.card)
    assert (lent.what, lent.status) == ("lend", 200)
    assert "借好了" in lent.rows
    assert "12月7日 周一" in lent.rows
    assert "借着 1 册" in lent.side
    loan, entry = Loan.objects.get(), Entry.objects.get(verb="circulation.lend")
    assert (loan.reader, loan.channel) == (library.other, "kiosk")
    assert (entry.place, entry.by) == (f"kiosk {device.kiosk.pk}", None)


def test_a_book_that_this_reader_has_is_taken_back(library, device):
    library.lend(library.copies[0], library.other)
    back = device.scan("00018001", device.scan("R90001").card)
    assert (back.what, on_hand()) == ("take_back", 0)
    assert "还好了 城南旧事 谢谢！请把它放进还书箱。" in back.rows
    assert "借着 0 册" in back.side


def test_a_book_of_somebody_else_is_taken_back_and_nobody_is_named(library, device):
    library.lend(library.copies[0], library.pupils[0])
    back = device.scan("00018001", device.scan("R90001").card)
    assert (back.what, on_hand()) == ("take_back", 0)
    assert "别人" not in back.html
    assert library.pupils[0].name not in back.html


def test_a_book_before_a_card_is_taken_back_if_it_is_out(library, device):
    library.lend(library.copies[0], library.pupils[0])
    back = device.scan("00018001")
    assert (back.what, back.card, on_hand()) == ("take_back", "", 0)


def test_a_book_before_a_card_that_is_in_asks_for_the_card(library, device):
    asked = device.scan("00018001")
    assert asked.what == "needs_reader"
    assert "先刷借书证 城南旧事 要借这本书，先刷借书证" in asked.rows
    assert Loan.objects.count() == 0


def test_a_second_card_changes_the_reader_at_once(library, device):
    first = device.scan("R90001")
    second = device.scan("R00001", first.card)
    assert second.facts["card"] == "yes"
    device.scan("00018001", second.card)
    assert Loan.objects.get().reader == library.pupils[0]


def test_a_teachers_card_works_like_any_and_says_nothing_more(library, device):
    a_reader(library.school, "陈思敏", category=Reader.Category.TEACHER, card="T1")
    pupil, teacher = device.scan("R90001"), device.scan("T1")
    assert teacher.side == pupil.side.replace(
        "最多 2 册 还可以借 2 册", "最多 10 册 还可以借 10 册"
    )
    assert device.scan("00018001", teacher.card).what == "lend"


def test_names_are_shown_only_where_the_school_shows_names(library, device):
    assert library.other.name == "林书言"
    hidden = device.scan("R90001")
    assert "书言" not in hidden.html
    change_settings(
        school=library.school, changes={"public.names": True}, by=library.librarian, now=NOW
    )
    shown = device.scan("R90001")
    assert "书言，你好！" in shown.side
    assert "林书言" not in shown.html


@pytest.mark.parametrize("typed", ["2022317", "林书言", "lsy", "linshuyan"])
def test_a_name_or_a_number_is_no_card(library, device, typed):
    answer = device.scan(typed)
    assert (answer.what, answer.status, answer.card) == ("no_card", 422, "")
    assert "先刷借书证" in answer.rows
    assert "书言" not in answer.html


def test_nothing_is_passed_here_and_every_objection_is_said_to_a_child(library, device):
    card = device.scan("R90001").card
    for code in ("00018001", "00018002"):
        device.scan(code, card)
    refused = device.scan("00018003", card)
    assert (refused.what, refused.status, on_hand()) == ("loan_refused", 422, 2)
    assert (
        "未借出 昆虫记 你已经借了 2 册，不能再多了，先还一册再来借。 请把书拿给老师。"
        in refused.rows
    )
    assert "放行" not in refused.html
    assert "你已经借满了" in refused.side


def test_why_borrowing_is_paused_is_nobodys_business(library, device):
    readers.restrict(
        reader=library.other,
        why="弄丢了三本书",
        from_on=NOW.date(),
        until_on=None,
        by=library.librarian,
        now=NOW,
    )
    refused = device.scan("00018001", device.scan("R90001").card)
    assert refused.what == "loan_refused"
    assert "请去问一问老师" in refused.rows
    assert "弄丢" not in refused.html


def test_a_child_hears_every_objection_in_words_of_its_own():
    assert set(OBJECTIONS) == set(Reason)


def test_a_book_that_somebody_waits_for_goes_to_the_librarian(library, device):
    library.lend(library.copies[0], library.pupils[0])
    library.hold(library.copies[0].holding, library.other)
    back = device.scan("00018001")
    assert back.tone == "hold"
    assert "这一本请交给老师" in back.rows
    assert "林书言" not in back.html


def test_a_book_in_repair_that_comes_back_goes_to_the_librarian(library, device):
    library.lend(library.copies[0], library.pupils[0])
    library.copies[0].standing = Standing.IN_REPAIR
    library.copies[0].save()
    assert "这一本请交给老师" in device.scan("00018001").rows


def test_the_same_number_twice_is_one_loan_and_one_answer(library, device):
    card = device.scan("R90001").card
    first, again = (device.scan("00018001", card, nonce="same") for _ in range(2))
    assert (first.what, again.what, Loan.objects.count()) == ("lend", "lend", 1)
    assert "借好了" in again.rows
    other = device.scan("00018002", card, nonce="same")
    assert (other.what, other.status, on_hand()) == ("number_used", 409, 1)


def test_a_clock_that_went_back_stops_the_kiosk_and_says_where_to_go(library, device, clock):
    card = device.scan("R90001").card
    device.scan("00018001", card)
    clock.move_to(NOW - timedelta(days=1))
    stopped = device.scan("00018002", card)
    assert (stopped.what, stopped.status, on_hand()) == ("clock_went_back", 409, 1)
    assert "自助机要歇一歇" in stopped.rows
    assert "reader" not in stopped.facts, "whoever stands there stays on the screen"


def test_a_label_read_twice_is_said_to_be_done(library, device):
    card = device.scan("R90001").card
    device.scan("00018001", card)
    assert device.scan("00018001", card).what == "same_again"
    assert on_hand() == 1


def test_the_proof_of_a_card_ends(library, device, clock):
    card = device.scan("R90001").card
    assert device.scan("00018001", card + "x").what == "needs_reader"
    clock.shift(60 * 60)
    assert device.scan("00018001", card).what == "needs_reader"
    assert Loan.objects.count() == 0


def test_the_proof_of_a_card_holds_at_its_own_device_only(library, device):
    other = another_device(library, "窗边")
    assert other.scan("00018001", device.scan("R90001").card).what == "needs_reader"
    assert Loan.objects.count() == 0


def test_an_isbn_lends_a_copy_without_a_label(library, device):
    without_label(library.school, "猜猜我有多爱你", "9787533254261", 2)
    assert device.scan("9787533254261", device.scan("R90001").card).what == "lend"


BAD = ["", '"', "*", "(", "NEAR", "%", "\\", "\x00", "📚", "𠮷", "，。", "x" * 10_000, "99999999"]


@pytest.mark.parametrize("code", BAD)
def test_whatever_is_typed_is_answered_in_words_and_writes_nothing(library, device, code):
    before = Entry.objects.count()
    answer = device.scan(code, device.scan("R90001").card)
    assert answer.status in (200, 422)
    assert answer.facts, answer.html
    assert Entry.objects.count() == before


def test_two_labels_in_one_and_another_schools_book(library, device):
    assert "连在一起" in device.scan("0001800100018002").rows


def test_a_device_that_is_not_enrolled_is_refused(library):
    for token in ("", "made-up"):
        client = Client()
        client.cookies["kiosk"] = token
        seen = client.get("/kiosk/")
        assert seen.status_code == 401
        assert "还没有登记为自助机" in plain(seen.content.decode())
        sent = client.post("/kiosk/scan/", {"code": "R90001", "nonce": "n"})
        assert sent.status_code == 401
        assert "data-answer" not in sent.content.decode()


def test_a_device_that_was_taken_back_is_refused(library, device):
    take_back_kiosk(kiosk=device.kiosk, by=library.librarian, now=NOW)
    assert device.scan("R90001").status == 401


def test_self_service_is_off_until_the_school_opens_it(library, device):
    change_settings(
        school=library.school, changes={"kiosk.open": False}, by=library.librarian, now=NOW
    )
    seen = device.client.get("/kiosk/")
    assert seen.status_code == 403
    assert "还没有开放" in plain(seen.content.decode())
    assert device.scan("R90001").status == 403


def test_nobody_who_is_signed_in_leaves_the_office_open_behind_a_kiosk(library, device):
    device.client.force_login(library.librarian)
    seen = device.client.get("/kiosk/")
    assert seen.status_code == 403
    assert "还有人登录着" in plain(seen.content.decode())


def test_a_device_acts_in_its_own_school_where_there_are_several(library, device):
    other = a_school("远山小学")
    an_account(other, Role.LIBRARIAN)
    assert device.client.get("/kiosk/").status_code == 200
    assert device.scan("R90001").what == "show_reader"


def test_the_page_says_one_thing_to_do_and_keeps_no_name(library, device):
    seen = device.client.get("/kiosk/")
    assert "先刷借书证" in plain(seen.content.decode())
    cookie = seen.cookies["kiosk"]
    assert cookie["httponly"]
    assert cookie["path"] == "/kiosk/"


def test_a_scan_costs_a_fixed_number_of_statements(library, device):
    card = device.scan("R90001").card
    counts = []
    for code in ("00018001", "00018002"):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert device.scan(code, card).what == "lend"
        counts.append(len(seen))
    assert counts[0] == counts[1] <= MOST_STATEMENTS
