"""A stranger's file may cost its own process, never the desk's."""

from __future__ import annotations

import os
import signal
import time

import pytest

from shuxiang.platform.jobs.child import ChildFailed, TookTooLong, TooMuchMemory, run_limited


def add(first, second, *, tell):
    tell(1)
    tell(2)
    return first + second, os.getpid()


def refuse(*, tell):
    raise ValueError("no header")


def swallow_memory(*, tell):
    return len(bytearray(2 * 2**30))


def sleep(*, tell):
    time.sleep(60)


def die(*, tell):
    os.kill(os.getpid(), signal.SIGABRT)


def limited(function, *args, seconds=30, on_progress=None):
    return run_limited(function, args, megabytes=600, seconds=seconds, on_progress=on_progress)


def test_the_answer_and_the_progress_come_from_another_process():
    seen: list[int] = []

    answer, pid = limited(add, 2, 3, on_progress=seen.append)

    assert answer == 5
    assert seen == [1, 2]
    assert pid != os.getpid()


def test_what_it_refuses_is_raised_here():
    with pytest.raises(ValueError, match="no header"):
        limited(refuse)


def test_too_much_memory_is_refused():
    with pytest.raises(TooMuchMemory):
        limited(swallow_memory)


def test_too_slow_is_stopped():
    began = time.monotonic()
    with pytest.raises(TookTooLong):
        limited(sleep, seconds=1)
    assert time.monotonic() - began < 10


def test_a_child_that_dies_is_told():
    with pytest.raises(ChildFailed):
        limited(die)
