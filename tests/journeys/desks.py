"""A person at a desk: types, scans, and reads what stands on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client
from playwright.sync_api import Locator, Page, Route, expect

from shuxiang.readers.tests.factories import SECRET

PATIENCE = 20_000
NEWEST = "[data-rows] > .sx-act >> nth=0"


class Desk:
    """The page of a desk or of a class visit, in one browser window."""

    def __init__(self, page: Page, root: str) -> None:
        self.page = page
        self.root = root
        self.said: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def sign_in(self, username: str) -> Desk:
        """Come in as somebody who signed in before; other journeys fill the form."""
        client = Client()
        assert (
            client.post("/sign-in/", {"username": username, "password": SECRET}).status_code == 302
        )
        self.page.context.add_cookies(
            [
                {"name": one.key, "value": one.value, "url": self.root}
                for one in client.cookies.values()
            ]
        )
        return self

    def open(self, path: str = "/desk/") -> Desk:
        self.page.goto(self.root + path)
        expect(self.box).to_be_focused()
        return self

    @property
    def box(self) -> Locator:
        return self.page.locator("[data-box]")

    @property
    def rows(self) -> Locator:
        return self.page.locator("[data-rows] > .sx-act")

    @property
    def newest(self) -> Locator:
        return self.page.locator(NEWEST)

    @property
    def reader(self) -> Locator:
        return self.page.locator("#reader .name")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def send(self, code: str, end: str = "Enter") -> None:
        """Scan as a scanner does, 5 ms a key, and wait for nothing."""
        self.page.keyboard.type(code, delay=5)
        self.page.keyboard.press(end)

    def scan(self, code: str, says: str, end: str = "Enter") -> None:
        """Scan and read the newest row."""
        self.send(code, end)
        self.sees(says)

    def card(self, code: str, name: str) -> None:
        """Scan a card and read the name beside the rows."""
        self.send(code)
        expect(self.reader).to_have_text(name)

    def sees(self, *words: str) -> None:
        """Read the newest row: it holds all these words at once (借出 is not 未借出)."""
        row = self.newest
        for word in words:
            row = row.filter(has_text=re.compile(f"(?<![未并]){re.escape(word)}"))
        expect(row).to_be_visible()

    def settled(self) -> None:
        """Wait until every scan has its answer."""
        self.page.wait_for_timeout(400)
        expect(self.page.locator("[data-rows] [data-pending]")).to_have_count(0, timeout=60_000)

    @contextmanager
    def answers_lost(self) -> Iterator[None]:
        """Let scans reach the server and lose what it answers."""

        def lose(route: Route) -> None:
            route.fetch()
            route.abort()

        self.page.route("**/scan/", lose)
        yield
        self.page.unroute("**/scan/")
