"""A class gets its slips; a pupil comes in on a telephone, renews, waits no longer and goes again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.queries import SIGN_IN
from shuxiang.web.desk.tests.factories import NOW
from tests.journeys.inspector import PHONE, Inspector

MINE = "905138"
WRONG = "905139"


class Pupil:
    """Somebody with a card and a telephone."""

    def __init__(self, page: Page, root: str) -> None:
        self.page, self.root = page, root
        self.inspector = Inspector(page, root)

    def enter(self, card: str, pin: str) -> None:
        self.page.goto(f"{self.root}/me/sign-in/")
        self.page.get_by_label("借书证号").fill(card)
        self.page.get_by_label("我的密码").fill(pin)
        self.press("登录")

    def choose(self, pin: str) -> None:
        for field in ("新密码", "再输一遍"):
            self.page.get_by_label(field, exact=True).fill(pin)
        self.press("就用这个密码")

    def press(self, words: str) -> None:
        """Press a button, once the page's scripts listen to it."""
        self.page.wait_for_load_state("domcontentloaded")
        self.page.locator("main").get_by_role("button", name=words).first.click()

    def reads(self, words: str) -> None:
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def look(self) -> None:
        """Let the page be looked at for everybody, and take the telephone again."""
        self.inspector.look()
        self.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})


@pytest.fixture
def library(library):
    """The first pupil has two books, waits for a third, and a week has gone by."""
    change_settings(school=library.school, changes={SIGN_IN: True}, by=None, now=NOW)
    ago = NOW - timedelta(days=7)
    for copy in (0, 1):
        library.lend(library.copies[copy], library.pupils[0], ago)
    library.lend(library.copies[2], library.other, ago)
    library.hold(library.copies[2].holding, library.pupils[0], ago)
    return library


@pytest.fixture
def telephone(browser, server):
    """Hand out telephones; what somebody could not use fails the test."""
    pupils = []

    def hand(**window):
        viewport = {"width": PHONE[0], "height": PHONE[1]}
        context = browser.new_context(viewport=viewport, has_touch=True, locale="zh-CN", **window)
        pupils.append(Pupil(context.new_page(), server.url))
        return pupils[-1]

    yield hand
    found = [fault for pupil in pupils for fault in pupil.inspector.found]
    for pupil in pupils:
        pupil.page.context.close()
    assert found == []


@pytest.fixture
def slips(library, sit_down):
    """Print the slips of the class in the office; read card and PIN off each."""
    desk = sit_down()
    inspector = Inspector(desk.page, desk.root)
    desk.page.goto(f"{desk.root}/office/classes/{library.school_class.pk}/")
    desk.page.get_by_role("link", name="学生密码").click()
    desk.page.get_by_role("button", name="40 张密码条").click()
    expect(desk.page.get_by_role("heading", name=re.compile("40 张密码条"))).to_be_visible()
    printed = "".join(desk.page.locator(".slip").all_inner_texts())
    inspector.look()
    assert inspector.found == []
    pins = [f"{first}{last}" for first, last in re.findall(r"(\d{3}) (\d{3})\s", printed)]
    return dict(zip(re.findall(r"R\d{5}", printed), pins, strict=True))


def test_r05_from_the_slip_to_the_own_page_and_out_again(slips, telephone):
    pupil = telephone()
    pupil.enter("R00001", slips["R00001"])
    pupil.reads("密码条上的密码只用这一次")
    pupil.look()
    pupil.choose(slips["R00001"])
    pupil.reads("也不能和现在的密码相同")
    pupil.choose(MINE)
    pupil.reads("你带走了 2 本书")
    pupil.look()
    pupil.press("续借到")
    pupil.reads("续借好了，12月7日前还")
    pupil.reads("下一个就是你")
    pupil.press("不等了")
    pupil.page.locator("dialog[open]").get_by_role("button", name="不等了").click()
    pupil.reads("不再等《昆虫记》了")
    pupil.look()
    pupil.press("退出登录")
    pupil.page.goto(f"{pupil.root}/me/")
    assert "/sign-in/" in pupil.page.url
    pupil.enter("R00001", slips["R00001"])
    pupil.reads("对不上")
    pupil.enter("R00001", MINE)
    pupil.reads("你带走了 2 本书")


def test_ten_wrong_pins_stop_one_card_while_a_classmate_signs_in(slips, telephone):
    prankster, classmate = telephone(), telephone()
    for _ in range(10):
        prankster.enter("R00001", WRONG)
        prankster.reads("对不上")
    prankster.enter("R00001", slips["R00001"])
    prankster.reads("连着错了十次")
    prankster.look()
    classmate.enter("R00002", slips["R00002"])
    classmate.reads("密码条上的密码只用这一次")


def test_it_works_without_javascript(slips, telephone):
    pupil = telephone(java_script_enabled=False)
    pupil.enter("R00001", slips["R00001"])
    pupil.choose(MINE)
    pupil.press("全部续借")
    pupil.reads("续借好了")
    pupil.press("不等了")
    pupil.reads("不再等《昆虫记》了")
    pupil.press("退出登录")
    assert pupil.page.url == f"{pupil.root}/"
