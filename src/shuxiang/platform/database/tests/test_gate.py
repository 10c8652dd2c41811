"""Writers come in one at a time, in the order in which they came."""

from __future__ import annotations

import threading
import time

import pytest

from shuxiang.platform.database.gate import GateTimeout, WriterGate


def wait_for(condition):
    until = time.monotonic() + 5
    while not condition() and time.monotonic() < until:
        time.sleep(0.001)


def test_first_come_first_served():
    gate, order, threads = WriterGate(), [], []
    holder = gate.enter(timeout=1)

    def write(name):
        turn = gate.enter(timeout=5)
        order.append(name)
        gate.leave(turn)

    for name in range(8):
        threads.append(threading.Thread(target=write, args=(name,)))
        threads[-1].start()
        wait_for(lambda waiting=name + 1: gate.length == waiting)
    gate.leave(holder)
    for thread in threads:
        thread.join()

    assert order == list(range(8))


def test_who_waits_too_long_is_told_who_was_inside_and_leaves_the_queue():
    gate = WriterGate()
    holder = gate.enter(timeout=1)

    with pytest.raises(GateTimeout, match=threading.current_thread().name):
        gate.enter(timeout=0.01)

    gate.leave(holder)
    gate.leave(gate.enter(timeout=1))
    assert gate.length == 0


def test_never_two_inside():
    gate, inside, most = WriterGate(), [], []

    def write():
        for _round in range(50):
            turn = gate.enter(timeout=10)
            inside.append(turn)
            most.append(len(inside))
            inside.remove(turn)
            gate.leave(turn)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(most) == 1
    assert len(most) == 400
