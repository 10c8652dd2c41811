"""The school's days, hours and weeks. Pure: no Django, no database, no clock."""

from shuxiang.timetable.rules.days import Calendar, DayKind, SaidDay, Span, TermDates
from shuxiang.timetable.rules.holidays import Holiday, PublicDay, is_announced, public_day
from shuxiang.timetable.rules.hours import (
    Audience,
    For,
    Hours,
    OpenState,
    closing_time,
    minutes_a_week,
    open_state,
)
from shuxiang.timetable.rules.periods import typical_periods
from shuxiang.timetable.rules.refusals import Objection, Reason
from shuxiang.timetable.rules.rotation import (
    Letter,
    Pattern,
    Weeks,
    comes_on,
    next_coming,
    week_letter,
    week_number,
)

__all__ = [
    "Audience",
    "Calendar",
    "DayKind",
    "For",
    "Holiday",
    "Hours",
    "Letter",
    "Objection",
    "OpenState",
    "Pattern",
    "PublicDay",
    "Reason",
    "SaidDay",
    "Span",
    "TermDates",
    "Weeks",
    "closing_time",
    "comes_on",
    "is_announced",
    "minutes_a_week",
    "next_coming",
    "open_state",
    "public_day",
    "typical_periods",
    "week_letter",
    "week_number",
]
