"""When a job has been left behind by the program that ran it. Pure: no Django, no clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

ATTEMPTS = 3  # work that took the program down so often without getting on is given up
SILENCE = timedelta(minutes=2)  # longer than any chunk takes


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    TAKEN_BACK = "taken_back"


UNFINISHED = frozenset({State.WAITING, State.RUNNING})


def is_left_behind(*, touched_at: datetime, runner_is_gone: bool, now: datetime) -> bool:
    """Tell whether a running job may be taken over; a clock set back must not hide it."""
    return runner_is_gone or abs(now - touched_at) > SILENCE
