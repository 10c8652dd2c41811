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

__all__ = [
    "COUNT",
    "WHOLE",
    "Deed",
    "DeskRefusal",
    "Hours",
    "Kind",
    "Objection",
    "PostFacts",
    "Question",
    "Readiness",
    "Refusal",
    "Rights",
    "RulesInForce",
    "Step",
    "Topic",
    "desk_rights",
    "from_kept",
    "next_hours",
    "overlapping",
    "right_answers",
    "write_test",
]
