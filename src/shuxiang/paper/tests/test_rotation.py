"""The rotation as a calendar and as a workbook, read back as other programs read them."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from django_scopes import scope
from openpyxl import load_workbook

from shuxiang.paper.calendar_feed import class_feed
from shuxiang.paper.rotation_book import rotation_book
from shuxiang.readers.tests.factories import NOW, YEAR, a_class, a_school
from shuxiang.timetable import actions, queries
from shuxiang.timetable.tests.factories import AUTUMN, BEFORE, a_slot, a_term, a_turn


@pytest.fixture
def school(db):
    school = a_school("青禾小学, 东校区; 二部")
    with scope(school=school):
        yield school


@pytest.fixture
def turn(school):
    """A class that comes on Fridays of A weeks."""
    return a_turn(a_term(school), a_slot(school, weekday=4), a_class(school), "a", BEFORE)


def events(turn):
    """Read a feed as RFC 5545 says: unfold, split into events."""
    visits = queries.visits_offered(
        turn.school, AUTUMN.starts_on, AUTUMN.ends_on, school_class=turn.school_class
    )
    page = class_feed(turn.school_class, visits, school_year=YEAR, now=NOW)
    assert page.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in page.split(b"\r\n"))
    assert b"\n" not in page.replace(b"\r\n", b"")
    unfolded = page.decode().replace("\r\n ", "")
    blocks = re.findall(r"BEGIN:VEVENT\r\n(.*?)\r\nEND:VEVENT", unfolded, re.DOTALL)
    return [dict(line.split(":", 1) for line in block.split("\r\n")) for block in blocks]


def test_r26_a_calendar_follows_the_weeks_without_holidays_and_with_what_is_caught_up(turn):
    gone, instead = date(2026, 9, 18), date(2026, 9, 24)
    thursday = a_slot(turn.school, weekday=3)
    actions.miss_visits(school=turn.school, on=gone, reason="exam", by=None, now=NOW)
    actions.catch_up(turn=turn, missed_on=gone, on=instead, slot=thursday, by=None, now=BEFORE)
    saturday = date(2026, 10, 31)  # keeps Friday's lessons
    actions.set_day(school=turn.school, on=saturday, is_open=True, follows=4, by=None, now=NOW)
    days = [event["DTSTART"] for event in events(turn)]

    # A weeks from 31 August: 4 and 18 September, 2 and 16 October …; the second is National Day's week.
    assert days[:5] == [
        "20260904T021000Z",
        "20260924T021000Z",
        "20261016T021000Z",
        "20261030T021000Z",
        "20261031T021000Z",
    ]
    assert len({event["UID"] for event in events(turn)}) == len(days)


def test_a_calendar_escapes_and_names_nobody(turn):
    (event, *_others) = events(turn)

    assert event["LOCATION"] == "青禾小学\\, 东校区\\; 二部图书馆"
    assert event["SUMMARY"] == "三年级2班到图书馆 · 借还书"
    assert (event["DTEND"], event["DTSTAMP"]) == ("20260904T025000Z", "20261123T022000Z")


def test_r26_the_workbook_has_the_week_and_a_list(turn):
    book = load_workbook(BytesIO(rotation_book(turn.term, [turn])))
    week, rows = book.worksheets

    assert week["F2"].value == "A 三年级2班 借还书"
    assert [cell.value for cell in rows[2]] == [
        "三年级2班",
        "周五",
        "第3节",
        "10:10",
        "10:50",
        "A 周（单周）",
        "借还书",
    ]
