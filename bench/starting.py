"""From `shuxiang serve` to the first page, and the memory of a server that nobody asks anything.

The floor is Python that starts and imports Django.
"""

from __future__ import annotations

import subprocess
import sys
import time

from bench.parts import large_school
from bench.parts.measuring import line, memory_mb
from tests.serving import await_answer, free_port, serve

IDLE = 20
"""Seconds until the memory is read."""


def main() -> None:
    print(f"a start with {large_school.titles()} titles")
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import django; django.setup"], check=True)
    floor = time.monotonic() - began
    line("Python with Django", floor, "s")
    port = free_port()
    began = time.monotonic()
    server = serve(port)
    try:
        await_answer(f"http://127.0.0.1:{port}")
        took = time.monotonic() - began
        line("from the command to the first page", took, "s", took / floor)
        time.sleep(IDLE)
        line("memory of the idle server", memory_mb(server.pid), "MB")
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    main()
