"""A child before a kiosk: a card, books, and nobody stays on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from shuxiang.circulation.actions import enrol_kiosk, take_back_kiosk
from shuxiang.circulation.models import Kiosk, Loan
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import change_settings
from shuxiang.web.desk.tests.factories import NOW
from tests.journeys.desks import Desk
from tests.journeys.inspector import Inspector

SOON, LATE = 5, 60
"""Seconds until the screen forgets: for who walks away, and for who is looked at in peace."""


class Child(Desk):
    """Somebody before the page of a kiosk."""

    @property
    def next(self):
        return self.page.locator("#next h1")

    @property
    def greeting(self):
        return self.page.locator("#reader h2")

    def asked_for(self, words: str) -> None:
        expect(self.next).to_have_text(words)


@pytest.fixture
def come(browser: Browser, server, library) -> Iterator[Callable[[int], Child]]:
    """Open the page on a device that a librarian has enrolled."""
    changes = {"kiosk.open": True, "public.names": True}
    change_settings(school=library.school, changes=changes, by=library.librarian, now=NOW)
    _kiosk, token = enrol_kiosk(school=library.school, name="门口", by=library.librarian, now=NOW)
    came: list[Child] = []

    def open_window(seconds: int) -> Child:
        changes = {"kiosk.forget_seconds": seconds}
        change_settings(school=library.school, changes=changes, by=library.librarian, now=NOW)
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.add_cookies(
            [{"name": "kiosk", "value": token, "domain": "127.0.0.1", "path": "/kiosk/"}]
        )
        child = Child(context.new_page(), server.url)
        came.append(child)
        child.open("/kiosk/")
        return child

    yield open_window
    said = [word for child in came for word in child.said]
    for child in came:
        child.page.context.close()
    assert said == []


@pytest.fixture
def child(come: Callable[[int], Child]) -> Child:
    return come(LATE)


def emptied(child: Child) -> None:
    """See that the screen keeps nothing of who was here."""
    child.asked_for("先刷借书证")
    expect(child.rows).to_have_count(0)
    expect(child.page.locator("body")).not_to_contain_text("书言")
    expect(child.page.locator("[data-leave]")).to_be_hidden()


def test_r58_a_librarian_enrols_a_device_and_a_child_lends_and_returns_there(library, sit_down):
    desk = sit_down()
    page: Page = desk.page
    page.goto(desk.root + "/office/kiosks/")
    page.get_by_label("读者可以自己借书还书").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_label("这台设备的名称").fill("门口")
    page.get_by_role("button", name="登记这台设备").click()
    child = Child(page, desk.root)
    child.asked_for("先刷借书证")
    expect(child.box).to_be_focused()
    child.send("R90001")
    child.asked_for("再扫书")
    expect(child.greeting).to_have_text("你好！")
    child.scan("00018001", "借好了")
    child.scan("00018002", "借好了")
    child.asked_for("你已经借满了")
    page.get_by_role("button", name="我好了").click()
    emptied(child)
    child.scan("00018001", "还好了")
    assert [loan.copy.barcode for loan in Loan.objects.on_hand()] == ["00018002"]
    lent = Entry.objects.filter(verb="circulation.lend")
    assert {entry.place for entry in lent} == {f"kiosk {Kiosk.objects.get().pk}"}
    assert {entry.by for entry in lent} == {None}


def test_a_reader_who_walks_away_is_forgotten(library, come):
    child = come(SOON)
    child.send("R90001")
    expect(child.greeting).to_have_text("书言，你好！")
    expect(child.page.locator("[data-countdown]")).to_contain_text("秒后回到开头")
    child.scan("00018001", "借好了")
    emptied(child)
    child.scan("00018002", "先刷借书证")
    assert Loan.objects.count() == 1


def test_a_second_card_takes_the_place_of_the_first_at_once(library, child):
    child.send("R90001")
    child.scan("00018001", "借好了")
    child.send("R00001")
    expect(child.greeting).to_have_text("若溪，你好！")
    expect(child.rows).to_have_count(0)
    child.scan("00018002", "借好了")
    assert Loan.objects.get(copy=library.copies[1]).reader == library.pupils[0]


def test_nothing_is_said_to_be_recorded_while_the_server_is_away(library, child, server):
    child.send("R90001")
    child.asked_for("再扫书")
    server.stop()
    child.send("00018001")
    child.sees("还没有记上")
    expect(child.page.locator("[data-strip]")).to_contain_text("没有回应")
    assert Loan.objects.count() == 0
    server.start()
    child.settled()
    child.sees("借好了")
    assert Loan.objects.get().reader == library.other


def test_who_walks_away_while_the_server_is_away_is_not_seen_and_lends_to_nobody_else(
    library, come, server
):
    child = come(SOON)
    child.send("R90001")
    child.asked_for("再扫书")
    server.stop()
    child.send("00018001")
    expect(child.page.locator("body")).not_to_contain_text("书言")
    expect(child.rows.filter(has_text="还没有记上")).to_have_count(1)
    child.send("00018002")
    server.start()
    child.settled()
    child.sees("先刷借书证", "草房子")
    assert Loan.objects.get().copy == library.copies[0]
    assert Loan.objects.get().reader == library.other
    emptied(child)


def test_an_answer_that_is_lost_is_recorded_once(library, child, clock):
    child.send("R90001")
    child.asked_for("再扫书")
    with child.answers_lost():
        child.send("00018001")
        child.sees("还没有记上")
    clock.shift(60)
    child.settled()
    child.sees("借好了")
    assert Loan.objects.count() == 1
    assert not Entry.objects.filter(verb="circulation.take_back").exists()


def test_i_am_done_waits_for_the_scans_before_it(library, child, server):
    child.send("R90001")
    child.asked_for("再扫书")
    server.stop()
    child.send("00018001")
    child.sees("还没有记上")
    child.page.get_by_role("button", name="我好了").click()
    child.send("R00001")
    child.send("00018002")
    server.start()
    child.settled()
    assert Loan.objects.get(copy=library.copies[0]).reader == library.other
    assert Loan.objects.get(copy=library.copies[1]).reader == library.pupils[0]


def test_a_device_that_was_switched_off_says_so_and_lends_nothing(library, come):
    child = come(SOON)
    child.send("R90001")
    child.asked_for("再扫书")
    take_back_kiosk(kiosk=Kiosk.objects.get(), by=library.librarian, now=NOW)
    child.send("00018001")
    child.sees("这台自助机现在不能用，没有记上。")
    assert Loan.objects.count() == 0
    expect(child.page.locator("h1")).to_have_text("这台设备还没有登记为自助机")


def test_a_device_that_is_not_enrolled_is_refused(library, sit_down):
    desk = sit_down()
    desk.page.context.clear_cookies()
    answer = desk.page.goto(f"{desk.root}/kiosk/")
    assert answer is not None
    assert answer.status == 401
    expect(desk.page.locator("h1")).to_have_text("这台设备还没有登记为自助机")


def test_everybody_can_read_the_kiosk(library, child, server):
    inspector = Inspector(child.page, server.url)
    inspector.look()
    child.send("R90001")
    child.asked_for("再扫书")
    child.scan("00018001", "借好了")
    child.scan("00018002", "借好了")
    child.scan("00018003", "再来借")
    inspector.look_closely()
    assert inspector.found == []
