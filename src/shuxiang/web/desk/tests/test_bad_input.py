"""What comes in wrong at the desk: what happened, was it recorded, what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django_scopes import scope

from shuxiang.catalogue.actions import withdraw
from shuxiang.catalogue.models import Copy, Standing
from shuxiang.catalogue.tests.factories import a_copy
from shuxiang.circulation.models import Loan
from shuxiang.platform.audit.models import Entry
from shuxiang.readers import actions as readers
from shuxiang.readers.tests.factories import a_school
from shuxiang.web.desk.tests.conftest import page_of
from shuxiang.web.desk.tests.factories import NOW, TODAY_LEFT, an_open_library


def nothing_recorded(before: int) -> bool:
    return Entry.objects.count() == before


def recorded() -> int:
    return Entry.objects.count()


def test_an_unknown_number_says_so(library, desk):
    before = recorded()
    answer = desk.scan("77770000", library.other)
    assert (answer.what, answer.status, answer.facts["tone"]) == ("unknown", 422, "bad")
    assert "没有记录" in answer.rows
    assert nothing_recorded(before)


def test_a_name_that_nobody_bears_is_no_book_to_be_added(library, desk):
    assert "补录" not in desk.scan("欧阳不存在", library.other).rows
    assert "补录并借出" in desk.scan("77770000", library.other).rows


def test_a_card_where_a_book_is_due_says_so(library, desk):
    before = recorded()
    answer = desk.scan("R00001", mode="returns")
    assert answer.what == "card_not_book"
    assert "这是读者证" in answer.rows
    assert nothing_recorded(before)


def test_a_book_where_a_card_is_due_says_so(library, desk):
    answer = desk.scan("00018001")
    assert (answer.what, Loan.objects.count()) == ("needs_reader", 0)
    assert "请先扫读者证" in answer.rows


def test_a_reader_who_left_returns_and_does_not_borrow(library, desk):
    library.lend(library.copies[0], library.other)
    readers.leave(reader=library.other, on=TODAY_LEFT, by=library.librarian, now=NOW)
    card = desk.scan("R90001")
    assert "已离校，只能还书" in card.panel
    assert "还可借" not in card.panel
    refused = desk.scan("00018002", library.other)
    assert "不可放行 这位读者已离校" in refused.rows
    assert desk.scan("00018001").what == "circulation.take_back"


def test_a_book_of_another_school_names_the_school_and_nothing_else(library, desk):
    other = a_school("河口小学")
    with scope(school=other):
        a_copy(other, barcode="HK000777")
    before = recorded()
    answer = desk.scan("HK000777", library.other)
    assert answer.what == "other_school"
    assert "这是河口小学的书" in answer.rows
    assert "城南旧事" not in answer.rows
    assert nothing_recorded(before)


@pytest.mark.parametrize(
    ("standing", "words"),
    [(Standing.IN_REPAIR, "可放行 这一册记着在修补"), (Standing.LOST, "")],
)
def test_a_copy_in_repair_asks_and_a_lost_one_is_found(library, desk, standing, words):
    Copy.objects.filter(pk=library.copies[0].pk).update(standing=standing)
    answer = desk.scan("00018001", library.other)
    assert words in answer.rows
    assert (answer.what == "circulation.lend") is (standing == Standing.LOST)


def test_a_withdrawn_copy_is_not_lent_by_anybody(library, desk):
    withdraw(
        copies=[library.copies[0]],
        reason="damaged",
        withdrawn_on=NOW.date(),
        by=library.librarian,
        now=NOW,
    )
    confirmed = desk.scan("00018001", library.other, confirmed="copy_withdrawn", why="x")
    assert "不可放行 这一册已经注销" in confirmed.rows
    alone = desk.scan("00018001")
    assert "这一册已经注销，请交给图书馆老师" in alone.rows
    assert Loan.objects.count() == 0


@pytest.mark.parametrize(
    "sent", ["00018001\t", "00018001\r\n", " ０００１８００１ ", "00018001\n\n"]
)
def test_the_ways_in_which_scanners_end_do_no_harm(library, desk, sent):
    assert desk.scan(sent, library.other).what == "circulation.lend"


def test_caps_lock_does_no_harm(library, desk):
    assert desk.scan("r90001").facts["reader"] == str(library.other.pk)
    assert desk.scan("LSY").facts["reader"] == str(library.other.pk)


def test_ten_thousand_characters_are_answered_in_words(library, desk):
    before = recorded()
    answer = desk.scan("9" * 10_000, library.other)
    assert (answer.what, answer.status) == ("too_long", 422)
    assert "10000 个字符" in answer.rows
    assert len(answer.html) < 5_000
    assert nothing_recorded(before)


def test_two_scans_run_together_are_told_apart_and_not_recorded(library, desk):
    before = recorded()
    answer = desk.scan("0001800100018002", library.other)
    assert answer.what == "run_together"
    assert "00018001 和 00018002" in answer.rows
    assert nothing_recorded(before)


def test_a_clock_set_back_to_2009_pauses_and_asks_a_librarian(library, desk, clock):
    library.lend(library.copies[0], library.other, now=NOW)
    clock.move_to(datetime(2009, 1, 1, 0, 3, tzinfo=UTC))
    paused = desk.scan("00018001")
    assert (paused.what, paused.status) == ("clock_went_back", 409)
    assert "2009年1月1日 08:03" in paused.rows
    assert "时钟没错，继续" in paused.rows
    assert Loan.objects.on_hand().count() == 1
    assert desk.post("clock").what == "clock_trusted"
    assert desk.scan("00018001").what == "circulation.take_back"


def test_a_helper_cannot_say_that_the_clock_is_right(library, helpers_desk, clock):
    library.lend(library.copies[0], library.other, now=NOW)
    clock.move_to(datetime(2009, 1, 1, 0, 3, tzinfo=UTC))
    paused = helpers_desk.scan("00018001")
    assert "请找图书馆老师" in paused.rows
    assert helpers_desk.post("clock").status == 403


@pytest.mark.sqlite("the size of the file can be limited")
def test_a_full_disk_is_told_and_the_same_scan_succeeds_once_there_is_room(transactional_db):
    library = an_open_library()
    with scope(school=library.school):
        desk = page_of(library.librarian)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # pages that other tests left would be room
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
            reader = str(library.other.pk)
            refused, nonce = scan_until_refused(desk, reader)
            assert "磁盘已满，这一笔没有记录" in refused.rows
            assert not Entry.objects.filter(nonce=nonce).exists()
            cursor.execute("PRAGMA max_page_count = 1073741823")
        again = desk.post("scan", code="00018001", mode=mode_of(nonce), nonce=nonce, reader=reader)
        assert again.status == 200
        assert Entry.objects.filter(nonce=nonce).count() == 1


def mode_of(nonce: str) -> str:
    return "both" if int(nonce.partition("-")[2]) % 2 == 0 else "returns"


def scan_until_refused(desk, reader):
    """Lend and take back one book until the file can't grow any more."""
    for number in range(1000):
        nonce = f"full-{number}"
        answer = desk.post("scan", code="00018001", mode=mode_of(nonce), nonce=nonce, reader=reader)
        if answer.status == 503:
            return answer, nonce
    raise AssertionError("the disk never filled")
