"""A page asks the running server to go back to a backup, while desks work, and while it is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from threading import Thread
from typing import Any
from zipfile import ZipFile

import pysqlite3
import pytest

from tests.durability.test_kill import Ledger, desk, free_pairs
from tests.serving import COMMAND, Browser, free_port, serve

pytestmark = pytest.mark.sqlite("each starts commands on a home and a file of its own")

PATIENCE = 90
MOVED = {"django_session", "audit_entry", "axes_accesslog", "axes_accessattempt"}
"""Tables that going back itself writes, or that the sign-in afterwards does."""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A small demo school of this very moment, so that the clock is right."""
    folder = tmp_path_factory.mktemp("home")
    os.environ["SHUXIANG_HOME"] = str(folder)
    subprocess.run([COMMAND, "demo", "--days", "1"], check=True, stdout=subprocess.DEVNULL)
    yield folder
    del os.environ["SHUXIANG_HOME"]


class Server:
    """The library's program, which may be killed and started again."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process = serve(self.port)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def start_again(self) -> None:
        self.process = serve(self.port)

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(30)


@pytest.fixture
def server(home):
    opened = Server()
    yield opened
    opened.close()


def every_row(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with pysqlite3.connect(f"file:{database}?mode=ro", uri=True) as opened:
        names = [
            n for (n,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: [
                tuple("" if column == "stamp" else value for column, value in row.items())
                for row in _as_dicts(opened.execute(f'SELECT * FROM "{name}" ORDER BY 1'))  # noqa: S608
            ]
            for name in names
            if name not in MOVED | {"sqlite_sequence"}
        }


def _as_dicts(found):
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found]


def backed_up(
    browser: Browser, home: Path, tmp_path: Path
) -> tuple[str, dict[str, list[tuple[object, ...]]]]:
    """Make a backup by the button, and give its name and its rows."""
    before = set((home / "backups").glob("*.zip"))
    browser.post("/office/backups/make")
    (made,) = set((home / "backups").glob("*.zip")) - before
    ZipFile(made).extract("database.sqlite3", tmp_path)
    return made.name, every_row(tmp_path / "database.sqlite3")


def ask(browser: Browser, name: str) -> str:
    return browser.post(f"/office/backups/{name}/restore", password="shuxiang-demo")


def wait_until_told(home: Path) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE
    while (home / "going-back.json").exists() or not (home / "went-back.json").exists():
        assert time.monotonic() < until
        time.sleep(0.1)
    told: dict[str, Any] = json.loads((home / "went-back.json").read_text())
    (home / "went-back.json").unlink()
    return told


def test_the_running_library_goes_back_row_by_row_while_desks_work(home, server, tmp_path):
    browser, pairs, ledger = Browser(server.port), free_pairs(home), Ledger()
    name, then = backed_up(browser, home, tmp_path)
    desks = [
        Thread(
            target=desk,
            args=(n, Browser(server.port), pairs[n * 5 : n * 5 + 5], ledger),
            daemon=True,
        )
        for n in range(2)
    ]
    for one in desks:
        one.start()
    while len(ledger.answered) < 20:
        time.sleep(0.05)
    ask(browser, name)
    told = wait_until_told(home)
    ledger.stop = True
    for one in desks:
        one.join()
    assert (told["refusal"], told["faults"]) == (None, []), told
    assert every_row(home / "shuxiang.sqlite3") == then
    kept = every_row(Path(told["aside"]))
    assert len(kept["circulation_loan"]) > len(then["circulation_loan"])
    assert 'name="password"' in browser.get("/office/backups/")


def wait_for_workbench(home: Path) -> None:
    """Wait until it goes back; on a fast machine it may be there already."""
    until = time.monotonic() + PATIENCE
    while not (list(home.glob(".restoring-*")) or (home / "went-back.json").exists()):
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.mark.parametrize("seconds", [0, 0.1, 0.3])
def test_killed_while_it_goes_back_it_gets_there_at_the_next_start(home, server, tmp_path, seconds):
    browser = Browser(server.port)
    name, then = backed_up(browser, home, tmp_path)
    lend_one(browser, home)
    ask(browser, name)
    wait_for_workbench(home)
    time.sleep(seconds)
    server.kill()
    found = every_row(home / "shuxiang.sqlite3")
    assert len(found["circulation_loan"]) - len(then["circulation_loan"]) in (0, 1)
    server.start_again()
    told = wait_until_told(home)
    assert (told["refusal"], told["faults"]) == (None, []), told
    assert every_row(home / "shuxiang.sqlite3") == then
    assert not list(home.glob(".restoring-*"))


def lend_one(browser: Browser, home: Path) -> None:
    reader, code = free_pairs(home)[-1]
    browser.post("/desk/scan/", code=code, reader=reader, mode="both", nonce=os.urandom(8).hex())
