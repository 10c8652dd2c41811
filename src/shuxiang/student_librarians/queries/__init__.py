"""What can be asked of the student librarians. Reads only."""

from shuxiang.student_librarians.queries.desk import is_by_appointment, rights_at_desk
from shuxiang.student_librarians.queries.doubts import Doubt, doubts
from shuxiang.student_librarians.queries.duties import (
    OnDuty,
    duties_between,
    on_duty,
    own_duties,
    own_turns,
    swaps_of,
    turns_to_take,
)
from shuxiang.student_librarians.queries.evaluation import WEIGHTS, Judgement, evaluate
from shuxiang.student_librarians.queries.gaps import Gap, gaps
from shuxiang.student_librarians.queries.invariants import broken_invariants
from shuxiang.student_librarians.queries.meetings import MeetingLine, problems_at, see_meetings
from shuxiang.student_librarians.queries.own import own_post, own_problems, own_sessions
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
from shuxiang.student_librarians.queries.rosters import (
    Share,
    count_unable,
    latest_roster,
    proposed_between,
    roster_problem,
    row_of,
    rows_of,
    shares,
    standing_duties,
)
from shuxiang.student_librarians.queries.training import TrainingLine, see_training

__all__ = [
    "APPLY",
    "BY_ROLE",
    "PASS_MARK",
    "SESSIONS",
    "WEIGHTS",
    "Doubt",
    "Gap",
    "Judgement",
    "MeetingLine",
    "OnDuty",
    "PostLine",
    "Share",
    "TrainingLine",
    "broken_invariants",
    "count_unable",
    "doubts",
    "duties_between",
    "evaluate",
    "experienced_readers",
    "forget_before",
    "gaps",
    "is_by_appointment",
    "latest_roster",
    "line_of",
    "lines_of",
    "on_duty",
    "own_duties",
    "own_post",
    "own_problems",
    "own_sessions",
    "own_turns",
    "problems_at",
    "proposed_between",
    "readiness",
    "rights_at_desk",
    "roster_problem",
    "row_of",
    "rows_of",
    "rules_in_force",
    "see_meetings",
    "see_posts",
    "see_training",
    "shares",
    "standing_duties",
    "swaps_of",
    "to_forget",
    "turns_to_take",
]
