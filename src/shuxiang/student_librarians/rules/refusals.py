"""Why something of the student librarians can't be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Refusal(StrEnum):
    NOT_A_PUPIL = "not_a_pupil"
    HAS_LEFT = "has_left"
    HAS_POST = "has_post"
    TERM_IS_OVER = "term_is_over"
    NOT_PROPOSED = "not_proposed"
    NOT_OWN_CLASS = "not_own_class"
    APPLYING_IS_CLOSED = "applying_is_closed"
    WHY_TOO_LONG = "why_too_long"
    POST_IS_CLOSED = "post_is_closed"
    NOT_TRAINED = "not_trained"
    NOT_TESTED = "not_tested"
    TEST_FAILED = "test_failed"
    NOT_APPOINTED = "not_appointed"
    CLASS_NOT_AT_SCHOOL = "class_not_at_school"
    NO_LENDING_RULES = "no_lending_rules"
    TEST_HANDED_IN = "test_handed_in"
    ANSWERS_MISSING = "answers_missing"
    SESSION_OUTSIDE_TERM = "session_outside_term"
    SESSION_TO_COME = "session_to_come"
    SESSION_WAS_ATTENDED = "session_was_attended"
    SHIFT_ENDS_BEFORE_IT_BEGINS = "shift_ends_before_it_begins"
    SHIFT_OVERLAPS = "shift_overlaps"
    NO_SHIFTS = "no_shifts"
    NOBODY_APPOINTED = "nobody_appointed"
    DAYS_OUTSIDE_TERM = "days_outside_term"
    ROSTER_ENDS_BEFORE_IT_BEGINS = "roster_ends_before_it_begins"
    NO_TURNS = "no_turns"
    ROSTER_IS_BEING_SOLVED = "roster_is_being_solved"
    ROSTER_IS_DECIDED = "roster_is_decided"
    ROSTER_OUT_OF_DATE = "roster_out_of_date"
    ROSTER_CHANGED_SINCE = "roster_changed_since"
    NO_GAPS = "no_gaps"
    NOBODY_FOR_THE_GAPS = "nobody_for_the_gaps"
    DAY_NOT_OPEN = "day_not_open"
    WRONG_WEEKDAY = "wrong_weekday"
    ON_DUTY_THAT_DAY = "on_duty_that_day"
    HAS_A_LESSON = "has_a_lesson"
    SAID_UNABLE = "said_unable"
    NOT_THESE_HOURS = "not_these_hours"
    SHIFT_IS_FULL = "shift_is_full"
    DUTY_IS_OVER = "duty_is_over"
    DUTY_TO_COME = "duty_to_come"
    DAYS_ARE_OVER = "days_are_over"
    NOT_YOUR_DUTY = "not_your_duty"
    SWAP_WITH_ONESELF = "swap_with_oneself"
    SWAP_WAITS = "swap_waits"
    SWAP_TOO_LATE = "swap_too_late"
    SWAP_IS_DECIDED = "swap_is_decided"
    CARD_UNKNOWN = "card_unknown"
    NOT_ON_DUTY_NOW = "not_on_duty_now"
    NOT_A_HELPER = "not_a_helper"
    NOT_AT_THIS_TIME = "not_at_this_time"
    MEETING_OUTSIDE_TERM = "meeting_outside_term"
    PROBLEM_IS_SETTLED = "problem_is_settled"
    MARK_OUT_OF_RANGE = "mark_out_of_range"
    WEIGHTS_NOT_WHOLE = "weights_not_whole"
    SHIFT_WITHOUT_PLACES = "shift_without_places"


@dataclass(frozen=True, kw_only=True)
class Objection:
    """One reason, with the facts that its words name."""

    reason: Refusal
    details: Mapping[str, object] = field(default_factory=dict)
