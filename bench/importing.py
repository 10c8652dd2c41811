"""A ledger of 100,000 rows from one workbook to searchable: by itself, and while a desk lends and takes back.

A row is one copy of a title of its own: ten columns, of which the library makes a title, its number and author, a
holding, a copy, a barcode and a card of the index with about fifty terms.

The floor is merely reading the file. On PostgreSQL the CPU of its server counts, the desk's share with it.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

import xlsxwriter

from bench.desk import scan
from bench.parts import large_school
from bench.parts.floor import Pair
from bench.parts.measuring import line, percentile, postgres_ms, served
from shuxiang.interop.excel import reading
from tests.serving import COMMAND, Browser

ROWS = 100_000
PAUSE = 0.5
"""Seconds between two scans of the desk beside it."""


def main() -> None:
    engine = "PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite"
    print(f"import on {engine}: {ROWS} rows of one workbook, a title and its copy each")
    with tempfile.TemporaryDirectory(prefix="shuxiang-bench-") as folder:
        file = Path(folder) / "books.xlsx"
        _write(file)
        began = _spent()
        reading.read(file, name=file.name)
        floor = _spent() - began
        line("merely reading the file, CPU", floor, "s")
        if engine == "SQLite":
            _in_a_copy(file, floor, Path(folder) / "home")
        with served() as (_pid, port):
            times: list[float] = []
            done = Event()
            desk = Thread(target=_lend, args=(port, large_school.any_pair(), times, done))
            desk.start()
            _import(file, floor, "beside a desk")
            done.set()
            desk.join()
    for share in (50, 95, 99):
        line(f"the desk beside it: answer, p{share}", percentile(times, share), "ms")
    large_school.add_second_copies()


def _in_a_copy(file: Path, floor: float, home: Path) -> None:
    """Take the ledger in where nobody lends."""
    own = os.environ["SHUXIANG_HOME"]
    shutil.copytree(own, home)
    os.environ["SHUXIANG_HOME"] = str(home)
    _import(file, floor, "by itself")
    os.environ["SHUXIANG_HOME"] = own


def _import(file: Path, floor: float, how: str) -> None:
    began, own, server = time.monotonic(), _spent(), postgres_ms()
    subprocess.run(
        [COMMAND, "import-books", str(file), "--yes"],
        cwd=file.parent,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    took = time.monotonic() - began
    cpu = _spent() - own + (postgres_ms() - server) / 1000
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    line(f"{how}: until searchable", took, "s")
    line(f"{how}: CPU", cpu, "s", cpu / floor)
    line(f"{how}: rows (a title, a copy) a CPU second", ROWS / cpu, "")
    line(f"{how}: peak memory", memory, "MB")


def _spent() -> float:
    """Give the CPU seconds of the processes that this one has started and seen end: the reader of a file is one."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _write(file: Path) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("书目")
        for number, row in enumerate(large_school.list_of_books(ROWS)):
            sheet.write_row(number, 0, row)


def _lend(port: int, pair: Pair, times: list[float], done: Event) -> None:
    browser = Browser(port)
    while not done.wait(PAUSE):
        for mode in ("", "returns"):
            began = time.perf_counter()
            scan(browser, pair, mode=mode)
            times.append((time.perf_counter() - began) * 1000)


if __name__ == "__main__":
    main()
