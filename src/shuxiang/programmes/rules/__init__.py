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

__all__ = [
    "STANDARD",
    "DueIfLent",
    "Heading",
    "HouseFacts",
    "Line",
    "Part",
    "Sentence",
    "due_if_lent",
    "house_rules",
]
