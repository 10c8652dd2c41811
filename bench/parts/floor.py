"""The floor under a loan and a return: their rows written by hand, with a commit for each act."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.parts.measuring import at_work_ms

Pair = tuple[int, str]
"""A reader's key and a copy's barcode."""

COPY = (
    "(SELECT id FROM catalogue_copy WHERE school_id = 1 AND barcode = ?"
    " AND NOT (barcode = '') AND NOT (standing = 'withdrawn'))"
)
LEND = (
    "INSERT INTO circulation_loan (school_id, copy_id, reader_id, reader_category, kind, channel,"
    f" lent_at, lent_on, due_on, renewals) VALUES (1, {COPY}, ?, 'pupil', 'home', 'desk', ?, ?, ?, 0)"
)
TAKE_BACK = (
    f"UPDATE circulation_loan SET returned_at = ?, returned_on = ? WHERE copy_id = {COPY}"
    " AND returned_at IS NULL"
)
STAND = f"UPDATE catalogue_copy SET standing = 'to_be_shelved' WHERE id = {COPY}"
ENTRY = (
    "INSERT INTO audit_entry (school_id, verb, subject_label, subject_id, by_id, at, place, nonce,"
    " digest, details) VALUES (1, ?, 'circulation.Loan', 1, 1, ?, '1', '', '', '{}')"
)


def by_hand_ms(pairs: Sequence[Pair]) -> float:
    """Measure the CPU ms of an act, the database's share with it."""
    write = _Hand()
    began = at_work_ms(os.getpid())
    for reader, code in pairs:
        _pair(write, reader, code)
    spent = (at_work_ms(os.getpid()) - began) / len(pairs) / 2
    write.close()
    return spent


def _pair(write: _Hand, reader: int, code: str) -> None:
    now, today = datetime.now(UTC), date.today()  # noqa: DTZ011 - any day will do
    write("BEGIN")
    write(LEND, (code, reader, str(now), str(today), str(today + timedelta(days=14))))
    write(ENTRY, ("circulation.lend", str(now)))
    write("COMMIT")
    write("BEGIN")
    write(TAKE_BACK, (str(now), str(today), code))
    write(STAND, (code,))
    write(ENTRY, ("circulation.take_back", str(now)))
    write("COMMIT")


class _Hand:
    """A connection of its own, with the settings of durability that the product has."""

    def __init__(self) -> None:
        if url := os.environ.get("DATABASE_URL"):
            import psycopg

            self._connection: Any = psycopg.connect(url, autocommit=True)
            self._words = {"?": "%s", "BEGIN": "BEGIN"}
        else:
            import pysqlite3

            file = Path(os.environ["SHUXIANG_HOME"]) / "shuxiang.sqlite3"
            self._connection = pysqlite3.connect(file, isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._words = {"BEGIN": "BEGIN IMMEDIATE"}

    def __call__(self, statement: str, values: Sequence[str | int] = ()) -> None:
        for word, other in self._words.items():
            statement = statement.replace(word, other)
        self._connection.execute(statement, values)

    def close(self) -> None:
        self._connection.close()
