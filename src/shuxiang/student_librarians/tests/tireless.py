"""A solver that finds one roster and never ends: a child process brings it, without Django."""

from __future__ import annotations

import threading
from collections.abc import Callable

from shuxiang.student_librarians.rules.rostering import RosterAnswer


def look_on(*, tell: Callable[[RosterAnswer], None]) -> None:
    """Find one roster, then nothing better, until the process is ended."""
    tell(RosterAnswer(puts=((1, 0),), cost=3))
    threading.Event().wait()
