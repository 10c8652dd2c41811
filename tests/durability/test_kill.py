"""The server is killed while desks lend and take back: what was answered is there, once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Thread

import pysqlite3
import pytest

from tests.serving import COMMAND, Browser, free_port, serve

pytestmark = pytest.mark.sqlite("each starts commands on a home and a file of its own")

KILLS = 3
DESKS = 3


@dataclass
class Ledger:
    """What the desks were answered, kept outside the server."""

    answered: list[str] = field(default_factory=list)
    stop: bool = False


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A small demo school of this very moment, so that the clock is right."""
    folder = tmp_path_factory.mktemp("home")
    os.environ["SHUXIANG_HOME"] = str(folder)
    subprocess.run([COMMAND, "demo", "--days", "1"], check=True, stdout=subprocess.DEVNULL)
    yield folder
    del os.environ["SHUXIANG_HOME"]


def rows(home: Path, question: str):
    (file,) = home.glob("*.sqlite3")
    with pysqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        return database.execute(question).fetchall()


def desk(number: int, browser: Browser, pairs: list[tuple[int, str]], ledger: Ledger) -> None:
    """Lend and take back without end; what was not answered is sent again with its number."""
    for turn in range(10_000):
        reader, code = pairs[turn % len(pairs)]
        for act, mode in (("lend", "both"), ("back", "returns")):
            nonce = f"{number}-{turn}-{act}"
            fields = {"code": code, "reader": reader, "mode": mode, "nonce": nonce}
            while True:
                try:
                    browser.post("/desk/scan/", **fields)
                except (OSError, HTTPException):
                    if ledger.stop:
                        return
                    time.sleep(0.1)
                else:
                    ledger.answered.append(nonce)
                    break
            if ledger.stop:
                return


def free_pairs(home: Path) -> list[tuple[int, str]]:
    """Pair readers with books that nobody has."""
    readers = rows(home, "SELECT id FROM readers_reader WHERE category = 'pupil' ORDER BY id DESC")
    books = rows(
        home,
        "SELECT barcode FROM catalogue_copy WHERE standing = 'on_shelf' AND collection_id IS NULL"
        " AND id NOT IN (SELECT copy_id FROM circulation_loan) ORDER BY id DESC",
    )
    return [(reader, code) for (reader,), (code,) in zip(readers, books, strict=False)]


def kill_and_serve_again(server: subprocess.Popen[bytes], port: int) -> subprocess.Popen[bytes]:
    """Kill the server with all its children, and wait until another one answers."""
    time.sleep(random.uniform(0.5, 2.5))  # noqa: S311
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    again = serve(port)
    Browser(port)
    return again


def test_r56_no_answered_act_is_lost_or_doubled_when_the_server_is_killed(home):
    pairs, port, ledger = free_pairs(home), free_port(), Ledger()
    server = serve(port)
    desks = [
        Thread(target=desk, args=(n, Browser(port), pairs[n * 5 : n * 5 + 5], ledger))
        for n in range(DESKS)
    ]
    try:
        for one in desks:
            one.start()
        for _ in range(KILLS):
            server = kill_and_serve_again(server, port)
        time.sleep(1)
    finally:
        ledger.stop = True
        for one in desks:
            one.join()
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    written = Counter(n for (n,) in rows(home, "SELECT nonce FROM audit_entry WHERE nonce <> ''"))
    assert len(ledger.answered) > DESKS * KILLS
    assert [nonce for nonce in ledger.answered if written[nonce] != 1] == []
    open_twice = "SELECT 1 FROM circulation_loan WHERE returned_at IS NULL GROUP BY copy_id HAVING COUNT(*) > 1"
    assert rows(home, open_twice) == []
    subprocess.run([COMMAND, "check-data"], check=True, stdout=subprocess.DEVNULL)
