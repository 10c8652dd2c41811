"""What every connection to SQLite is settled to (A9), and one library in the process (A10)."""

import sqlite3
import threading
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from shuxiang.platform.database.library import is_safe

def pragma(name):
    with connection.cursor() as cursor:
        row = cursor.execute(f"PRAGMA {name}").fetchone()
        return row[0] if row else 0  # a library without memory maps has no such pragma


def settled():
    return {
        name: pragma(name)
        for name in ("journal_mode", "synchronous", "foreign_keys", "mmap_size", "busy_timeout")
    }


EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "mmap_size": 0,
    "busy_timeout": 20_000,
}


@pytest.mark.django_db(transaction=True)
def test_every_connection_commits_durably():
    if connection.vendor != "sqlite":
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
