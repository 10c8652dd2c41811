"""A class of 45 brings 45 books back and takes 45 others home: the class visit in a browser, scanned without a pause.

The machine's share runs from the end of a scan to its row on the screen; the rest are the scanner's keys.
"""

from __future__ import annotations

import time

from playwright.sync_api import Page, sync_playwright

from bench.desk import scan
from bench.parts import large_school
from bench.parts.measuring import line, percentile, served
from tests.serving import Browser, chromium

PUPILS = 45
KEY = 5
"""Milliseconds between two keys of a scanner."""
WATCH = """() => {
  window.ended = []; window.shown = [];
  addEventListener("keydown", (event) => { if (event.key === "Enter") ended.push(performance.now()); }, true);
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes)
      if (node.matches?.(".sx-act:not([data-pending])") && node.matches("[data-rows] > *")) shown.push(performance.now());
  }).observe(document.querySelector("[data-rows]"), { childList: true });
}"""


def main() -> None:
    print(f"a class visit: {PUPILS} returns, {PUPILS} loans, {large_school.titles()} titles")
    large_school.add_pupils()
    school_class, pupils = large_school.one_class(PUPILS)
    codes = [code for _, code in large_school.free_pairs(2 * PUPILS)]
    with served() as (_pid, port), sync_playwright() as playwright:
        desk = Browser(port)
        for (reader, _card), code in zip(pupils, codes, strict=False):
            scan(desk, (reader, code), mode="")
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = _visit(browser.new_page(locale="zh-CN"), desk.root, school_class)
        began, waited = time.perf_counter(), []
        for code in codes[:PUPILS]:
            waited.append(_scan(page, code))
        page.keyboard.press("Tab")
        for (_reader, card), code in zip(pupils, codes[PUPILS:], strict=True):
            page.keyboard.type(card, delay=KEY)
            page.keyboard.press("Enter")
            waited.append(_scan(page, code))
        took = time.perf_counter() - began
        browser.close()
    share = sum(waited) / 1000
    line("all of it", took, "s")
    line("of it the machine's", share, "s", share / took)
    for part in (50, 95, 99):
        line(f"from the scan to the row on the screen, p{part}", percentile(waited, part), "ms")


def _visit(page: Page, root: str, school_class: int) -> Page:
    page.goto(f"{root}/sign-in/")
    page.fill("[name=username]", "zhoumin")
    page.fill("[name=password]", "shuxiang-demo")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{root}/desk/visit/")
    page.locator(f"form:has([name=school_class][value='{school_class}']) button").last.click()
    page.wait_for_selector("[data-box]:focus")
    page.evaluate(WATCH)
    return page


def _scan(page: Page, code: str) -> float:
    """Type a code as a scanner does; give the ms until its row stands there."""
    shown = page.evaluate("shown.length")
    page.keyboard.type(code, delay=KEY)
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => shown.length > {shown}", polling=10)
    return float(page.evaluate("shown.at(-1) - ended.at(-1)"))


if __name__ == "__main__":
    main()
