"""What every bench measures with."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.serving import Browser, free_port, serve

TICK = os.sysconf("SC_CLK_TCK")


def cpu_ms(pid: int) -> float:
    """Read the CPU ms of a process, its threads and its children, those that have ended too."""
    children = list(_children(pid))
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) * 1000 / TICK
    for child in children:
        with suppress(FileNotFoundError, ProcessLookupError):  # ended meanwhile
            own += cpu_ms(child)
    return own


def at_work_ms(pid: int) -> float:
    """Read the CPU ms of a process and of PostgreSQL, if that is the database."""
    return cpu_ms(pid) + postgres_ms()


def postgres_ms() -> float:
    """Read the CPU ms of PostgreSQL; 0 without it."""
    folder = os.environ.get("SHUXIANG_BENCH_POSTGRES", "")
    if not folder:
        return 0
    return cpu_ms(int((Path(folder) / "postmaster.pid").read_text("ascii").split()[0]))


def memory_mb(pid: int) -> float:
    """Read the memory of a process and its children; what they share is counted in parts."""
    rolled = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    own = next(int(row.split()[1]) for row in rolled if row.startswith("Pss:")) / 1024
    return own + sum(map(memory_mb, _children(pid)))


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield from map(int, (task / "children").read_text(encoding="ascii").split())


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Open the library; give the server's process and its port."""
    port = free_port()
    server = serve(port)
    try:
        Browser(port)
        yield server.pid, port
    finally:
        server.terminate()
        server.wait(30)


def percentile(values: Sequence[float], share: int) -> float:
    """Give the value that so many of a hundred do not pass."""
    return statistics.quantiles(values, n=100)[share - 1]


SMALL = 10
"""A ratio below this is written with two places."""


def line(name: str, figure: float, unit: str, ratio: float | None = None) -> None:
    """Print one figure, with its ratio to the floor measured in the same run."""
    places = 2 if ratio is not None and ratio < SMALL else 1
    beside = f"   ratio {ratio:8.{places}f}" if ratio is not None else ""
    print(f"  {name:52} {figure:10.2f} {unit:6}{beside}", flush=True)
