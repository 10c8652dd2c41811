"""What the timetable can do. The only place that writes its tables."""

from shuxiang.timetable.actions.days import set_day, unset_day
from shuxiang.timetable.actions.hours import change_opening_hours, remove_opening_hours
from shuxiang.timetable.actions.periods import add_typical_periods, change_period, remove_period
from shuxiang.timetable.actions.refused import TimetableRefused
from shuxiang.timetable.actions.slots import add_slots, change_slot, remove_slot
from shuxiang.timetable.actions.terms import change_term, remove_term
from shuxiang.timetable.actions.turns import give_turn, move_turn, take_turn_away

__all__ = [
    "TimetableRefused",
    "add_slots",
    "add_typical_periods",
    "change_opening_hours",
    "change_period",
    "change_slot",
    "change_term",
    "give_turn",
    "move_turn",
    "remove_opening_hours",
    "remove_period",
    "remove_slot",
    "remove_term",
    "set_day",
    "take_turn_away",
    "unset_day",
]
