from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from shuxiang.circulation.models import Loan
from shuxiang.circulation.tests.factories import NOW
from shuxiang.clockwork import retention
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import change_settings
from shuxiang.platform.schools.models import SchoolYear
from shuxiang.timetable.models import Term

IN_FEBRUARY = datetime(2027, 2, 22, 0, 0, tzinfo=UTC)  # 31 days after the term


@pytest.fixture
def term(library):
    year = SchoolYear.objects.get(school=library.school)
    return Term.objects.create(
        school=library.school,
        year=year,
        number=1,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 1, 22),
    )


@pytest.fixture
def busy(library, term):
    """One book came back in the term, one is out, and somebody was at work last week."""
    library.lend(0, 0)
    library.lend(1, 1)
    library.take_back(0, now=NOW + timedelta(days=3))
    library.lend(2, 2, now=IN_FEBRUARY - timedelta(days=7), confirmed=EVERYTHING)
    return library


EVERYTHING = frozenset(["closed_today", "not_this_way", "reader_has_overdue"])


def names():
    return list(Loan.objects.order_by("pk").values_list("reader__name", flat=True))


def test_thirty_days_after_the_term_what_came_back_loses_its_name_only(busy):
    before = Loan.objects.order_by("pk").values_list("school_class", "grade", "returned_on")[0]
    retention.forget(busy.school, IN_FEBRUARY)
    assert names() == [None, "学生2", "学生3"]
    after = Loan.objects.order_by("pk").values_list("school_class", "grade", "returned_on")[0]
    assert after == before
    entry = Entry.objects.get(verb="circulation.forget")
    assert (entry.by, entry.details["loans"]) == (None, 1)


def test_a_day_earlier_every_name_stays(busy):
    retention.forget(busy.school, IN_FEBRUARY - timedelta(days=1))
    assert names() == ["学生1", "学生2", "学生3"]


def test_the_school_may_keep_names_longer(busy):
    days = {"retention.days_after_term": 60}
    change_settings(school=busy.school, changes=days, by=None, now=NOW)
    retention.forget(busy.school, IN_FEBRUARY)
    assert names() == ["学生1", "学生2", "学生3"]


def test_done_twice_it_is_written_down_once(busy):
    retention.forget(busy.school, IN_FEBRUARY)
    retention.forget(busy.school, IN_FEBRUARY)
    assert Entry.objects.filter(verb="circulation.forget").count() == 1


def test_a_clock_that_leapt_five_years_takes_no_name_off(busy):
    retention.forget(busy.school, IN_FEBRUARY + timedelta(days=5 * 365))
    assert names() == ["学生1", "学生2", "学生3"]


def test_after_the_summer_a_day_of_work_comes_first(busy):
    september = datetime(2027, 9, 1, 0, 0, tzinfo=UTC)
    retention.forget(busy.school, september)
    assert names()[0] == "学生1"
    busy.take_back(1, now=september)
    retention.forget(busy.school, september + timedelta(hours=1))
    assert names()[0] == "学生1"
    retention.forget(busy.school, september + timedelta(days=1, hours=1))
    assert names()[0] is None


def test_each_room_of_the_plan_can_forget():
    assert [room.room for room in retention.plan()] == [
        "programmes",
        "circulation",
        "student_librarians",
        "readers",
    ]
