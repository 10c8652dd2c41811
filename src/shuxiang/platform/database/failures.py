"""What a failure of the database means, by what both engines say."""

from __future__ import annotations

from django.db import OperationalError

from shuxiang.platform.database.base import DatabaseBusy

AWAY = ("08", "57P", "53300")
"""SQLSTATEs (PostgreSQL, Appendix A): no connection, shut down or starting, too many connections."""


def is_full(failed: OperationalError) -> bool:
    """Tell whether the disk is full."""
    words = str(failed).lower()
    return "full" in words or "no space" in words


def is_away(failed: BaseException | None) -> bool:
    """Tell whether the database could not be reached and will be again, so that waiting helps."""
    if not isinstance(failed, OperationalError):
        return False
    # The driver has no state to tell where it got no connection at all; SQLite never has one.
    state = getattr(failed.__cause__, "sqlstate", "")
    return isinstance(failed, DatabaseBusy) or state is None or state.startswith(AWAY)
