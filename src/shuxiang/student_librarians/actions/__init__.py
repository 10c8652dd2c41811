"""What can be done to student librarians, their training, tests and shifts. The only writer."""

from shuxiang.student_librarians.actions.duties import (
    answer_swap,
    ask_swap,
    come_to_duty,
    give_duty,
    say_unable,
    take_duty_away,
    tick_duties,
)
from shuxiang.student_librarians.actions.forgetting import forget
from shuxiang.student_librarians.actions.judging import judge_posts
from shuxiang.student_librarians.actions.meeting import (
    change_meeting,
    raise_problem,
    settle_problem,
)
from shuxiang.student_librarians.actions.own import hand_in_own_test, sit_own_test
from shuxiang.student_librarians.actions.posts import (
    apply,
    appoint,
    change_post,
    decline,
    end_post,
    nominate,
    open_desk,
)
from shuxiang.student_librarians.actions.refused import HelperRefused
from shuxiang.student_librarians.actions.rostering import (
    ask_for_roster,
    fill_gaps,
    place_roster,
    set_roster_aside,
    stop_roster,
    take_roster_back,
)
from shuxiang.student_librarians.actions.shifts import change_shift, remove_shift
from shuxiang.student_librarians.actions.training import (
    hand_in,
    plan_training,
    remove_training,
    sit_test,
    take_attendance,
)

__all__ = [
    "HelperRefused",
    "answer_swap",
    "apply",
    "appoint",
    "ask_for_roster",
    "ask_swap",
    "change_meeting",
    "change_post",
    "change_shift",
    "come_to_duty",
    "decline",
    "end_post",
    "fill_gaps",
    "forget",
    "give_duty",
    "hand_in",
    "hand_in_own_test",
    "judge_posts",
    "nominate",
    "open_desk",
    "place_roster",
    "plan_training",
    "raise_problem",
    "remove_shift",
    "remove_training",
    "say_unable",
    "set_roster_aside",
    "settle_problem",
    "sit_own_test",
    "sit_test",
    "stop_roster",
    "take_attendance",
    "take_duty_away",
    "take_roster_back",
    "tick_duties",
]
