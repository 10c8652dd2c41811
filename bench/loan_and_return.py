"""A loan and a return over HTTP on the demo school: CPU, statements, and the ratio to bare SQL.

The floor is the rows that the two acts write, written by hand with the same settings of SQLite and a
commit for each act, in the same run on a copy of the same database.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench.parts.floor import Pair, by_hand_ms
from bench.parts.measuring import cpu_ms, line, percentile
from tests.serving import COMMAND, Browser, free_port, serve

PAIRS = 100


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="shuxiang-bench-"))
    os.environ["SHUXIANG_HOME"] = str(home)
    try:
        subprocess.run([COMMAND, "demo", "--days", "5"], check=True, stdout=subprocess.DEVNULL)
        pairs = _free_pairs()
        floor = by_hand_ms(home, pairs[:PAIRS])
        statements = _statements(pairs[-1])
        cpu, times = _over_http(pairs[:PAIRS])
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"a loan and a return over HTTP, {PAIRS} pairs on the demo school")
    line("the rows of a pair by bare SQL, CPU", floor, "ms")
    line("server's CPU a pair", cpu, "ms", cpu / floor)
    line("answer, p50", percentile(times, 50), "ms")
    line("answer, p95", percentile(times, 95), "ms")
    line("statements a pair", statements, "")


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
    port = free_port()
    server = serve(port)
    try:
        browser = Browser(port)
        began, times = cpu_ms(server.pid), []
        for reader, code in pairs:
            for nonce, more in ((f"b{reader}", {}), (f"r{reader}", {"mode": "returns"})):
                asked = time.perf_counter()
                browser.post("/desk/scan/", code=code, reader=reader, nonce=nonce, **more)
                times.append((time.perf_counter() - asked) * 1000)
        return (cpu_ms(server.pid) - began) / len(pairs), times
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
