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
COLOURS = {**EVERY_RULE, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""All that another light can change, and what takes longest to tell."""
ALL_BUT_COLOURS = {**EVERY_RULE, "rules": {"color-contrast": {"enabled": False}}}
A_REFUSAL = "the server responded with a status of 422"
"""What the browser writes of a form that comes back with what is to be mended."""
OPEN_MENUS = "for (const menu of document.querySelectorAll('main details')) menu.open = true"


class Inspector:
    """Watches one window: who could not use it, what it complains of, whom it calls."""

    def __init__(self, page: Page, root: str) -> None:
        self.page = page
        self.root = root
        self.found: list[str] = []
        # A page has the same colours on both databases: one run sees them by night, one by day.
        by_night = connection.vendor == "postgresql"
        self._by_night = EVERY_RULE if by_night else ALL_BUT_COLOURS
        self._by_day = ALL_BUT_COLOURS if by_night else EVERY_RULE
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
        self._look_by_night()
        self._ask(OPEN_MENUS)
        self._look_by_day()

    def look(self) -> None:
        """Look at the page as it stands: by night on a phone, by day at a desk; leave it wide and light."""
        self._look_by_night()
        self._look_by_day()

    def _look_by_night(self) -> None:
        self._ask(AXE_SCRIPT)
        self.page.emulate_media(color_scheme="dark")
        self._look_at(PHONE, self._by_night)
        self.page.emulate_media(color_scheme="light")

    def _look_by_day(self) -> None:
        for size in (TABLET, OLD_SCREEN):
            self._measure(size)
        self._look_at(WIDE, self._by_day)

    def look_in_every_light(self) -> None:
        """Look at the colours by day and by night, on a phone and at a desk."""
        for light in ("dark", "light"):
            self.page.emulate_media(color_scheme=light)
            for size in (PHONE, WIDE):
                self._look_at(size, COLOURS)

    def _look_at(self, size: tuple[int, int], rules: dict[str, Any]) -> None:
        self._measure(size)
        for one in self._ask(f"axe.run({json.dumps(rules)})")["violations"]:
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
