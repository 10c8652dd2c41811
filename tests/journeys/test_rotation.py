"""The rotation is moved by hand, with keys and by drag, and what speaks against a place is said at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from shuxiang.timetable import queries
from shuxiang.timetable.models import Period, Slot, Term
from shuxiang.timetable.tests.factories import a_slot, a_turn
from tests.journeys.desks import Desk


@dataclass
class Week:
    """The week on the screen, and one class in it."""

    window: Desk
    term: Term
    school_class: Any

    @property
    def tile(self) -> Locator:
        return self.window.page.locator(f'[data-class="{self.school_class.pk}"]')

    def carry(self, *keys: str) -> None:
        self.tile.focus()
        self.window.press("Space", *keys)

    def says(self, words: str) -> None:
        expect(self.window.page.locator("[data-rotation-says]")).to_have_text(re.compile(words))

    def stands(self, weekday: str) -> None:
        place = self.window.page.locator("[data-place]").filter(has=self.tile)
        expect(place).to_have_attribute("data-place", re.compile(weekday))
        self.listens()

    def listens(self) -> None:
        """Wait until the page that came anew hears keys: the last thing it does is to focus what was moved."""
        expect(self.tile).to_be_focused()

    def kept(self) -> list[tuple[int, bool]]:
        """Tell on which weekday the class comes, and whether it is pinned there."""
        turns = queries.see_timetable(self.term)
        mine = [turn for turn in turns if turn.school_class_id == self.school_class.pk]
        return [(turn.slot.weekday, turn.is_pinned) for turn in mine]


@pytest.fixture
def week(library, sit_down):
    """A class that comes on Mondays; Tuesday and Wednesday are free, on Thursday another one comes."""
    term, period = Term.objects.get(), Period.objects.get()
    slots = [a_slot(library.school, weekday=weekday, period=period) for weekday in (1, 2, 3)]
    a_turn(term, slots[-1], library.other_class)
    window = sit_down()
    window.page.goto(f"{window.root}/office/times/")
    return Week(window, term, library.school_class)


def test_r26_a_class_is_moved_and_pinned_by_keys(week):
    week.carry("ArrowRight")
    week.says("周二.*空")
    week.window.press("Escape")
    week.says("留在原处")
    assert week.kept() == [(0, False)]
    week.carry("ArrowRight", "Enter")
    week.stands("周二")
    week.window.press("p")
    expect(week.tile).to_have_attribute("aria-label", re.compile("已固定"))
    week.listens()
    assert week.kept() == [(1, True)]
    week.window.press("Delete")
    expect(week.tile).to_have_count(0)
    assert week.kept() == []
    expect(week.window.page.get_by_role("button", name="撤销")).to_be_focused()
    week.window.press("Enter")
    expect(week.tile).to_have_attribute("aria-label", re.compile("已固定"))
    assert week.kept() == [(1, True)]


def test_r26_a_class_is_dragged_and_a_conflict_is_said_before_it_is_put_down(week):
    page = week.window.page
    week.tile.drag_to(page.locator('[data-place*="周三"]').first)
    week.stands("周三")
    assert week.kept() == [(2, False)]
    week.carry("ArrowRight")
    expect(page.locator(".says")).to_contain_text("五年级3班")
    week.window.press("Enter")
    expect(page.locator("main").get_by_role("alert")).to_contain_text("五年级3班")
    assert week.kept() == [(2, False)]


@pytest.mark.parametrize("height", [768, 330], ids=["room beneath", "at the edge"])
def test_what_speaks_against_a_place_is_readable_in_the_last_column(week, height):
    a_slot(week.term.school, weekday=4, period=Period.objects.get(), purpose=Slot.Purpose.READING)
    page = week.window.page
    page.set_viewport_size({"width": 1366, "height": height})
    page.reload()
    week.carry(*["ArrowRight"] * 4)
    expect(page.locator(".says")).to_contain_text("没有这一类的时段")
    expect(page.locator(".says")).to_be_in_viewport(ratio=1)


def test_who_is_picked_up_sets_aside_what_was_offered_to_another_class(week):
    page = week.window.page
    other = next(turn for turn in queries.see_timetable(week.term) if turn.slot.weekday == 3)
    page.goto(f"{week.window.root}/office/times/?turn={other.pk}")
    offered, panel = page.get_by_text("可排"), page.locator("#place")
    expect(offered).to_have_count(2)
    week.carry()
    expect(offered.locator("visible=true")).to_have_count(0)
    expect(panel).to_be_hidden()
    expect(page.locator(".slot.can")).to_have_count(2)
    week.window.press("Escape")
    expect(offered.locator("visible=true")).to_have_count(2)
    expect(panel).to_be_visible()
    expect(page.locator(".slot.can")).to_have_count(0)
