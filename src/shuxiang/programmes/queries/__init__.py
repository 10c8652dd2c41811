"""What programmes can be asked. Reads only."""

from shuxiang.programmes.queries.forgetting import to_forget
from shuxiang.programmes.queries.house import HouseRules, see_rules
from shuxiang.programmes.queries.invariants import broken_invariants
from shuxiang.programmes.queries.orientation import (
    Orientation,
    TaughtClass,
    new_classes_taught,
    newcomers,
    see_orientation,
    sessions_of,
    still_to_learn,
)
from shuxiang.programmes.queries.pairs import (
    ClassLine,
    ClassPairs,
    PairLine,
    PupilLine,
    SuggestedPair,
    effects_of,
    see_class_pairs,
    see_pairs,
)

__all__ = [
    "ClassLine",
    "ClassPairs",
    "HouseRules",
    "Orientation",
    "PairLine",
    "PupilLine",
    "SuggestedPair",
    "TaughtClass",
    "broken_invariants",
    "effects_of",
    "new_classes_taught",
    "newcomers",
    "see_class_pairs",
    "see_orientation",
    "see_pairs",
    "see_rules",
    "sessions_of",
    "still_to_learn",
    "to_forget",
]
