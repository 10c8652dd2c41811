"""What can be done to student librarians, their training, tests and shifts. The only writer."""

from shuxiang.student_librarians.actions.forgetting import forget
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
    "apply",
    "appoint",
    "change_post",
    "change_shift",
    "decline",
    "end_post",
    "forget",
    "hand_in",
    "hand_in_own_test",
    "nominate",
    "open_desk",
    "plan_training",
    "remove_shift",
    "remove_training",
    "sit_own_test",
    "sit_test",
    "take_attendance",
]
