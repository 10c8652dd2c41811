"""Who comes to the library today, and what is known of it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse

from shuxiang.circulation.actions import enter_class
from shuxiang.circulation.tests.factories import NOW
from shuxiang.timetable.tests.factories import BEFORE, a_period, a_slot, a_term, a_turn

MONDAY = 0


@pytest.fixture
def term(library):
    return a_term(library.school)


def page(office):
    return office.get(reverse("circulation.today_in_figures")).content.decode()


def comes(library, term, starts_at, purpose):
    period = a_period(library.school, "第3节", starts_at)
    slot = a_slot(library.school, weekday=MONDAY, period=period, purpose=purpose)
    a_turn(term, slot, library.school_class, now=BEFORE)


def test_r09_a_class_that_comes_to_read_is_written_down_with_one_press(office, library, term):
    comes(library, term, time(10, 10), "reading")
    enter = reverse("circulation.enter_class")
    shown = page(office)
    assert f'action="{enter}"' in shown
    assert f'action="{reverse("circulation.open_visit")}"' not in shown
    office.post(enter, {"school_class": library.school_class.pk})
    shown = page(office)
    assert "已到馆（已在“到馆登记”里记下）" in shown
    assert f'action="{enter}"' not in shown


@pytest.mark.parametrize("purpose", ["lending", "reading"])
def test_r09_a_lesson_that_is_over_says_that_nothing_was_recorded(office, library, term, purpose):
    comes(library, term, time(8, 10), purpose)
    assert "没有到馆记录" in page(office)
    before = NOW - timedelta(hours=2)
    enter_class(school_class=library.school_class, by=library.librarian, now=before)
    assert "没有到馆记录" not in page(office)
