"""One, eight and fifty desks lend and take back over HTTP in a library of 100,000 titles.

The floor is the rows that an act writes, written by hand with the same settings and a commit an act. On
PostgreSQL the CPU of its server counts, for the floor too.
"""

from __future__ import annotations

import os
import threading
import time
import uuid

from bench.parts import large_school
from bench.parts.floor import Pair, by_hand_ms
from bench.parts.measuring import at_work_ms, line, percentile, served
from tests.serving import Browser

LOANS = 300_000
DESKS = {1: 100, 8: 20, 50: 5}
"""How many pairs of a loan and a return each of so many desks does."""
BY_HAND = 100
QUIET = 5.0
"""Seconds after the start in which the server does what it missed."""


def main() -> None:
    large_school.add_pupils()
    large_school.lend_in_the_past(LOANS)
    engine = "PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite"
    print(f"desks on {engine}: {large_school.titles()} titles, {LOANS} past loans")
    pairs = large_school.free_pairs(sum(n * each for n, each in DESKS.items()) + BY_HAND + 1)
    floor = by_hand_ms([pairs.pop() for _ in range(BY_HAND)])
    line("the rows of an act by bare SQL, CPU", floor, "ms")
    line("statements an act", _statements(pairs.pop()) / 2, "")
    with served() as (pid, port):
        time.sleep(QUIET)
        for desks, each in DESKS.items():
            mine, pairs = pairs[: desks * each], pairs[desks * each :]
            _measure(pid, port, mine, desks=desks, floor=floor)


def _measure(pid: int, port: int, pairs: list[Pair], *, desks: int, floor: float) -> None:
    browsers = [Browser(port) for _ in range(desks)]
    times: list[float] = []
    portions = [pairs[n::desks] for n in range(desks)]
    began, used = time.perf_counter(), at_work_ms(pid)
    work = [
        threading.Thread(target=_work, args=(browser, portion, times))
        for browser, portion in zip(browsers, portions, strict=True)
    ]
    for one in work:
        one.start()
    for one in work:
        one.join()
    took, cpu = time.perf_counter() - began, (at_work_ms(pid) - used) / len(times)
    name = "1 desk" if desks == 1 else f"{desks} desks"
    line(f"{name}: acts a second", len(times) / took, "")
    line(f"{name}: server's CPU an act", cpu, "ms", cpu / floor)
    for share in (50, 95, 99):
        line(f"{name}: answer, p{share}", percentile(times, share), "ms")


def _work(browser: Browser, pairs: list[Pair], times: list[float]) -> None:
    for pair in pairs:
        for mode in ("", "returns"):
            began = time.perf_counter()
            scan(browser, pair, mode=mode)
            times.append((time.perf_counter() - began) * 1000)


def scan(browser: Browser, pair: Pair, *, mode: str) -> None:
    """Lend or take back, and see that it was recorded."""
    reader, code = pair
    fields = {"code": code, "reader": reader, "nonce": str(uuid.uuid4()), "mode": mode}
    answer = browser.post("/desk/scan/", **fields)
    if "data-act=" not in answer:
        raise RuntimeError(f"{code} was not recorded: {answer[:400]}")


def _statements(pair: Pair) -> int:
    """Count the statements of the pair's two requests, once everything is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.post("/sign-in/", {"username": "zhoumin", "password": "shuxiang-demo"})
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            for mode in ("", "returns"):
                nonce = f"count-{number}-{mode}-{pair[1]}"
                fields = {"code": pair[1], "reader": pair[0], "nonce": nonce, "mode": mode}
                client.post("/desk/scan/", fields)
    connection.close()
    return len(asked)


if __name__ == "__main__":
    main()
