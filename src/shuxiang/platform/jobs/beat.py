"""A child process says again and again how far it is. Pure: no Django."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BEAT = 0.5
"""Seconds after which it is said again."""


@contextmanager
def beating(say: Callable[[], None]) -> Iterator[None]:
    """Call `say` twice a second, from one thread, while the work goes on."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT):
            say()

    teller = threading.Thread(target=beat, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
