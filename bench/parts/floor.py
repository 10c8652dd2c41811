"""The floor under a loan and a return: their rows written by hand, with a commit for each act."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

Pair = tuple[int, str]
"""A reader's key and a copy's barcode."""

ENTRY = (
    "INSERT INTO audit_entry (school_id, verb, subject_label, subject_id, by_id, at, place, nonce,"
    " digest, details) VALUES (1, ?, 'circulation.Loan', 1, 1, '2026-11-23 02:20:00', '1', '', '', '{}')"
)
COPY = "(SELECT id FROM catalogue_copy WHERE school_id = 1 AND barcode = ? AND NOT (barcode = '') AND NOT (standing = 'withdrawn'))"


def by_hand_ms(home: Path, pairs: Sequence[Pair]) -> float:
    """Measure the CPU ms of a pair on a copy of the home's database."""
    import pysqlite3

    copied = home / "floor.sqlite3"
    source = pysqlite3.connect(next(home.glob("shuxiang.sqlite3")))
    target = pysqlite3.connect(copied, isolation_level=None)
    source.backup(target)
    source.close()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        target.execute(f"PRAGMA {pragma}")
    began = time.process_time()
    for reader, code in pairs:
        _pair(target.execute, reader, code)
    spent = (time.process_time() - began) * 1000 / len(pairs)
    target.close()
    copied.unlink()
    return spent


def _pair(execute: Callable[..., object], reader: int, code: str) -> None:
    execute("BEGIN IMMEDIATE")
    execute(
        "INSERT INTO circulation_loan (school_id, copy_id, reader_id, reader_category, kind, channel,"
        f" lent_at, lent_on, due_on, renewals) VALUES (1, {COPY}, ?, 'pupil', 'home', 'desk',"
        " '2026-11-23 02:20:00', '2026-11-23', '2026-12-07', 0)",
        (code, reader),
    )
    execute(ENTRY, ("circulation.lend",))
    execute("COMMIT")
    execute("BEGIN IMMEDIATE")
    execute(
        "UPDATE circulation_loan SET returned_at = '2026-11-24 02:20:00', returned_on = '2026-11-24'"
        f" WHERE copy_id = {COPY} AND returned_at IS NULL",
        (code,),
    )
    execute(f"UPDATE catalogue_copy SET standing = 'to_be_shelved' WHERE id = {COPY}", (code,))
    execute(ENTRY, ("circulation.take_back",))
    execute("COMMIT")
