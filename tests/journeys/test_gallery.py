"""The gallery is the design system at work; what is not well there is well nowhere."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser

from shuxiang.readers.tests.factories import a_school, an_account
from tests.journeys.inspector import EVERY_RULE

Light = Literal["light", "dark"]
SIZES = [(360, 740), (390, 844), (768, 1024), (1024, 768), (1366, 768), (1920, 1080)]


@pytest.fixture
def address(live_server) -> str:
    an_account(a_school())
    return f"{live_server.url}{reverse('components.gallery')}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("light", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anybody(browser, address, light):
    with _look(browser, address, light=light, size=(1366, 768)) as page:
        wide = Axe().run(page, options=EVERY_RULE).response["violations"]
        page.set_viewport_size({"width": 390, "height": 844})
        narrow = Axe().run(page, options=EVERY_RULE).response["violations"]

    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in wide + narrow] == []


@pytest.mark.django_db(transaction=True)
def test_no_page_is_wider_than_the_screen(browser, address):
    with _look(browser, address, light="light", size=(1366, 768)) as page:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.django_db(transaction=True)
def test_a_question_is_asked_before_what_has_no_undo(browser, address):
    with _look(browser, address, light="light", size=(1366, 768)) as page:
        sent = []
        page.on("request", lambda request: sent.append(request.method))
        page.get_by_role("button", name="注销，会先问").click()
        dialog = page.get_by_role("dialog", name="注销这 12 册？")
        dialog.get_by_role("button", name="先不").click()
        dialog.wait_for(state="hidden")

    assert "POST" not in sent


@pytest.mark.django_db(transaction=True)
def test_a_question_mark_shows_all_keys(browser, address):
    with _look(browser, address, light="light", size=(1366, 768)) as page:
        page.keyboard.press("?")
        keys = page.get_by_role("dialog").locator("li").all_inner_texts()

    assert any("F7" in key and "撤销上一扫" in key for key in keys)


@pytest.mark.django_db(transaction=True)
def test_the_choice_of_no_sounds_is_remembered(browser, address):
    with _look(browser, address, light="light", size=(1366, 768)) as page:
        page.get_by_role("button", name="提示音开").click()
        page.reload()
        off = page.get_by_role("button", name="提示音关").get_attribute("aria-pressed")

    assert off == "false"


@pytest.mark.django_db
def test_no_page_carries_a_style_or_a_script_of_its_own(client):
    an_account(a_school())
    html = client.get(reverse("components.gallery")).content.decode()

    assert re.findall(r"<[^>]*\sstyle=", html) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []
    assert re.findall(r"\son[a-z]+=\"", html) == []


class _look:  # noqa: N801 - reads as a verb where it is used
    """Open a page in one light and size; a word on the console is a fault."""

    def __init__(self, browser: Browser, address: str, *, light: Light, size: tuple[int, int]):
        # axe is put into the page as a script, which our own policy forbids.
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=light, bypass_csp=True
        )
        self.address = address
        self.said: list[str] = []

    def __enter__(self):
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(self.address)
        return page

    def __exit__(self, *_fault: object) -> None:
        self.context.close()
        assert self.said == []
