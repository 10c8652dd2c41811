from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.clockwork import rules

ZONE = ZoneInfo("Asia/Shanghai")
AT = time(16, 30)
SOME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  (hypothesis adds the zone)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("done_at", "now", "is_due"),
    [
        (None, local(23, 8), True),
        (local(22, 16, 30), local(23, 16, 29), False),
        (local(22, 16, 30), local(23, 16, 30), True),
        (local(22, 16, 29), local(23, 8), True),  # the computer was off at half past four
        (local(23, 17), local(23, 18), False),
        (local(20, 17), local(23, 8), True),
        (local(25, 17), local(23, 18), False),  # the clock was set back
    ],
)
def test_a_duty_waits_if_its_hour_has_come_since_it_was_done(done_at, now, is_due):
    assert rules.is_due(done_at, AT, local_now=now) is is_due


@given(st.datetimes(SOME_DAY, timezones=st.just(ZONE)), st.times())
def test_the_last_hour_is_never_ahead_and_never_more_than_a_day_ago(now, at):
    last = rules.last_due(at.replace(fold=0), local_now=now)
    assert last <= now < last + timedelta(days=1, minutes=1)


@pytest.mark.parametrize(
    ("last_act_at", "is_strange"),
    [
        (None, True),
        (local(23, 8) - timedelta(days=60), False),
        (local(23, 8) - timedelta(days=61), True),
    ],
)
def test_after_more_than_a_summer_the_date_is_looked_at_first(last_act_at, is_strange):
    assert rules.is_strange(last_act_at, now=local(23, 8)) is is_strange
