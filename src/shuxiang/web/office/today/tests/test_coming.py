"""Who comes to the library today, and what is known of it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse

from shuxiang.circulation.actions import close_visit, enter_class, open_visit
from shuxiang.circulation.models import Visit
from shuxiang.circulation.tests.factories import NOW
from shuxiang.readers.tests.factories import a_class
from shuxiang.timetable.tests.factories import BEFORE, a_period, a_slot, a_term, a_turn

MONDAY = 0
TODAY_PAGE = "/office/today/"


@pytest.fixture
def term(library):
    return a_term(library.school)


def page(office):
    return office.get(TODAY_PAGE).content.decode()


def comes(library, term, starts_at, purpose):
    period = a_period(library.school, "第3节", starts_at)
    slot = a_slot(library.school, weekday=MONDAY, period=period, purpose=purpose)
    a_turn(term, slot, library.school_class, now=BEFORE)


@pytest.mark.parametrize(("purpose", "said"), [("reading", "· 阅览课"), ("lesson", "· 读书课")])
def test_r09_a_class_that_comes_to_read_is_written_down_with_one_press(
    office, library, term, purpose, said
):
    comes(library, term, time(10, 10), purpose)
    assert said in " ".join(page(office).split())
    enter = reverse("circulation.enter_class")
    shown = page(office)
    assert f'action="{enter}"' in shown
    assert f'action="{reverse("circulation.open_visit")}"' in shown, "its close asks for the order"
    office.post(enter, {"school_class": library.school_class.pk})
    shown = page(office)
    assert "已到馆（已在“到馆登记”里记下）" in shown
    assert f'action="{enter}"' not in shown


def test_a_class_that_comes_to_borrow_has_its_visit_though_it_was_written_down(
    office, library, term
):
    comes(library, term, time(10, 10), "lending")
    enter, opens = reverse("circulation.enter_class"), reverse("circulation.open_visit")
    assert f'action="{enter}"' not in page(office)
    office.post(enter, {"school_class": library.school_class.pk})
    assert f'action="{opens}"' in page(office)


@pytest.mark.parametrize("purpose", ["lending", "reading"])
def test_r09_a_lesson_that_is_over_says_that_nothing_was_recorded(office, library, term, purpose):
    comes(library, term, time(8, 10), purpose)
    assert "没有到馆记录" in page(office)
    before = NOW - timedelta(hours=2)
    enter_class(school_class=library.school_class, by=library.librarian, now=before)
    assert "没有到馆记录" not in page(office)


def test_of_two_classes_at_once_the_key_opens_the_first(office, library, term):
    period = a_period(library.school, "第3节", time(10, 10))
    slot = a_slot(library.school, weekday=MONDAY, period=period, capacity=2)
    for school_class in (library.school_class, a_class(library.school, number=5)):
        a_turn(term, slot, school_class, now=BEFORE)
    rows = [row for row, _late in office.get(TODAY_PAGE).context["rows"] if row.school_class]
    assert [row.has_key for row in rows] == [True, False]
    assert page(office).count('data-key="F2"') == 1
    open_visit(school_class=library.school_class, by=library.librarian, now=NOW)
    close_visit(visit=Visit.objects.get(), in_order=True, by=library.librarian, now=NOW)
    rows = [row for row, _late in office.get(TODAY_PAGE).context["rows"] if row.school_class]
    assert [row.has_key for row in rows] == [False, True]
