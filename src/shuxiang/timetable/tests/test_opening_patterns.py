"""The opening hours of five plans, entered row by row: when is open for whom, in winter and in summer."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from shuxiang.readers.tests.factories import NOW
from shuxiang.timetable import actions, queries, wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import OpeningHours, Period
from shuxiang.timetable.rules import END_OF_DAY, Audience, Bell, Edge, For, Hours, Reason, Span
from shuxiang.timetable.tests.factories import opening_hours

MON, TUE, WED, THU, FRI = range(5)
WEEK = range(5)
PUPILS, TEACHERS = Audience(kind=For.PUPILS), Audience(kind=For.TEACHERS)
SUMMER = Span(first=date(2026, 5, 1), last=date(2026, 9, 30))
MAY = {"from_on": date(2026, 5, 1), "until_on": date(2026, 5, 31)}
BEFORE_MAY = {"from_on": date(2026, 3, 1), "until_on": date(2026, 4, 30)}


@pytest.fixture
def school(school):
    """A primary school with care after the 7th lesson; in summer all from noon on is later by 30 minutes."""
    actions.add_typical_periods(school=school, by=None, now=NOW)
    actions.change_period(
        school=school,
        name="课后服务",
        starts_at=time(16, 20),
        ends_at=time(17, 20),
        by=None,
        now=NOW,
    )
    later = Period.objects.filter(starts_at__gte=time(12))
    actions.shift_periods(
        school=school, periods=list(later), minutes=30, dates=SUMMER, by=None, now=NOW
    )
    return school


def when(text):
    """A time by the clock, 12:10, or with a period: 午间 begins."""
    if text == "放学":
        return END_OF_DAY
    name, _, edge = text.partition(" ")
    if not edge:
        return time.fromisoformat(name)
    return Bell(edge=Edge(edge), period=Period.objects.get(name=name).pk, name=name)


def rows(weekdays, opens, closes, **more):
    return [
        Hours(weekday=day, opens_at=when(opens), closes_at=when(closes), **more) for day in weekdays
    ]


def during(weekdays, period, **more):
    return rows(weekdays, f"{period} begins", f"{period} ends", **more)


def breaks():
    for lessons in (("第1节", "第2节", "第3节", "第4节"), ("第5节", "第6节", "第7节")):
        for before, after in pairwise(lessons):
            yield from rows(WEEK, f"{before} ends", f"{after} begins")


def grade(number):
    return Audience(kind=For.GRADE, grade=number)


PLANS = {
    2: lambda: [*during(range(4), "午间"), *rows(range(4), "第7节 begins", "放学")],
    4: lambda: [*during(WEEK, "午间"), *breaks(), *rows(WEEK, "第7节 ends", "放学")],
    5: lambda: [
        *rows(WEEK, "12:10", "13:00", audience=PUPILS, **BEFORE_MAY),
        *rows([MON, FRI], "12:10", "13:00", audience=PUPILS, **MAY),
        *rows(WEEK, "第1节 begins", "放学", audience=TEACHERS),
    ],
    6: lambda: [
        *rows([MON], "第5节 begins", "放学", audience=grade(3)),
        *rows([TUE], "第5节 begins", "放学", audience=grade(4)),
        *rows([WED], "第5节 begins", "放学", audience=grade(5)),
        *rows([THU], "第5节 begins", "放学", audience=grade(6)),
        *rows([FRI], "第5节 begins", "放学", audience=TEACHERS),
    ],
    7: lambda: rows(WEEK, "10:00", "15:00"),
}
WINTER_TUE, WINTER_FRI = date(2026, 4, 14), date(2026, 4, 17)
SUMMER_TUE, SUMMER_FRI = date(2026, 5, 12), date(2026, 5, 15)
MADE_UP_SATURDAY, LABOUR_DAY = date(2026, 5, 9), date(2026, 5, 1)
IN_THE_MORNING = "09:00–09:15 all, 09:55–10:10 all, 10:50–11:05 all"
EXPECTED = {
    2: {
        WINTER_TUE: "12:10–13:00 all, 15:30–17:20 all",
        SUMMER_TUE: "12:40–13:30 all, 16:00–17:50 all",
        SUMMER_FRI: "",
    },
    4: {
        WINTER_TUE: f"{IN_THE_MORNING}, 12:10–13:00 all, 14:25–14:35 all, 15:15–15:30 all, "
        "16:10–17:20 all",
        SUMMER_FRI: f"{IN_THE_MORNING}, 12:40–13:30 all, 14:55–15:05 all, 15:45–16:00 all, "
        "16:40–17:50 all",
    },
    5: {
        WINTER_TUE: "08:20–17:20 teachers, 12:10–13:00 pupils",
        SUMMER_TUE: "08:20–17:50 teachers",
        SUMMER_FRI: "08:20–17:50 teachers, 12:10–13:00 pupils",
    },
    6: {
        WINTER_TUE: "13:45–17:20 grade4",
        SUMMER_TUE: "14:15–17:50 grade4",
        WINTER_FRI: "13:45–17:20 teachers",
        SUMMER_FRI: "14:15–17:50 teachers",
    },
    7: {
        WINTER_TUE: "10:00–15:00 all",
        SUMMER_TUE: "10:00–15:00 all",
        MADE_UP_SATURDAY: "10:00–15:00 all",
        LABOUR_DAY: "",
    },
}


def told(hours):
    whom = f"{hours.audience.kind.value}{hours.audience.grade or ''}"
    return f"{hours.opens_at:%H:%M}–{hours.closes_at:%H:%M} {whom}"


@pytest.mark.parametrize("plan", PLANS)
def test_r25_the_hours_of_five_plans_follow_the_seasons_timetable(school, plan):
    actions.change_opening_hours(school=school, wanted=PLANS[plan](), by=None, now=NOW)
    zone = ZoneInfo(school.zone)
    for day, expected in EXPECTED[plan].items():
        hours = queries.calendar(school, around=day).hours_on(day)
        assert ", ".join(told(each) for each in hours) == expected, day
        for each in hours:
            at = datetime.combine(day, each.opens_at, zone)
            assert each.audience in queries.open_state(school, at).audiences
        last = max((each.closes_at for each in hours), default=time(12))
        assert not queries.open_state(school, datetime.combine(day, last, zone)).is_open
        teachers = [each for each in hours if each.audience.kind in (For.ALL, For.TEACHERS)]
        assert queries.closing_time(school, day, category="teacher", grade=None) == max(
            (each.closes_at for each in teachers), default=None
        )


def refused(act, **asked):
    with pytest.raises(TimetableRefused) as refusal:
        act(by=None, now=NOW, **asked)
    return refusal.value.reasons


def test_r25_periods_that_hours_follow_neither_go_nor_turn_them_round(school):
    noon, lesson = Period.objects.get(name="午间"), Period.objects.get(name="第7节")
    following = [*during([MON, TUE], "午间"), *rows([WED], "第7节 ends", "17:00")]
    actions.change_opening_hours(school=school, wanted=following, by=None, now=NOW)
    change = {"school": school, "name": "第7节", "period": lesson, "starts_at": time(16)}
    shift = {"school": school, "periods": [lesson], "minutes": 60}
    october = Span(first=date(2026, 10, 8), last=date(2026, 10, 31))

    assert refused(actions.remove_period, period=noon) == [Reason.PERIOD_HAS_HOURS]
    assert refused(actions.change_period, **change, ends_at=time(17)) == [Reason.PERIODS_TURN_HOURS]
    assert refused(actions.shift_periods, **shift, dates=october) == [Reason.PERIODS_TURN_HOURS]
    late = {"school": school, "wanted": rows([THU], "第7节 ends", "16:30")}
    assert refused(actions.change_opening_hours, **late) == [Reason.HOURS_TURN_WITH_SEASON]
    early = {"school": school, "wanted": rows([THU], "第7节 ends", "第5节 begins")}
    assert refused(actions.change_opening_hours, **early) == [Reason.HOURS_END_BEFORE_THEY_START]
    none = {"school": school, "wanted": rows([THU], "课后服务 ends", "放学")}
    with pytest.raises(TimetableRefused) as refusal:
        actions.change_opening_hours(**none, by=None, now=NOW)
    assert "放学按最后一节下课算，是 17:20" in str(wording.refusal(refusal.value.objections[0]))
    assert queries.broken_invariants(school) == []


@pytest.mark.parametrize(
    "contradiction",
    [
        {"opens_at": time(12), "from_edge": "begins"},
        {"opens_at": None},
        {"closes_at": None},
        {"closes_at": None, "until_edge": "begins"},
        {"until_edge": "ends"},
    ],
)
def test_the_database_keeps_the_clock_and_the_periods_apart(school, contradiction):
    clocks = {"opens_at": time(12), "closes_at": time(13)}
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningHours.objects.create(school=school, weekday=0, **{**clocks, **contradiction})


def test_the_same_opening_hours_twice_are_refused(school):
    week = opening_hours(school, opens_at=time(12), closes_at=time(13))
    with pytest.raises(actions.TimetableRefused) as refused:
        opening_hours(school, opens_at=time(12), closes_at=time(13))
    assert [one.reason for one in refused.value.objections] == [Reason.HOURS_ARE_THERE]
    same = [queries.as_said(week[0])]
    actions.change_opening_hours(school=school, wanted=same, by=None, now=NOW, in_place_of=week[:1])
    opening_hours(school, opens_at=time(12), closes_at=time(14))
    assert OpeningHours.objects.count() == 10
