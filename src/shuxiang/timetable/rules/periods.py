"""The usual day of a school, to start from."""

from __future__ import annotations

from datetime import time

PeriodHours = tuple[str, time, time]

PRIMARY_DAY: tuple[PeriodHours, ...] = (
    ("第1节", time(8, 20), time(9, 0)),
    ("第2节", time(9, 15), time(9, 55)),
    ("第3节", time(10, 10), time(10, 50)),
    ("第4节", time(11, 5), time(11, 45)),
    ("午间", time(12, 10), time(13, 0)),
    ("第5节", time(13, 45), time(14, 25)),
    ("第6节", time(14, 35), time(15, 15)),
    ("第7节", time(15, 30), time(16, 10)),
)
"""Lessons of 40 minutes, none before 8:20 (教基厅函〔2021〕11号)."""

SECONDARY_DAY: tuple[PeriodHours, ...] = (
    ("第1节", time(8, 0), time(8, 45)),
    ("第2节", time(8, 55), time(9, 40)),
    ("第3节", time(10, 10), time(10, 55)),
    ("第4节", time(11, 5), time(11, 50)),
    ("午间", time(12, 20), time(13, 20)),
    ("第5节", time(14, 0), time(14, 45)),
    ("第6节", time(14, 55), time(15, 40)),
    ("第7节", time(15, 50), time(16, 35)),
    ("第8节", time(16, 45), time(17, 30)),
)
"""Lessons of 45 minutes, none before 8:00 (教基厅函〔2021〕11号)."""

WITH_PRIMARY_HOURS = frozenset({"primary", "nine_year"})


def typical_periods(kind: str) -> tuple[PeriodHours, ...]:
    """Tell the usual periods of a kind of school: name, start, end."""
    return PRIMARY_DAY if kind in WITH_PRIMARY_HOURS else SECONDARY_DAY
