"""What every connection to SQLite is settled to, and that the process has one library."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from shuxiang.platform.database.library import (
    DELETE_EXTRA,
    WAL_FULL,
    is_safe,
    journal_for,
    version,
)

EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "mmap_size": 0,
    "busy_timeout": 20_000,
}


def pragma(name):
    with connection.cursor() as cursor:
        row = cursor.execute(f"PRAGMA {name}").fetchone()
        return row[0] if row else 0  # a library without memory maps has no such pragma


def settled():
    return {name: pragma(name) for name in EXPECTED}


@pytest.mark.django_db(transaction=True)
def test_every_connection_commits_durably():
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                cursor.execute(f"SHOW {name}")
                assert cursor.fetchone() == ("on",)
        return
    found = [settled()]

    def in_another_thread():
        found.append(settled())
        connections.close_all()

    thread = threading.Thread(target=in_another_thread)
    thread.start()
    thread.join()
    with transaction.atomic():
        found.append(settled())

    assert found == [EXPECTED] * 3


@pytest.mark.parametrize(
    ("library", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), False),
        ((3, 52, 1), True),
        ((3, 53, 4), True),
    ],
)
def test_a_library_that_loses_commits_gets_the_slow_journal(library, safe):
    assert is_safe(library) is safe
    assert journal_for(library) is (WAL_FULL if safe else DELETE_EXTRA)


def test_the_process_has_one_sqlite_library_and_it_is_safe():
    assert is_safe(version())
    assert sys.modules["sqlite3"].__name__ == "pysqlite3"
    if sys.platform != "linux":
        return
    mapped = {line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines()}
    libraries = {name for name in mapped if "sqlite" in name and ".so" in name}
    assert len({Path(name).parent for name in libraries if "pysqlite3" in name}) == 1
    assert [name for name in libraries if "pysqlite3" not in name] == []
