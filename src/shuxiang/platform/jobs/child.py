"""Heavy work on strangers' files, in a process of its own that cannot take the desk with it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

Progress = Callable[[Any], None]
STEP = 0.2  # seconds
OBJECTS = 50_000
"""After how many new objects a child looks for garbage: it ends before there is much."""


class ChildFailed(Exception):
    """The work could not be done; nothing of it came back."""


class TooMuchMemory(ChildFailed):
    """It needed more memory than it was given."""


class TookTooLong(ChildFailed):
    """It was not done in the time it was given."""


def run_limited(
    function: Callable[..., Any],
    args: Sequence[Any],
    *,
    megabytes: int,
    seconds: float,
    on_progress: Progress | None = None,
) -> Any:
    """
    Call `function(*args, tell=…)` in a child process and give what it returns.

    The function, its arguments and its answer must be picklable; what it gives to `tell`
    comes to `on_progress`. What it raises is raised here.

    :raises TooMuchMemory: if it needs more than `megabytes` (not watched on Windows)
    :raises TookTooLong: if it takes longer than `seconds`
    :raises ChildFailed: if it died otherwise
    """
    context = multiprocessing.get_context("spawn")  # a fork would carry database connections over
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=_work, args=(theirs, function, tuple(args), megabytes), daemon=True
    )
    child.start()
    theirs.close()
    try:
        return _listen(ours, until=time.monotonic() + seconds, on_progress=on_progress)
    finally:
        ours.close()
        child.kill()
        child.join()


def _listen(ours: Connection, *, until: float, on_progress: Progress | None) -> Any:
    while time.monotonic() < until:
        if not ours.poll(STEP):
            continue
        try:
            kind, value = ours.recv()
        except EOFError as gone:
            raise TooMuchMemory("the child process was killed or aborted") from gone
        if kind == "progress":
            if on_progress:
                on_progress(value)
        elif kind == "raised":
            raise value
        else:
            return value
    raise TookTooLong("the child process was too slow")


def _work(
    theirs: Connection, function: Callable[..., Any], args: tuple[Any, ...], megabytes: int
) -> None:
    gc.set_threshold(OBJECTS)
    _limit(megabytes)
    try:
        answer = ("answer", function(*args, tell=lambda done: theirs.send(("progress", done))))
    except MemoryError:
        answer = ("raised", TooMuchMemory(f"more than {megabytes} MB"))
    except Exception as error:
        answer = ("raised", error)
    theirs.send(answer)


def _limit(megabytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (not on Windows)

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
