"""Why something of the timetable can't be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    TERM_ENDS_BEFORE_IT_STARTS = "term_ends_before_it_starts"
    TERM_TOO_LONG = "term_too_long"
    TERM_OVERLAPS = "term_overlaps"
    TERM_OUTSIDE_YEAR = "term_outside_year"
    TERM_NUMBER_TAKEN = "term_number_taken"
    RECALL_OUTSIDE_TERM = "recall_outside_term"
    LAST_LENDING_OUTSIDE_TERM = "last_lending_outside_term"
    TERM_HAS_TURNS = "term_has_turns"
    DAYS_END_BEFORE_THEY_START = "days_end_before_they_start"
    DAYS_ARE_SAID = "days_are_said"
    TOO_MANY_DAYS = "too_many_days"
    PERIOD_ENDS_BEFORE_IT_STARTS = "period_ends_before_it_starts"
    PERIOD_NAME_TAKEN = "period_name_taken"
    PERIOD_NAME_MISSING = "period_name_missing"
    PERIOD_HAS_SLOTS = "period_has_slots"
    SEASON_WITHOUT_PERIODS = "season_without_periods"
    SEASON_MOVES_NOTHING = "season_moves_nothing"
    SEASON_LEAVES_THE_DAY = "season_leaves_the_day"
    SEASON_OVERLAPS = "season_overlaps"
    PERIODS_ARE_THERE = "periods_are_there"
    HOURS_END_BEFORE_THEY_START = "hours_end_before_they_start"
    DAY_ENDS_BEFORE_HOURS = "day_ends_before_hours"
    HOURS_TURN_WITH_SEASON = "hours_turn_with_season"
    HOURS_DATES_TURNED_ROUND = "hours_dates_turned_round"
    HOURS_ARE_THERE = "hours_are_there"
    HOURS_WITHOUT_WEEKDAY = "hours_without_weekday"
    GRADE_MISSING = "grade_missing"
    GRADE_NOT_MEANT = "grade_not_meant"
    SLOT_IS_THERE = "slot_is_there"
    SLOT_HAS_TURNS = "slot_has_turns"
    SLOT_HOLDS_NOBODY = "slot_holds_nobody"
    SLOT_NOT_CHOSEN = "slot_not_chosen"
    SLOT_TOO_SMALL = "slot_too_small"
    SLOT_FULL = "slot_full"
    CLASS_HAS_SLOT = "class_has_slot"
    CLASS_COMES_THAT_DAY = "class_comes_that_day"
    CLASS_NOT_AT_SCHOOL = "class_not_at_school"
    TURN_GONE = "turn_gone"
    DAY_NOT_OPEN = "day_not_open"
    TERM_IS_OVER = "term_is_over"
    TERM_HAS_WISHES = "term_has_wishes"
    PERIOD_HAS_WISHES = "period_has_wishes"
    PERIOD_HAS_HOURS = "period_has_hours"
    PERIODS_TURN_HOURS = "periods_turn_hours"
    WISH_WITHOUT_TIME = "wish_without_time"
    WISH_WITHOUT_PURPOSE = "wish_without_purpose"
    WISH_GRADES_TURNED_ROUND = "wish_grades_turned_round"
    WISH_IS_THERE = "wish_is_there"
    WISH_TOO_OFTEN = "wish_too_often"
    NOBODY_COMES = "nobody_comes"
    NO_SLOTS = "no_slots"
    SOLVING_ALREADY = "solving_already"
    PROPOSAL_DECIDED = "proposal_decided"
    PROPOSAL_OUT_OF_DATE = "proposal_out_of_date"
    NOBODY_COMES_THAT_DAY = "nobody_comes_that_day"
    PLACE_TAKEN = "place_taken"
    CAUGHT_UP_ALREADY = "caught_up_already"
    ROTATION_CHANGED_SINCE = "rotation_changed_since"


@dataclass(frozen=True, kw_only=True)
class Objection:
    """One reason, with the facts that its words name."""

    reason: Reason
    details: Mapping[str, object] = field(default_factory=dict)
