"""What is one coming of a class, though it was written down twice. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

ONCE_WITHIN = timedelta(minutes=20)
"""Whoever is written down again within this time has come once."""

A_LESSON = timedelta(minutes=40)
"""How long a class stays that was let in as a whole."""

Span = tuple[datetime, datetime | None]
"""From when to when a class was at the desk; None: it still is."""


def goes_on(earlier: Span, later: Span) -> bool:
    """Tell whether a class that was at the desk twice on a day had only gone out of the door."""
    end = earlier[1]
    return end is None or later[0] <= end + ONCE_WITHIN


def is_within(span: Span, at: datetime) -> bool:
    """Tell whether somebody who was written down at the door belongs to the class at the desk."""
    start, end = span
    return start - ONCE_WITHIN <= at and (end is None or at <= end + ONCE_WITHIN)
