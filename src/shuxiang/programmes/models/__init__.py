"""Reading pairs."""

from shuxiang.programmes.models.pairs import Pair

__all__ = ["Pair"]
