"""A week of duties laid out: a line a shift, a cell a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from shuxiang.platform.schools.models import School
from shuxiang.student_librarians.models import Shift
from shuxiang.student_librarians.queries import Gap, OnDuty
from shuxiang.timetable.queries import calendar

A_WEEK = timedelta(days=7)


def week_of(
    school: School,
    day: date,
    lines_between: Callable[[date, date], list[OnDuty]],
    gaps: Iterable[Gap] = (),
) -> dict[str, Any]:
    """Lay out the week of a day with the places that are empty, in a fixed number of queries."""
    monday = day - timedelta(days=day.weekday())
    lines = lines_between(monday, monday + timedelta(days=6))
    shifts = list(Shift.objects.given().filter(school=school))
    empty = {
        (gap.on, _hours(gap)): gap.empty
        for gap in gaps
        if monday <= gap.on <= monday + timedelta(days=6)
    }
    weekdays = sorted(
        {shift.weekday for shift in shifts}
        | {one.duty.on.weekday() for one in lines}
        | {on.weekday() for on, _hours_of_it in empty}
    )
    days = [monday + timedelta(days=weekday) for weekday in weekdays]
    opening = calendar(school, around=monday)
    hours = sorted({(one.starts_at, one.ends_at, one.name) for one in shifts})
    hours += [key for key in sorted({_hours(one) for one in lines}) if key not in hours]
    rows = [
        {
            "hours": key,
            "cells": [
                {
                    "day": each,
                    "lines": [o for o in lines if o.duty.on == each and _hours(o) == key],
                    "empty": empty.get((each, key), 0),
                }
                for each in days
            ],
        }
        for key in hours
    ]
    return {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": (monday - A_WEEK).isoformat(),
        "after": (monday + A_WEEK).isoformat(),
        "days": [(day, opening.is_open(day)) for day in days],
        "rows": rows,
        "count": len(lines),
    }


def _hours(line: OnDuty | Gap) -> Any:
    return line.shift.starts_at, line.shift.ends_at, line.shift.name
