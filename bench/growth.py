"""A desk with 10,000 past loans and one with a million, in turn: how much dearer an act becomes with the years.

All are copies of one library, served side by side; what the machine does meanwhile meets the one as the other.
On SQLite only: there a school keeps its own file for as long as it lends. Past loans have lost their readers, as
the night after leaves them; a third library has a million that kept them, as if it never forgot.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.desk import QUIET, scan
from bench.parts import large_school
from bench.parts.measuring import cpu_ms, line, served
from tests.serving import Browser

FEW, MANY = 10_000, 1_000_000
NAMED = "named"
ROUNDS, EACH = 12, 10
"""Rounds of so many loans and returns at the one desk, then at the other."""


def main() -> None:
    print(f"one desk, {large_school.titles()} titles, {FEW} and {MANY} past loans in turn")
    large_school.add_pupils()
    pairs = large_school.free_pairs((ROUNDS + 1) * EACH)
    with (
        tempfile.TemporaryDirectory(prefix="shuxiang-bench-") as folder,
        _library(Path(folder) / "few", FEW) as few,
        _library(Path(folder) / "many", MANY) as many,
        _library(Path(folder) / "named", MANY, NAMED) as named,
    ):
        time.sleep(QUIET)
        spent = {few: 0.0, many: 0.0, named: 0.0}
        for number in range(ROUNDS + 1):
            mine, pairs = pairs[:EACH], pairs[EACH:]
            for pid, browser in spent:
                began = cpu_ms(pid)
                for pair in mine:
                    scan(browser, pair, mode="")
                    scan(browser, pair, mode="returns")
                if number:  # the first round is for warming up
                    spent[pid, browser] += (cpu_ms(pid) - began) / ROUNDS / EACH / 2
    line(f"{FEW} past loans: server's CPU an act", spent[few], "ms")
    line(f"{MANY} past loans: server's CPU an act", spent[many], "ms", spent[many] / spent[few])
    line(f"{MANY} with their readers", spent[named], "ms", spent[named] / spent[few])


@contextmanager
def _library(home: Path, loans: int, *how: str) -> Iterator[tuple[int, Browser]]:
    """Open a copy of the library with so many past loans; give its server's process and a desk."""
    own = os.environ["SHUXIANG_HOME"]
    shutil.copytree(own, home)
    os.environ["SHUXIANG_HOME"] = str(home)
    subprocess.run([sys.executable, "-m", "bench.growth", str(loans), *how], check=True)
    with served() as (pid, port):
        os.environ["SHUXIANG_HOME"] = own
        yield pid, Browser(port)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        large_school.lend_in_the_past(int(sys.argv[1]), named=NAMED in sys.argv)
    else:
        main()
