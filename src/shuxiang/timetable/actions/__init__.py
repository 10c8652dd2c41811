"""What the timetable can do. The only place that writes its tables."""

from shuxiang.timetable.actions.days import set_day, unset_day
from shuxiang.timetable.actions.feeds import close_feed, renew_feed
from shuxiang.timetable.actions.hours import change_opening_hours, remove_opening_hours
from shuxiang.timetable.actions.missing import catch_up, miss_visits, strike_missed
from shuxiang.timetable.actions.opening import tick_opening
from shuxiang.timetable.actions.periods import (
    add_typical_periods,
    change_period,
    remove_period,
    remove_season,
    shift_periods,
)
from shuxiang.timetable.actions.proposals import (
    accept_proposal,
    ask_for_rotation,
    set_proposal_aside,
    stop_solving,
    take_back_proposal,
)
from shuxiang.timetable.actions.refused import TimetableRefused
from shuxiang.timetable.actions.slots import add_slots, change_slot, remove_slot
from shuxiang.timetable.actions.terms import change_term, remove_term
from shuxiang.timetable.actions.turns import (
    give_turn,
    move_turn,
    pin_turn,
    take_turn_away,
    unpin_turn,
)
from shuxiang.timetable.actions.wishes import (
    change_wish,
    copy_wishes,
    remove_wish,
    set_lessons,
)

__all__ = [
    "TimetableRefused",
    "accept_proposal",
    "add_slots",
    "add_typical_periods",
    "ask_for_rotation",
    "catch_up",
    "change_opening_hours",
    "change_period",
    "change_slot",
    "change_term",
    "change_wish",
    "close_feed",
    "copy_wishes",
    "give_turn",
    "miss_visits",
    "move_turn",
    "pin_turn",
    "remove_opening_hours",
    "remove_period",
    "remove_season",
    "remove_slot",
    "remove_term",
    "remove_wish",
    "renew_feed",
    "set_day",
    "set_lessons",
    "set_proposal_aside",
    "shift_periods",
    "stop_solving",
    "strike_missed",
    "take_back_proposal",
    "take_turn_away",
    "tick_opening",
    "unpin_turn",
    "unset_day",
]
