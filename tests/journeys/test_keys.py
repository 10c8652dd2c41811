"""Every key that the help shows is pressed, and does what the help says."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from shuxiang.circulation.models import Hold, Loan
from shuxiang.web.desk.tests.factories import without_label
from tests.journeys.inspector import Inspector


def shown_keys(desk):
    """Open the help, read which keys it names, and shut it."""
    desk.press("F1")
    rows = desk.page.get_by_role("dialog").locator("li")
    expect(rows.first).to_be_visible()
    said = {row.locator("kbd").inner_text(): row.inner_text().split("\n")[-1] for row in rows.all()}
    desk.press("Escape")
    expect(desk.box).to_be_focused()
    return said


def press_each(desk, does):
    """Press the keys that the help shows, in the order of the table; none may be without a line."""
    assert shown_keys(desk) == {key: words for key, (words, _) in does.items()}
    for _, act in does.values():
        act(desk)


@pytest.fixture
def with_reader(library, desk):
    library.lend(library.copies[3], library.other)
    desk.card("R90001", "林书言")
    desk.scan("00018001", "城南旧事")
    return desk


def test_each_key_of_the_desk(with_reader):
    press_each(
        with_reader,
        {
            "F7": ("撤销上一扫", undoes),
            "F2": ("全部续借", renews),
            "F8": ("放行", passes),
            "Tab": ("换工作方式", reads_here),
            "Esc": ("换读者", leaves_the_reader),
            "F3": ("只还，再按一次恢复", takes_back_only),
            "F6": ("打印", prints),
            "F4": ("班级到馆", goes_to_the_visits),
            "?": ("全部按键", shows_the_keys),
        },
    )


def undoes(desk):
    desk.press("F7")
    desk.sees("已撤销", "城南旧事")
    assert Loan.objects.on_hand().get().copy.barcode == "00018004"


def renews(desk):
    desk.press("F2")
    desk.sees("续借 1 册")
    assert Loan.objects.on_hand().get().renewals == 1


def passes(desk):
    desk.scan("00018001", "借出")
    desk.scan("00018003", "未借出")
    desk.press("F8")
    desk.sees("借出", "放行")


def reads_here(desk):
    desk.page.wait_for_timeout(400)  # a Tab sooner than that would be the scanner's
    desk.press("Tab")
    expect(desk.page.locator("[data-next-words]")).to_have_text("林书言 室内阅览")


def leaves_the_reader(desk):
    desk.press("4", "Escape")
    expect(desk.box).to_have_value("")
    expect(desk.page.get_by_text("请扫读者证")).to_be_visible()


def takes_back_only(desk):
    desk.press("F3")
    expect(desk.page.locator("[data-mode=returns]")).to_have_attribute("aria-pressed", "true")
    desk.press("F3")
    expect(desk.page.locator("[data-mode=both]")).to_have_attribute("aria-pressed", "true")


def prints(desk):
    desk.card("R90001", "林书言")
    desk.press("F6")
    desk.page.wait_for_url("**/slip/*/")
    expect(desk.page.get_by_text("城南旧事")).to_be_visible()
    desk.press("Escape")
    desk.page.wait_for_url("**/desk/")


def goes_to_the_visits(desk):
    desk.press("F4")
    desk.page.wait_for_url("**/desk/visit/")
    desk.press("Escape")
    desk.page.wait_for_url("**/desk/")


def shows_the_keys(desk):
    expect(desk.box).to_be_focused()
    desk.press("?")
    expect(desk.page.get_by_role("dialog")).to_be_visible()
    inspector = Inspector(desk.page, desk.root)
    inspector.look()
    assert inspector.found == []
    desk.press("Escape")
    expect(desk.box).to_be_focused()


def test_each_key_of_a_refused_loan(library, desk):
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    desk.card("R90001", "林书言")
    desk.scan("00018003", "未借出")
    reasons = desk.newest.locator("[data-choice]")
    expect(reasons.locator("kbd")).to_have_text(["1", "2", "3", "4"])
    for key in ("3", "2", "1"):
        desk.press(key)
        expect(reasons.nth(int(key) - 1)).to_have_attribute("aria-pressed", "true")
    desk.press("4")
    expect(desk.page.get_by_label("其他理由")).to_be_focused()
    desk.press("Escape")
    expect(desk.newest.get_by_role("button")).to_have_count(0)
    assert Loan.objects.on_hand().count() == 2


def test_the_key_that_places_a_hold(library, desk):
    (only,) = without_label(library.school, "奶奶的旧书", "9787544270878")
    library.lend(only, library.pupils[0])
    desk.card("R90001", "林书言")
    desk.scan("9787544270878", "奶奶的旧书")
    desk.press("1")
    desk.sees("已预约", "奶奶的旧书")
    assert Hold.objects.get().reader == library.other


@pytest.fixture
def in_visit(library, sit_down):
    desk = sit_down()
    desk.page.goto(f"{desk.root}/desk/visit/")
    desk.page.get_by_role("button", name="开始").first.click()
    desk.page.wait_for_url("**/visit/*/")
    expect(desk.box).to_be_focused()
    return desk


def test_each_key_of_a_class_visit(library, in_visit):
    library.lend(library.copies[0], library.pupils[0])
    in_visit.page.reload()
    in_visit.press("Tab")
    press_each(
        in_visit,
        {
            "→": ("下一位", moves_on),
            "←": ("上一位", moves_back),
            "F2": ("续借", keeps_the_book),
            "F5": ("请假", is_away),
            "F7": ("撤销上一扫", takes_the_last_act_back),
            "Tab": ("收书与逐人借互换", takes_back_or_lends),
            "?": ("全部按键", shows_the_keys),
            "F10": ("结束，给陈思敏一份名单", finishes),
        },
    )


def pupil(desk):
    return desk.page.locator(".sx-pupil[aria-current=true]")


def moves_on(desk):
    desk.press("ArrowRight")
    expect(pupil(desk)).to_contain_text("安若溪")
    desk.press("ArrowRight")
    expect(pupil(desk)).to_contain_text("白景行")


def moves_back(desk):
    desk.press("ArrowLeft")
    expect(pupil(desk)).to_contain_text("安若溪")


def keeps_the_book(desk):
    desk.press("F2")
    expect(desk.page.locator(".sx-pupil.kept")).to_contain_text("安若溪")


def is_away(desk):
    desk.press("ArrowRight", "F5")
    expect(desk.page.locator(".sx-pupil.away")).to_contain_text("白景行")


def takes_the_last_act_back(desk):
    desk.send("R00003")
    desk.scan("00018002", "借出")
    desk.press("F7")
    desk.sees("已撤销")


def takes_back_or_lends(desk):
    desk.page.wait_for_timeout(400)
    desk.press("Tab")
    expect(desk.page.locator("[data-desk]")).to_have_attribute("data-step", "return")


def finishes(desk):
    desk.press("F10")
    desk.page.wait_for_url("**/list/")
