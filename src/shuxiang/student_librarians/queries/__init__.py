"""What can be asked of the student librarians. Reads only."""

from shuxiang.student_librarians.queries.desk import is_by_appointment, rights_at_desk
from shuxiang.student_librarians.queries.invariants import broken_invariants
from shuxiang.student_librarians.queries.own import own_post
from shuxiang.student_librarians.queries.posts import (
    APPLY,
    BY_ROLE,
    PASS_MARK,
    SESSIONS,
    PostLine,
    experienced_readers,
    line_of,
    lines_of,
    readiness,
    see_posts,
)
from shuxiang.student_librarians.queries.questions import rules_in_force
from shuxiang.student_librarians.queries.retention import forget_before, to_forget
from shuxiang.student_librarians.queries.training import TrainingLine, see_training

__all__ = [
    "APPLY",
    "BY_ROLE",
    "PASS_MARK",
    "SESSIONS",
    "PostLine",
    "TrainingLine",
    "broken_invariants",
    "experienced_readers",
    "forget_before",
    "is_by_appointment",
    "line_of",
    "lines_of",
    "own_post",
    "readiness",
    "rights_at_desk",
    "rules_in_force",
    "see_posts",
    "see_training",
    "to_forget",
]
