"""A queue for the writers of one process: first come, first served."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field


class GateTimeout(Exception):
    """The turn did not come in time; the message names the thread that held the gate."""


@dataclass
class Turn:
    """One writer's place in the queue."""

    thread: str
    granted: threading.Event = field(default_factory=threading.Event)


class WriterGate:
    """
    Lets one writer in at a time, in the order in which they came.

    SQLite's own waiting sleeps and tries again, so an unlucky desk waits many times longer
    than its neighbours.
    """

    def __init__(self) -> None:
        self._desk = threading.Lock()
        self._queue: deque[Turn] = deque()
        self._inside: Turn | None = None

    @property
    def length(self) -> int:
        """Tell how many writers wait."""
        return len(self._queue)

    def enter(self, *, timeout: float) -> Turn:
        """
        Wait for a turn, in seconds.

        :raises GateTimeout: if it does not come in time
        """
        turn = Turn(threading.current_thread().name)
        with self._desk:
            if self._inside is None:
                self._inside = turn
                return turn
            self._queue.append(turn)
        if turn.granted.wait(timeout):
            return turn
        with self._desk:
            if turn.granted.is_set():  # it came between the time-out and this line
                return turn
            self._queue.remove(turn)
            holder = self._inside
        raise GateTimeout(holder.thread if holder else "")

    def leave(self, turn: Turn) -> None:
        """Hand the gate to the next in the queue."""
        with self._desk:
            if self._inside is not turn:
                return
            self._inside = self._queue.popleft() if self._queue else None
            if self._inside is not None:
                self._inside.granted.set()


_gates: dict[str, WriterGate] = {}
_gates_lock = threading.Lock()


def gate_of(database: str) -> WriterGate:
    """Give the one gate of a database file in this process."""
    with _gates_lock:
        return _gates.setdefault(database, WriterGate())
