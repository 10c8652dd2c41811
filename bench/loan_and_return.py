"""A loan and a return over HTTP on the demo school: CPU, statements, and the ratio to bare SQL.

The floor is the rows that the two acts write, written by hand with the same settings of SQLite and a
commit for each act, in the same run on a copy of the same database.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path

PAIRS = 100
TICK = os.sysconf("SC_CLK_TCK")
COMMAND = [str(Path(sys.executable).with_name("shuxiang"))]
FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
Pair = tuple[str, str]


class Browser:
    """Signs in as the demo's librarian and scans."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.jar = CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open
        token = FORM_TOKEN.search(self.get("/sign-in/"))
        assert token, "the sign-in page has a form"  # noqa: S101
        self.post(
            "/sign-in/", username="zhoumin", password="shuxiang-demo", csrfmiddlewaretoken=token[1]
        )
        self.get("/desk/")

    def get(self, path: str) -> str:
        with self.open(self.root + path) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: object) -> float:
        token = next((c.value for c in self.jar if c.name == "csrftoken"), "") or ""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        began = time.perf_counter()
        request = urllib.request.Request(self.root + path, body, {"X-CSRFToken": token})  # noqa: S310
        with self.open(request) as answer:
            answer.read()
        return (time.perf_counter() - began) * 1000


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="shuxiang-bench-"))
    os.environ["SHUXIANG_HOME"] = str(home)
    try:
        shuxiang = [*COMMAND, "demo", "--days", "5"]
        subprocess.run(shuxiang, check=True, stdout=subprocess.DEVNULL)
        pairs = _free_pairs()
        floor = _floor(home, pairs)
        statements = _statements(pairs[-1])
        cpu, times = _over_http(pairs[:PAIRS])
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"a loan and a return over HTTP, {PAIRS} pairs on the demo school")
    print(f"  server CPU a pair      {cpu:8.2f} ms")
    print(
        f"  answer, median and p95 {statistics.median(times):8.2f} ms"
        f" {statistics.quantiles(times, n=20)[-1]:8.2f} ms"
    )
    print(f"  statements a pair      {statements:8d}")
    print(f"  bare SQL, CPU a pair   {floor:8.2f} ms")
    print(f"  ratio to bare SQL      {cpu / floor:8.1f}")


def _free_pairs() -> list[Pair]:
    """Find readers with nothing out and copies that are in."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "shuxiang.config.settings"
    django.setup()
    from django_scopes import scopes_disabled

    from shuxiang.catalogue.models import Copy
    from shuxiang.circulation.models import Loan
    from shuxiang.readers.models import Reader

    with scopes_disabled():
        out = Loan.objects.on_hand()
        readers = Reader.objects.filter(category="pupil", left_on=None)
        cards = readers.exclude(pk__in=out.values("reader")).order_by("pk")
        copies = Copy.objects.filter(standing="on_shelf", collection=None)
        codes = copies.exclude(pk__in=out.values("copy")).order_by("pk")
        return list(
            zip(
                cards.values_list("pk", flat=True)[: PAIRS + 1],
                codes.values_list("barcode", flat=True)[: PAIRS + 1],
                strict=True,
            )
        )


def _floor(home: Path, pairs: list[Pair]) -> float:
    """Write the same rows by hand into a copy of the database."""
    import pysqlite3

    copied = home / "floor.sqlite3"
    source = pysqlite3.connect(next(home.glob("*.sqlite3")))
    target = pysqlite3.connect(copied, isolation_level=None)
    source.backup(target)
    source.close()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        target.execute(f"PRAGMA {pragma}")
    began = time.process_time()
    for reader, code in pairs[:PAIRS]:
        _pair_by_hand(target.execute, reader, code)
    spent = (time.process_time() - began) * 1000 / PAIRS
    target.close()
    return spent


def _pair_by_hand(execute: Callable[..., object], reader: object, code: str) -> None:
    entry = (
        "INSERT INTO audit_entry (school_id, verb, subject_label, subject_id, by_id, at, place, nonce,"
        " digest, details) VALUES (1, ?, 'circulation.Loan', 1, 1, '2026-11-23 02:20:00', '1', '', '', '{}')"
    )
    copy = "(SELECT id FROM catalogue_copy WHERE school_id = 1 AND barcode = ?)"
    execute("BEGIN IMMEDIATE")
    execute(
        "INSERT INTO circulation_loan (school_id, copy_id, reader_id, reader_category, kind, channel,"
        f" lent_at, lent_on, due_on, renewals) VALUES (1, {copy}, ?, 'pupil', 'home', 'desk',"
        " '2026-11-23 02:20:00', '2026-11-23', '2026-12-07', 0)",
        (code, reader),
    )
    execute(entry, ("circulation.lend",))
    execute("COMMIT")
    execute("BEGIN IMMEDIATE")
    execute(
        "UPDATE circulation_loan SET returned_at = '2026-11-24 02:20:00', returned_on = '2026-11-24'"
        f" WHERE copy_id = {copy} AND returned_at IS NULL",
        (code,),
    )
    execute(f"UPDATE catalogue_copy SET standing = 'to_be_shelved' WHERE id = {copy}", (code,))
    execute(entry, ("circulation.take_back",))
    execute("COMMIT")


def _statements(pair: Pair) -> int:
    """Count the statements of the pair's two requests, once everything is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.post("/sign-in/", {"username": "zhoumin", "password": "shuxiang-demo"})
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            for act in ("lend", "back"):
                fields = {"code": pair[1], "reader": pair[0], "nonce": f"count-{number}-{act}"}
                client.post("/desk/scan/", fields | ({"mode": "returns"} if act == "back" else {}))
    connection.close()
    return len(asked)


def _over_http(pairs: list[Pair]) -> tuple[float, list[float]]:
    """Serve the demo and scan; give the server's CPU ms a pair and the times of all answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        browser = _first_answer(port)
        began, times = _cpu(server.pid), []
        for reader, code in pairs:
            fields = {"code": code, "reader": reader}
            times.append(browser.post("/desk/scan/", **fields, nonce=f"b{reader}"))
            back = {**fields, "mode": "returns", "nonce": f"r{reader}"}
            times.append(browser.post("/desk/scan/", **back))
        return (_cpu(server.pid) - began) / len(pairs), times
    finally:
        server.terminate()
        server.wait(20)


def _first_answer(port: int) -> Browser:
    for _ in range(120):
        try:
            return Browser(port)
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server does not answer")


def _cpu(pid: int) -> float:
    """Read the CPU ms of a process, its threads and its children."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) * 1000 / TICK
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return own + sum(_cpu(int(child)) for child in children)


if __name__ == "__main__":
    main()
