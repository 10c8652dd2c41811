"""Every page of the desk can be used by everybody, in both lights and at every width."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

SIZES = [(390, 844), (768, 1024), (1024, 768), (1366, 768)]
SERIOUS = {"serious", "critical"}


def faults(page) -> list[tuple[str, object]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["target"]) for one in found if one["impact"] in SERIOUS]


def fits(page) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_desk(library, sit_down, light):
    # axe is put into the page as a script, which our own policy forbids
    desk = sit_down(color_scheme=light, bypass_csp=True).open()
    assert faults(desk.page) == []
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    desk.card("R90001", "林书言")
    desk.scan("00018003", "未借出")
    desk.press("4")
    assert faults(desk.page) == []
    fits(desk.page)
    desk.press("Escape")
    desk.scan("l", "请选")
    desk.scan("9787544270878", "不认得")
    desk.press("1")
    assert faults(desk.page) == []
    fits(desk.page)


@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_helpers_desk_and_the_locked_one(library, sit_down, light):
    desk = sit_down("shenzhixia", color_scheme=light, bypass_csp=True).open()
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    desk.card("R90001", "林书言")
    desk.scan("00018003", "请图书馆老师放行")
    assert faults(desk.page) == []
    fits(desk.page)
    desk.page.request.post(
        f"{desk.root}/desk/lock/",
        headers={
            "X-CSRFToken": desk.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
        },
    )
    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="流通台已锁")).to_be_visible()
    assert faults(desk.page) == []


@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_class_visit_from_the_first_page_to_the_list(library, sit_down, light):
    desk = sit_down(color_scheme=light, bypass_csp=True)
    desk.page.goto(f"{desk.root}/desk/visit/")
    assert faults(desk.page) == []
    fits(desk.page)
    desk.page.set_viewport_size({"width": 1366, "height": 768})
    desk.page.get_by_role("button", name="开始").first.click()
    desk.page.wait_for_url("**/visit/*/")
    assert faults(desk.page) == []
    desk.press("Tab")
    desk.send("R00001")
    desk.scan("00018001", "借出")
    assert faults(desk.page) == []
    fits(desk.page)
    desk.press("F10")
    desk.page.wait_for_url("**/list/")
    assert faults(desk.page) == []
    fits(desk.page)


def test_the_slip(library, sit_down):
    library.lend(library.copies[0], library.other)
    desk = sit_down(bypass_csp=True)
    desk.page.goto(f"{desk.root}/desk/slip/{library.other.pk}/")
    expect(desk.page.get_by_text("城南旧事")).to_be_visible()
    assert faults(desk.page) == []
    fits(desk.page)
