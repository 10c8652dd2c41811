"""What can be done to reading pairs. The only writer."""

from shuxiang.programmes.actions.forgetting import forget
from shuxiang.programmes.actions.pairs import change_pair, confirm_pair, end_pair
from shuxiang.programmes.actions.refused import ProgrammeRefused

__all__ = [
    "ProgrammeRefused",
    "change_pair",
    "confirm_pair",
    "end_pair",
    "forget",
]
