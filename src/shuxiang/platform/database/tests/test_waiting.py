"""Threads queue for the database; other programs are waited for, and named."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.utils.timezone import now

from shuxiang.platform.database import base, neighbours

pytestmark = pytest.mark.django_db(transaction=True)
NOW = now()


def keep(key):
    Session.objects.create(session_key=key, session_data="", expire_date=NOW)


def test_forty_threads_write_and_none_is_refused():
    refused = []

    def write(desk):
        try:
            for number in range(5):
                with transaction.atomic():
                    keep(f"{desk}-{number}")
        except Exception as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(desk,)) for desk in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == []
    assert Session.objects.count() == 200


def test_after_a_failed_transaction_the_next_writer_comes_in():
    @transaction.atomic
    def fail_half_way():
        keep("a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with transaction.atomic():
        keep("b")
        with transaction.atomic():
            keep("c")

    assert set(Session.objects.values_list("session_key", flat=True)) == {"b", "c"}


HOLD = """
import os, sys
from shuxiang.platform.database.library import put_in_place; put_in_place()
import sqlite3
from shuxiang.platform.database.neighbours import announced
with announced(sys.argv[1], as_="shuxiang import-books"):
    held = sqlite3.connect(sys.argv[1], isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.readline()
    held.execute("ROLLBACK")
"""


@pytest.fixture
def other_program(tmp_path):
    """Another process that writes to the same file until it is told to stop."""
    on_sqlite = connection.vendor == "sqlite"
    name = str(connection.settings_dict["NAME"]) if on_sqlite else str(tmp_path / "a.sqlite3")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        yield program
        program.kill()


@pytest.mark.sqlite("one writer a file")
def test_another_program_is_waited_for_and_named(other_program, caplog):
    threading.Timer(1.5, other_program.kill).start()

    with transaction.atomic():
        keep("a")

    assert "shuxiang import-books" in caplog.text
    assert str(other_program.pid) in caplog.text
    assert Session.objects.count() == 1


@pytest.mark.sqlite("one writer a file")
def test_a_program_that_never_ends_is_named_in_the_refusal(other_program, monkeypatch):
    monkeypatch.setattr(base, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(base, "SILENT_SECONDS", 0.05)

    with pytest.raises(base.DatabaseBusy, match="shuxiang import-books"):
        transaction.atomic(keep)("a")

    assert Session.objects.count() == 0


def test_a_program_that_was_killed_is_forgotten(tmp_path):
    file = str(tmp_path / "a.sqlite3")
    with neighbours.announced(file, as_="shuxiang serve"):
        gone = subprocess.run(
            [sys.executable, "-c", "import os; print(os.getpid())"],
            capture_output=True,
            text=True,
            check=True,
        )
        (tmp_path / "a.sqlite3.users" / gone.stdout.strip()).write_text("shuxiang demo")
        (tmp_path / "a.sqlite3.users" / "1").write_text("shuxiang work")
        (tmp_path / "a.sqlite3.users" / str(os.getppid())).write_text("shuxiang serve")

        assert neighbours.others(file) == ["shuxiang work (1)"]
