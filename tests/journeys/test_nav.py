"""A librarian finds every room and the user's menu: at a desk without scrolling, and on an upright tablet."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

READERS = "/office/readers/"
SMALL, UPRIGHT = {"width": 1366, "height": 768}, {"width": 768, "height": 1024}


def test_every_day_s_rooms_and_the_heading_stand_on_a_small_screen(library, sit_down):
    page = _office(sit_down(), SMALL)
    rooms = page.locator(".sx-rooms")
    for each in [*rooms.locator("nav > a").all(), *rooms.locator("summary").all()]:
        expect(each).to_be_in_viewport(ratio=1)

    rooms.locator("nav summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(rooms.locator("nav details a").first).to_be_focused()


@pytest.mark.parametrize("size", [SMALL, UPRIGHT])
def test_the_user_s_menu_is_whole(library, sit_down, size):
    page = _office(sit_down(), size)
    page.locator(".sx-rooms .sx-user > summary").click()
    leave = page.locator(".sx-rooms").get_by_role("button", name="退出登录")
    expect(leave).to_be_in_viewport(ratio=1)


def _office(desk, size):
    """Go from the desk to a page that is used every day."""
    desk.page.set_viewport_size(size)
    desk.page.goto(f"{desk.root}{READERS}")
    return desk.page
