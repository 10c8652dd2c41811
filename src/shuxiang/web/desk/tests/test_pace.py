"""Will the class be done in time?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from shuxiang.web.desk.pace import Pace, pace
from shuxiang.web.desk.tests.factories import NOW

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("done", "minutes", "done_after", "in_time"),
    [(20, 10, 21, True), (10, 20, 81, False), (20, 20, 41, False), (20, 19, 39, True)],
)
def test_the_present_speed_is_carried_on(done, minutes, done_after, in_time):
    found = pace(done=done, whole=40, began=NOW, now=NOW + minutes * MINUTE, ends=NOW + 40 * MINUTE)
    assert found == Pace(done_at=NOW + done_after * MINUTE, in_time=in_time)


@pytest.mark.parametrize("done", [0, 2, 40])
def test_too_few_pupils_or_all_say_nothing(done):
    assert pace(done=done, whole=40, began=NOW, now=NOW + MINUTE, ends=None) == Pace()


def test_without_a_lesson_there_is_no_being_late():
    found = pace(done=20, whole=40, began=NOW, now=NOW + 10 * MINUTE, ends=None)
    assert found.in_time is None
