"""The database backend: Django's SQLite with durable commits and one queue for writers."""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError
from django.utils.translation import gettext as _

from shuxiang.platform.database import neighbours
from shuxiang.platform.database.gate import GateTimeout, Turn, gate_of
from shuxiang.platform.database.library import journal_for, version

BUSY_SECONDS = 20
SILENT_SECONDS = 1.0  # how long a writer waits for another program before it says so

ASKS_EVERY = 0.005
"""Seconds between two questions whether another program has left the file."""

LONGEST_KEPT = 5_000
"""Letters of a statement that is remembered as SQLite reads it."""

log = logging.getLogger(__name__)


class DatabaseBusy(OperationalError):
    """Another writer kept the database longer than a desk can wait; nothing was written."""


class JournalRefused(OperationalError):
    """SQLite did not accept the journal that keeps commits safe, as on a network drive."""


class Cursor(base.SQLiteCursorWrapper):
    """Django's own, but for the statements that every scan asks: their signs are turned once."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is None and len(query) < LONGEST_KEPT:
            return _converted(query)
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


@lru_cache(maxsize=500)
def _converted(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite, settled so that an acknowledged write is on the disk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        params.setdefault("timeout", BUSY_SECONDS)
        self.transaction_mode = "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA mmap_size = 0")
        if not self.is_in_memory_db():
            journal = journal_for(version())
            (mode,) = connection.execute(f"PRAGMA journal_mode = {journal.mode}").fetchone()
            if mode != journal.mode:
                connection.close()
                raise JournalRefused(
                    _("The database cannot be kept safely here: the disk refuses %(mode)s mode.")
                    % {"mode": journal.mode}
                )
            connection.execute(f"PRAGMA synchronous = {journal.synchronous}")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_gate()
        try:
            self._begin()
        except BaseException:
            self._leave_gate()
            raise

    def _enter_gate(self) -> None:
        if self._turn is not None:
            return
        try:
            self._turn = gate_of(str(self.settings_dict["NAME"])).enter(timeout=BUSY_SECONDS)
        except GateTimeout as late:
            raise DatabaseBusy(
                _("Nothing was recorded: another task (%(who)s) is still writing. Try again.")
                % {"who": late}
            ) from late

    def _leave_gate(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            gate_of(str(self.settings_dict["NAME"])).leave(turn)

    def _begin(self) -> None:
        """Begin at once, or say who is in the way and then wait as long as a desk can."""
        if self._begins_within(SILENT_SECONDS):
            return
        log.warning(
            _("Waiting for %(who)s, which is writing to the database …"),
            {"who": self._neighbours()},
        )
        if not self._begins_within(BUSY_SECONDS):
            raise DatabaseBusy(
                _("Nothing was recorded: %(who)s is still writing to the database. Try again.")
                % {"who": self._neighbours()}
            )

    def _begins_within(self, seconds: float) -> bool:
        """Ask for the file again and again: SQLite's own waiting dozes off, and a busy neighbour comes first."""
        until = time.monotonic() + seconds
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
                except OperationalError as locked:
                    if "locked" not in str(locked):
                        raise
                else:
                    return True
                if time.monotonic() > until:
                    return False
                time.sleep(ASKS_EVERY)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1_000)}")

    def _neighbours(self) -> str:
        others = neighbours.others(str(self.settings_dict["NAME"]))
        return ", ".join(others) or _("another program")

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # the stubs leave it out
        self._leave_gate()  # if the commit fails, Django rolls back, which leaves the gate

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._leave_gate()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._leave_gate()
