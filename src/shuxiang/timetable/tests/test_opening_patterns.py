"""The opening hours of five plans, entered row by row: what is open at a moment, and for whom."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from shuxiang.readers.tests.factories import NOW
from shuxiang.timetable import actions, queries
from shuxiang.timetable.rules import Audience, For, Hours

MON, TUE, WED, THU, FRI = range(5)
WEEK = range(5)
PUPILS, TEACHERS = Audience(kind=For.PUPILS), Audience(kind=For.TEACHERS)
MAY = {"from_on": date(2026, 5, 1), "until_on": date(2026, 5, 31)}
BEFORE_MAY = {"from_on": date(2026, 3, 1), "until_on": date(2026, 4, 30)}


def rows(weekdays, *spans, **more):
    """Hours for some weekdays: '12:10-13:00'."""
    clocks = [[time.fromisoformat(end) for end in span.split("-")] for span in spans]
    return [
        Hours(weekday=day, opens_at=opens, closes_at=closes, **more)
        for day in weekdays
        for opens, closes in clocks
    ]


PLANS = {
    2: rows(range(4), "12:00-13:00", "15:30-17:00"),
    4: rows(WEEK, "12:00-13:00", "09:55-10:10", "16:10-17:30"),
    5: [
        *rows(WEEK, "12:10-13:00", audience=PUPILS, **BEFORE_MAY),
        *rows([MON, FRI], "12:10-13:00", audience=PUPILS, **MAY),
        *rows(WEEK, "08:00-17:00", audience=TEACHERS),
    ],
    6: [
        *(
            hours
            for day in range(4)
            for hours in rows(
                [day], "13:40-16:10", audience=Audience(kind=For.GRADE, grade=day + 3)
            )
        ),
        *rows([FRI], "13:40-16:10", audience=TEACHERS),
    ],
    7: rows(WEEK, "10:00-15:00"),
}
APRIL_TUE, MAY_TUE, MAY_FRI = "2026-04-14", "2026-05-12", "2026-05-15"
CASES = [
    (2, f"{APRIL_TUE} 12:30", "all"),
    (2, f"{APRIL_TUE} 14:00", ""),
    (2, f"{APRIL_TUE} 16:50", "all"),
    (2, f"{MAY_FRI} 12:30", ""),
    (4, f"{APRIL_TUE} 10:00", "all"),
    (4, f"{APRIL_TUE} 10:15", ""),
    (4, f"{MAY_FRI} 17:00", "all"),
    (5, f"{APRIL_TUE} 12:30", "pupils teachers"),
    (5, f"{MAY_TUE} 12:30", "teachers"),
    (5, f"{MAY_FRI} 12:30", "pupils teachers"),
    (5, f"{MAY_TUE} 17:00", ""),
    (6, f"{APRIL_TUE} 14:00", "grade4"),
    (6, f"{MAY_FRI} 14:00", "teachers"),
    (6, f"{MAY_FRI} 09:00", ""),
    (7, f"{APRIL_TUE} 10:00", "all"),
    (7, f"{APRIL_TUE} 15:00", ""),
    (7, "2026-05-09 11:00", "all"),  # a Saturday on which school is held
    (7, "2026-05-01 11:00", ""),  # Labour Day
]


@pytest.mark.parametrize(("plan", "moment", "open_for"), CASES)
def test_r25_the_hours_of_five_plans_are_entered_and_tell_what_is_open(
    school, plan, moment, open_for
):
    actions.change_opening_hours(school=school, wanted=PLANS[plan], by=None, now=NOW)
    when = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(school.zone))
    state = queries.open_state(school, when)
    whom = {f"{one.kind.value}{one.grade or ''}" for one in state.audiences}

    assert (whom if state.is_open else set()) == set(open_for.split())
