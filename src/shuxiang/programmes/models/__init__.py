"""Reading pairs, and sessions of orientation."""

from shuxiang.programmes.models.orientation import Missed, Session
from shuxiang.programmes.models.pairs import Pair

__all__ = ["Missed", "Pair", "Session"]
