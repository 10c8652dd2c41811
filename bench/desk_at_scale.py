"""One, eight and fifty desks lend and take back over HTTP in a library of 100,000 titles.

The floor is the rows that an act writes, written by hand with the same settings and a commit an act.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.parts.floor import Pair, by_hand_ms
from bench.parts.measuring import cpu_ms, line, percentile
from tests.serving import COMMAND, Browser, free_port, serve

FULL = os.environ.get("FULL") == "1"
TITLES, COPIES, READERS = 100_000, 200_000, 2_300
LOANS = (10_000, 300_000, 1_000_000) if FULL else (10_000, 300_000)
DESKS = {1: 100, 8: 20, 50: 5}
"""How many pairs of a loan and a return each of so many desks does."""


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="shuxiang-bench-"))
    os.environ["SHUXIANG_HOME"] = str(home)
    try:
        subprocess.run([COMMAND, "demo", "--days", "5"], check=True, stdout=subprocess.DEVNULL)
        _furnish()
        before = 0
        for loans in LOANS:
            _lend_in_the_past(loans - before)
            before = loans
            pairs = _free_pairs(sum(desks * each for desks, each in DESKS.items()))
            floor = by_hand_ms(home, pairs[:200]) / 2
            print(f"desks on SQLite: {TITLES} titles, {COPIES} copies, {loans} past loans")
            line("the rows of an act by bare SQL, CPU", floor, "ms")
            with _served() as (pid, port):
                for desks, each in DESKS.items():
                    mine, pairs = pairs[: desks * each], pairs[desks * each :]
                    _measure(pid, port, mine, desks=desks, floor=floor)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _measure(pid: int, port: int, pairs: list[Pair], *, desks: int, floor: float) -> None:
    browsers = [Browser(port) for _ in range(desks)]
    times: list[float] = []
    portions = [pairs[n::desks] for n in range(desks)]
    began, used = time.perf_counter(), cpu_ms(pid)
    work = [
        threading.Thread(target=_work, args=(browser, portion, times))
        for browser, portion in zip(browsers, portions, strict=True)
    ]
    for one in work:
        one.start()
    for one in work:
        one.join()
    took, cpu = time.perf_counter() - began, (cpu_ms(pid) - used) / len(times)
    name = "1 desk" if desks == 1 else f"{desks} desks"
    line(f"{name}: acts a second", len(times) / took, "")
    line(f"{name}: server's CPU an act", cpu, "ms", cpu / floor)
    for share in (50, 95, 99):
        line(f"{name}: answer, p{share}", percentile(times, share), "ms")


def _work(browser: Browser, pairs: list[Pair], times: list[float]) -> None:
    for reader, code in pairs:
        for act, more in (("lend", {}), ("back", {"mode": "returns"})):
            began = time.perf_counter()
            nonce = str(uuid.uuid4())
            answer = browser.post("/desk/scan/", code=code, reader=reader, nonce=nonce, **more)
            times.append((time.perf_counter() - began) * 1000)
            if "data-act=" not in answer:
                raise RuntimeError(f"{act} {code} was not recorded: {answer[:400]}")


def _furnish() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "shuxiang.config.settings"
    django.setup()
    from bench.parts.large_school import enlarge
    from shuxiang.platform.schools.models import School

    now = datetime.now(UTC)
    enlarge(School.objects.get(), titles=TITLES, copies=COPIES, readers=READERS, now=now)


def _lend_in_the_past(loans: int) -> None:
    from bench.parts.large_school import lend_in_the_past
    from shuxiang.platform.accounts.models import Account
    from shuxiang.platform.schools.models import School

    by = Account.objects.get(username="zhoumin")
    lend_in_the_past(School.objects.get(), by=by.pk, loans=loans)


def _free_pairs(count: int) -> list[Pair]:
    """Take readers, round and round, each with a copy of their own that is in."""
    from django.db import connection
    from django_scopes import scopes_disabled

    from bench.parts.large_school import FIRST_CARD, FIRST_COPY
    from shuxiang.catalogue.models import Copy
    from shuxiang.readers.models import Reader

    with scopes_disabled():
        pupils = Reader.objects.filter(card__gte=str(FIRST_CARD), category="pupil").order_by("pk")
        copies = Copy.objects.filter(barcode__gte=str(FIRST_COPY)).order_by("pk")
        keys = list(pupils.values_list("pk", flat=True)[:READERS])
        codes = list(copies.values_list("barcode", flat=True)[: COPIES : COPIES // count])
    connection.close()
    return [(keys[n % len(keys)], codes[n]) for n in range(count)]


@contextmanager
def _served() -> Iterator[tuple[int, int]]:
    port = free_port()
    server = serve(port)
    try:
        Browser(port)
        yield server.pid, port
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    main()
