"""When something is due, and when the clock is too odd to act on. Pure: no Django, no clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

LONGEST_REST = timedelta(days=60)  # a summer
ODD_FOR = timedelta(days=1)


def last_due(at: time, *, local_now: datetime) -> datetime:
    """Tell the latest moment, now or before, at which a daily duty was due."""
    today = local_now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0, fold=0)
    return today if today <= local_now else today - timedelta(days=1)


def is_due(done_at: datetime | None, at: time, *, local_now: datetime) -> bool:
    """Tell whether a daily duty waits: it was not done since, as after a night switched off."""
    return done_at is None or done_at < last_due(at, local_now=local_now)


def is_strange(last_act_at: datetime | None, *, now: datetime) -> bool:
    """
    Tell whether the clock has leapt so far that nothing should be forgotten on its word.

    `last_act_at` is the last thing that a person did before yesterday's hour: after a long
    rest people work a day before names are taken off, and see whether the date is right.
    """
    return last_act_at is None or now - last_act_at > LONGEST_REST
