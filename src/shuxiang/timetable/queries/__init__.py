"""What the timetable can be asked. Reads only."""

from shuxiang.timetable.queries.days import (
    calendar,
    closing_time,
    lesson_now,
    minutes_a_week,
    open_state,
    term_near,
    term_on,
    week_letter,
)
from shuxiang.timetable.queries.rotation import (
    Conflict,
    DueTurn,
    broken_invariants,
    conflicts,
    free_weeks,
    fullest,
    lending_patterns,
    next_turn_on,
    see_timetable,
    slots_given,
    turn_objections,
    turns_on,
)

__all__ = [
    "Conflict",
    "DueTurn",
    "broken_invariants",
    "calendar",
    "closing_time",
    "conflicts",
    "free_weeks",
    "fullest",
    "lending_patterns",
    "lesson_now",
    "minutes_a_week",
    "next_turn_on",
    "open_state",
    "see_timetable",
    "slots_given",
    "term_near",
    "term_on",
    "turn_objections",
    "turns_on",
    "week_letter",
]
