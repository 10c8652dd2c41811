"""What programmes decide. Pure: no Django, no database, no clock."""

from shuxiang.programmes.rules.house import (
    STANDARD,
    DueIfLent,
    Heading,
    HouseFacts,
    Line,
    Part,
    Sentence,
    due_if_lent,
    house_rules,
)
from shuxiang.programmes.rules.pairs import (
    WINDOW,
    Borrower,
    Counts,
    Effect,
    Interests,
    Suggested,
    Suggestion,
    Telling,
    effect,
    overlap,
    suggest,
)
from shuxiang.programmes.rules.refusals import Refusal

__all__ = [
    "STANDARD",
    "WINDOW",
    "Borrower",
    "Counts",
    "DueIfLent",
    "Effect",
    "Heading",
    "HouseFacts",
    "Interests",
    "Line",
    "Part",
    "Refusal",
    "Sentence",
    "Suggested",
    "Suggestion",
    "Telling",
    "due_if_lent",
    "effect",
    "house_rules",
    "overlap",
    "suggest",
]
