"""A librarian who has only the pages: follows what they offer, fills in what they ask, reads what they say."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.desks import PATIENCE
from tests.journeys.inspector import Inspector
from tests.serving import Terminal

PASSWORD = "yi-ye-zhi-qiu-2026"  # noqa: S105


class Librarian:
    """One person in one window; the only address ever typed is the library's own."""

    def __init__(self, page: Page, terminal: Terminal) -> None:
        self.page = page
        self.terminal = terminal
        self.root = terminal.root
        self.inspector = Inspector(page, self.root)
        page.set_default_timeout(PATIENCE)

    def arrive(self) -> None:
        """Open the address that the terminal shows."""
        self.page.goto(f"{self.root}/")

    def look(self) -> None:
        """Let the page be looked at for everybody."""
        self.inspector.look()

    def go_to(self, room: str) -> None:
        """Choose a room at the left."""
        entry = self.page.locator(".sx-rooms").get_by_text(room, exact=True)
        if not entry.is_visible():
            self.page.locator(".sx-rooms nav summary").click()
        entry.click()

    def follow(self, words: str) -> None:
        """Follow a link of the page itself."""
        self.page.locator("main").get_by_role("link", name=words, exact=True).first.click()

    def press(self, words: str) -> None:
        """Press a button, once the page's scripts listen to it."""
        self.page.wait_for_load_state("domcontentloaded")
        self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)

    def choose(self, label: str, words: str) -> None:
        self.page.get_by_label(label).select_option(label=words)

    def reads(self, words: str) -> None:
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def set_up(self, *, code: str = "", password: str = PASSWORD) -> None:
        """Fill in the first page; the terms are such that today is in one of them."""
        year = self.page.evaluate("new Date().getFullYear() - (new Date().getMonth() < 8 ? 1 : 0)")
        for label, text in {
            "一次性安装码": code or self.terminal.set_up_code,
            "学校名称": "春晖小学",
            "第一学期开学": f"{year}-09-01",
            "第一学期结束": f"{year + 1}-01-31",
            "第二学期开学": f"{year + 1}-02-01",
            "第二学期结束": f"{year + 1}-08-31",
            "您的姓名": "王老师",
            "登录用的用户名": "wanglaoshi",
        }.items():
            self.fill(label, text)
        for label in ("密码", "再输一遍密码"):
            self.page.get_by_label(label, exact=True).fill(password)
        self.press("建好并登录")

    def bring(self, list_of: str, file: Path) -> None:
        """Choose a list under Import and have it read."""
        self.go_to("导入")
        self.follow(list_of)
        self.page.get_by_label("Excel 或 CSV 文件").set_input_files(file)
        self.press("读取表格")

    def reads_figures(self, **figures: int) -> None:
        """Read numbers, each under its word."""
        for words, number in figures.items():
            figure = self.page.locator(".sx-figure", has_text=words)
            expect(figure.locator(".v")).to_have_text(f"{number}")

    def reads_rows(self, **counts: int) -> None:
        """Read how many rows of the list would come to what."""
        for words, number in counts.items():
            chip = self.page.locator(".sx-chips a", has_text=words)
            expect(chip).to_have_text(re.compile(rf"{words}\s*{number}$"))

    def downloads(self, words: str) -> list[tuple[Any, ...]]:
        """Fetch a workbook that the page offers, and read its rows."""
        with self.page.expect_download() as fetched:
            self.follow(words)
        sheet = load_workbook(BytesIO(fetched.value.path().read_bytes())).active
        return list(sheet.iter_rows(values_only=True))
