"""Why something can't be done."""

from enum import StrEnum


class Refusal(StrEnum):
    PAIR_OF_ONE = "pair_of_one"
    NOT_IN_CLASS = "not_in_class"
    HAS_PAIR = "has_pair"
    PAIR_HAS_ENDED = "pair_has_ended"
    SESSION_OUTSIDE_TERM = "session_outside_term"
    SESSION_TO_COME = "session_to_come"
    SESSION_IS_THERE = "session_is_there"
    NOBODY_WAS_THERE = "nobody_was_there"
