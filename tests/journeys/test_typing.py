"""What a scanner and an input method make of the keys: nothing is lost, nothing is twisted."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import CDPSession, Route, expect

from shuxiang.circulation.models import Loan

PAUSE = 350
SLOW = 0.4
"""Seconds that the server takes for an answer, so that keys come while it thinks."""


class Scanner:
    """A scanner in front of an active input method: keys 5 ms apart, however busy this machine is."""

    def __init__(self, desk) -> None:
        self.cdp: CDPSession = input_method(desk)
        self.at = time.time()

    def key(self, code: str) -> None:
        """Press a key that an input method swallows: the page sees 229 and where the key lies."""
        self._press({"code": code, "key": "Process", "windowsVirtualKeyCode": 229})

    def enter(self) -> None:
        """End the scan."""
        self._press({"code": "Enter", "key": "Enter", "windowsVirtualKeyCode": 13})

    def _press(self, key: dict[str, object]) -> None:
        self.at += 0.005
        for kind in ("rawKeyDown", "keyUp"):
            event = {**key, "type": kind, "timestamp": self.at}
            self.cdp.send("Input.dispatchKeyEvent", event)


def input_method(desk) -> CDPSession:
    session: CDPSession = desk.page.context.new_cdp_session(desk.page)
    return session


def test_no_key_is_lost_at_scanner_speed_while_the_server_thinks(library, desk):
    slow_down(desk)
    desk.send("R90001")
    for copy in library.copies[:2]:
        desk.send(copy.barcode)
    for copy in library.copies[2:12]:
        desk.send(copy.barcode)
    desk.settled()
    assert Loan.objects.on_hand().filter(reader=library.other).count() == 2
    refused = desk.rows.filter(has_text="未借出")
    expect(refused).to_have_count(10)
    shown = [row.get_attribute("data-code") for row in refused.all()]
    assert shown == [copy.barcode for copy in reversed(library.copies[2:12])]


def slow_down(desk) -> None:
    def later(route):
        desk.page.wait_for_timeout(SLOW * 1000)
        route.continue_()

    desk.page.route("**/scan/", later)


def test_ten_returns_are_ten_scans(library, desk):
    for copy in library.copies[:10]:
        library.lend(copy, library.pupils[library.copies.index(copy)])
    for copy in library.copies[:10]:
        desk.send(copy.barcode)
    desk.settled()
    assert Loan.objects.on_hand().count() == 0
    expect(desk.rows.filter(has_text="还回")).to_have_count(10)


@pytest.mark.parametrize("end", ["Enter", "Tab", "NumpadEnter", "Control+j"])
def test_a_scan_ends_as_the_scanner_is_set(library, desk, end):
    desk.card("R90001", "林书言")
    desk.scan("00018001", "借出", end=end)


def test_a_scanner_that_sends_enter_and_tab_changes_no_mode(library, desk):
    desk.card("R90001", "林书言")
    desk.page.keyboard.type("00018001", delay=5)
    desk.press("Enter", "Tab")
    desk.sees("借出")
    expect(desk.page.get_by_role("button", name="借还")).to_have_attribute("aria-pressed", "true")


def test_a_barcode_that_begins_with_a_digit_of_a_choice_is_no_choice(library, desk):
    desk.scan("l", "请选")
    desk.send("18001")
    desk.page.wait_for_timeout(900)
    expect(desk.page.get_by_text("请选")).to_have_count(0)
    desk.sees("不认得")


def test_full_width_digits_do_no_harm(library, desk):
    desk.card("R90001", "林书言")
    desk.page.keyboard.insert_text("０００１８００１")
    desk.press("Enter")
    desk.sees("借出", "城南旧事")


def test_an_input_method_that_twists_a_scan_does_no_harm(library, desk):
    """The letter of a label opens a composition, in which its digits choose candidates."""
    scanner = Scanner(desk)
    scanner.key("KeyR")
    composition = {"text": "r", "selectionStart": 1, "selectionEnd": 1}
    scanner.cdp.send("Input.imeSetComposition", composition)
    for digit in "90001":
        scanner.key(f"Digit{digit}")
    scanner.cdp.send("Input.insertText", {"text": "人"})
    scanner.enter()
    expect(desk.reader).to_have_text("林书言")
    expect(desk.box).to_have_value("")


def test_a_scan_that_ends_inside_a_composition_is_sent_once(library, desk):
    scanner = Scanner(desk)
    for code in ("KeyR", "Digit9", "Digit0", "Digit0", "Digit0", "Digit1"):
        scanner.key(code)
    composition = {"text": "r90001", "selectionStart": 6, "selectionEnd": 6}
    scanner.cdp.send("Input.imeSetComposition", composition)
    scanner.key("Enter")
    scanner.cdp.send("Input.insertText", {"text": "r90001"})
    expect(desk.reader).to_have_text("林书言")
    expect(desk.box).to_have_value("")


def test_a_name_is_typed_with_an_input_method(library, desk):
    cdp = input_method(desk)
    cdp.send("Input.imeSetComposition", {"text": "lin", "selectionStart": 3, "selectionEnd": 3})
    cdp.send("Input.insertText", {"text": "林书言"})
    desk.page.wait_for_timeout(PAUSE)
    desk.press("Enter")
    expect(desk.reader).to_have_text("林书言")


def test_the_focus_never_leaves_the_box(library, desk):
    page = desk.page
    desk.card("R90001", "林书言")
    desk.scan("00018001", "借出")
    for somewhere in (".sx-bar", "#reader", "[data-rows]", ".sx-keys"):
        page.locator(somewhere).first.click(position={"x": 3, "y": 3})
        expect(desk.box).to_be_focused()
    page.get_by_role("button", name="提示音开").click()
    expect(desk.box).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    expect(desk.box).to_be_focused()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    desk.press("Shift+Tab")
    desk.scan("00018002", "草房子")


def test_the_focus_comes_to_the_box_only_when_the_box_listens(library, desk):
    """Else a slow machine would take what is scanned meanwhile for letters in a field."""
    held: list[Route] = []

    def hold(script: Route) -> None:
        held.append(script)

    desk.page.route("**/desk/desk*.js", hold)
    desk.page.goto(desk.root + "/desk/", wait_until="commit")
    expect(desk.box).to_be_visible()
    desk.page.wait_for_timeout(PAUSE)
    expect(desk.box).not_to_be_focused()
    held.pop().continue_()
    expect(desk.box).to_be_focused()
    desk.card("R90001", "林书言")


def test_ten_thousand_characters_are_answered_in_words(library, desk):
    desk.page.keyboard.insert_text("x" * 10_000)
    desk.press("Enter")
    desk.sees("一下子来了 10000 个字符", "没有记录")
    expect(desk.box).to_have_value("")
