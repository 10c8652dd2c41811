"""Every page of the desk can be used by everybody, in both lights and at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.inspector import Inspector


@pytest.fixture
def inspected(library, sit_down):
    """Sit down with somebody watching; what he found fails the test."""
    inspectors = []

    def sit(username="zhoumin"):
        desk = sit_down(username)
        inspector = Inspector(desk.page, desk.root)
        inspectors.append(inspector)
        return desk, inspector.look_closely

    yield sit
    assert [fault for inspector in inspectors for fault in inspector.found] == []


def test_the_desk(library, inspected):
    desk, look = inspected()
    desk.open()
    look()
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    desk.card("R90001", "林书言")
    desk.scan("00018003", "未借出")
    desk.press("4")
    expect(desk.newest.locator("[name=why]")).to_be_focused()
    look()
    desk.press("Escape")
    desk.scan("l", "请选")
    desk.scan("9787544270878", "不认得")
    desk.press("1")
    look()


def test_the_helpers_desk_and_the_locked_one(library, inspected):
    desk, look = inspected("shenzhixia")
    desk.open()
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    desk.card("R90001", "林书言")
    desk.scan("00018003", "请图书馆老师放行")
    look()
    desk.page.request.post(
        f"{desk.root}/desk/lock/",
        headers={
            "X-CSRFToken": desk.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
        },
    )
    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="流通台已锁")).to_be_visible()
    look()


def test_the_class_visit_from_the_first_page_to_the_list(library, inspected):
    desk, look = inspected()
    desk.page.goto(f"{desk.root}/desk/visit/")
    look()
    desk.page.get_by_role("button", name="开始").first.click()
    desk.page.wait_for_url("**/visit/*/")
    look()
    desk.press("Tab")
    desk.send("R00001")
    desk.scan("00018001", "借出")
    look()
    desk.press("F10")
    desk.page.wait_for_url("**/list/")
    look()


def test_the_slip(library, inspected):
    library.lend(library.copies[0], library.other)
    desk, look = inspected()
    desk.page.goto(f"{desk.root}/desk/slip/{library.other.pk}/")
    expect(desk.page.get_by_text("城南旧事")).to_be_visible()
    look()
