"""What can be done to reading pairs and orientation. The only writer."""

from shuxiang.programmes.actions.forgetting import forget
from shuxiang.programmes.actions.orientation import (
    Held,
    catch_up,
    hold_for_group,
    hold_session,
    remove_session,
)
from shuxiang.programmes.actions.pairs import change_pair, confirm_pair, end_pair
from shuxiang.programmes.actions.refused import ProgrammeRefused

__all__ = [
    "Held",
    "ProgrammeRefused",
    "catch_up",
    "change_pair",
    "confirm_pair",
    "end_pair",
    "forget",
    "hold_for_group",
    "hold_session",
    "remove_session",
]
