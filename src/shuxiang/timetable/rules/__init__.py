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
from shuxiang.timetable.rules.judging import Miss, missed
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
from shuxiang.timetable.rules.wishes import (
    Answer,
    Clash,
    Comer,
    Kind,
    Outcome,
    Part,
    Place,
    Problem,
    Put,
    Weight,
    Wish,
    forbids,
    part_of,
)

__all__ = [
    "Answer",
    "Audience",
    "Calendar",
    "Clash",
    "Comer",
    "DayKind",
    "For",
    "Holiday",
    "Hours",
    "Kind",
    "Letter",
    "Miss",
    "Objection",
    "OpenState",
    "Outcome",
    "Part",
    "Pattern",
    "Place",
    "Problem",
    "PublicDay",
    "Put",
    "Reason",
    "SaidDay",
    "Span",
    "TermDates",
    "Weeks",
    "Weight",
    "Wish",
    "closing_time",
    "comes_on",
    "forbids",
    "is_announced",
    "minutes_a_week",
    "missed",
    "next_coming",
    "open_state",
    "part_of",
    "public_day",
    "typical_periods",
    "week_letter",
    "week_number",
]
