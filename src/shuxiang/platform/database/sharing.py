"""Long work beside the desks: it writes in transactions so short that nobody at a desk notices them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from django.db import connection

from shuxiang.platform.database import neighbours
from shuxiang.platform.database.base import ASKS_EVERY

T = TypeVar("T")

PATIENCE = {"sqlite": 0.15, "postgresql": 1.0}
"""Seconds that a piece of long work lasts, at most and about: on SQLite a desk waits for it, on PostgreSQL only who
does something in the office."""
FEWEST, MOST = 30, 1_000
QUICKEST = 0.001
"""Seconds that a piece is taken to last at least; coarse clocks say that no time has passed."""
GAP = 3 * ASKS_EVERY
"""Seconds between two pieces in which another program gets its turn."""


def in_turn(rest: Iterator[T]) -> Iterator[list[T]]:
    """Give pieces of a long work, each to be written in one transaction before the next is asked for."""
    size, patience = FEWEST, PATIENCE[connection.vendor]
    while piece := list(islice(rest, size)):
        began = time.perf_counter()
        yield piece
        took = max(time.perf_counter() - began, QUICKEST)
        size = min(MOST, 2 * size, max(FEWEST, int(size * patience / took)))
        if connection.vendor == "sqlite" and neighbours.others(
            str(connection.settings_dict["NAME"])
        ):
            time.sleep(GAP)
