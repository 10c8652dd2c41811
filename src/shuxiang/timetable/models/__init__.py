"""What the timetable remembers."""

from shuxiang.timetable.models.days import (
    DayException,
    OpeningHours,
    Period,
    PeriodHours,
    Term,
    Weekday,
)
from shuxiang.timetable.models.rotation import (
    ClassFeed,
    MissedVisit,
    Slot,
    Turn,
    TurnQuerySet,
)
from shuxiang.timetable.models.wishes import Proposal, Wish

__all__ = [
    "ClassFeed",
    "DayException",
    "MissedVisit",
    "OpeningHours",
    "Period",
    "PeriodHours",
    "Proposal",
    "Slot",
    "Term",
    "Turn",
    "TurnQuerySet",
    "Weekday",
    "Wish",
]
