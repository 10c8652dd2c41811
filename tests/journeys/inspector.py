"""Somebody who looks at a page for everybody: at a desk and on a phone, by day and by night."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.db import connection
from playwright.sync_api import ConsoleMessage, Page, Request

WIDE = (1366, 768)
PHONE = (390, 844)
TABLET, OLD_SCREEN = (768, 1024), (1024, 768)
SERIOUS = {"serious", "critical"}
EVERY_RULE: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
A_REFUSAL = "the server responded with a status of 422"
"""What the browser writes of a form that comes back with what is to be mended."""
OPEN_MENUS = "for (const menu of document.querySelectorAll('main details')) menu.open = true"


class Inspector:
    """Watches one window: who could not use it, what it complains of, whom it calls."""

    def __init__(self, page: Page, root: str) -> None:
        self.page = page
        self.root = root
        self.found: list[str] = []
        # A page is the same on both databases: one run sees it by night on a phone, one by day at a desk.
        self._is_by_night = connection.vendor == "postgresql"
        self._tools = page.context.new_cdp_session(page)
        page.emulate_media(reduced_motion="reduce")  # a colour half-way to another is none
        page.on("pageerror", lambda error: self._note(f"script: {error}"))
        page.on("console", self._hear)
        page.on("request", self._follow)

    def open(self, path: str) -> None:
        """Go to a page and look at it: by night with its menus closed, by day with all of them open."""
        answer = self.page.goto(self.root + path)
        if answer is None or answer.status != 200 or answer.url != self.root + path:
            self._note(f"{path} is no page")
        if not self._is_by_night:
            self._ask(OPEN_MENUS)
        self.look()

    def look(self) -> None:
        """Look at the page as it stands, by night on a phone or by day at a desk; leave it wide and light."""
        self._look(PHONE if self._is_by_night else WIDE)

    def look_closely(self) -> None:
        """Look at the page both on a phone and at a desk, in this run's light; leave it wide and light."""
        self._look(PHONE, WIDE)

    def _look(self, *sizes: tuple[int, int]) -> None:
        self.page.wait_for_load_state()  # a page is measured with all its sheets
        for size in (PHONE, TABLET, OLD_SCREEN):
            self._measure(size)
        self._ask(AXE_SCRIPT)
        self.page.emulate_media(color_scheme="dark" if self._is_by_night else "light")
        for size in sizes:
            self._look_at(size)
        self.page.emulate_media(color_scheme="light")
        self._measure(WIDE)

    def _look_at(self, size: tuple[int, int]) -> None:
        self._measure(size)
        for one in self._ask(f"axe.run({json.dumps(EVERY_RULE)})")["violations"]:
            if one["impact"] in SERIOUS:
                where = [node["target"] for node in one["nodes"]]
                self._note(f"{size[0]} px: {one['id']} at {where}")

    def _measure(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        wide = self._ask("document.documentElement.scrollWidth")
        if wide > size[0]:
            self._note(f"{wide} px wide on a screen of {size[0]}")

    def _ask(self, script: str) -> Any:
        """Ask as the browser's own tools do, which the page's policy does not hinder."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        said = self._tools.send("Runtime.evaluate", asked)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and A_REFUSAL not in message.text:
            self._note(f"{message.type}: {message.text}")

    def _follow(self, request: Request) -> None:
        if not request.url.startswith((f"{self.root}/", "data:", "blob:")):
            self._note(f"asked another machine for {request.url}")

    def _note(self, fault: str) -> None:
        self.found.append(f"{self.page.url.removeprefix(self.root)}: {fault}")
