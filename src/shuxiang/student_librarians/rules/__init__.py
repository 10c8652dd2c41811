"""What is decided about student librarians. Pure: no Django, no database, no clock."""

from shuxiang.student_librarians.rules.posts import (
    WHOLE,
    DeskRefusal,
    Hours,
    PostFacts,
    Readiness,
    Rights,
    Step,
    desk_rights,
    next_hours,
    overlapping,
)
from shuxiang.student_librarians.rules.questions import (
    COUNT,
    Deed,
    Kind,
    Question,
    RulesInForce,
    Topic,
    from_kept,
    right_answers,
    write_test,
)
from shuxiang.student_librarians.rules.refusals import Objection, Refusal
from shuxiang.student_librarians.rules.rostering import (
    Helper,
    Judged,
    RosterAnswer,
    RosterProblem,
    Turn,
    judge,
)
from shuxiang.student_librarians.rules.scores import ranks, score, share

__all__ = [
    "COUNT",
    "WHOLE",
    "Deed",
    "DeskRefusal",
    "Helper",
    "Hours",
    "Judged",
    "Kind",
    "Objection",
    "PostFacts",
    "Question",
    "Readiness",
    "Refusal",
    "Rights",
    "RosterAnswer",
    "RosterProblem",
    "RulesInForce",
    "Step",
    "Topic",
    "Turn",
    "desk_rights",
    "from_kept",
    "judge",
    "next_hours",
    "overlapping",
    "ranks",
    "right_answers",
    "score",
    "share",
    "write_test",
]
