"""What every bench measures with."""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def cpu_ms(pid: int) -> float:
    """Read the CPU ms of a process, its threads and its children."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) * 1000 / TICK
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return own + sum(cpu_ms(int(child)) for child in children)


def percentile(values: Sequence[float], share: int) -> float:
    """Give the value that so many of a hundred do not pass."""
    return statistics.quantiles(values, n=100)[share - 1]


def line(name: str, figure: float, unit: str, ratio: float | None = None) -> None:
    """Print one figure, with its ratio to the floor measured in the same run."""
    beside = f"   ratio {ratio:8.1f}" if ratio is not None else ""
    print(f"  {name:44} {figure:10.2f} {unit:6}{beside}", flush=True)
