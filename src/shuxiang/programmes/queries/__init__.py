"""What programmes can be asked. Reads only."""

from shuxiang.programmes.queries.house import HouseRules, see_rules
from shuxiang.programmes.queries.pairs import (
    ClassLine,
    ClassPairs,
    PairLine,
    PupilLine,
    SuggestedPair,
    effects_of,
    see_class_pairs,
    see_pairs,
    to_forget,
)

__all__ = [
    "ClassLine",
    "ClassPairs",
    "HouseRules",
    "PairLine",
    "PupilLine",
    "SuggestedPair",
    "effects_of",
    "see_class_pairs",
    "see_pairs",
    "see_rules",
    "to_forget",
]
