"""Long work leaves the desks their turn."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from shuxiang.platform.database.sharing import FEWEST, GAP, MOST, PATIENCE, in_turn

pytestmark = pytest.mark.django_db


def test_every_row_comes_once_in_its_order():
    assert [row for piece in in_turn(iter(range(2_000))) for row in piece] == list(range(2_000))
    assert list(in_turn(iter(()))) == []


def test_slow_rows_come_in_small_pieces_and_quick_ones_in_large():
    sizes: dict[float, list[int]] = {}
    for each in (0.004, 0.0):
        sizes[each] = []
        for piece in in_turn(iter(range(3_000 if not each else 200))):
            time.sleep(each * len(piece))
            sizes[each].append(len(piece))
    assert FEWEST <= max(sizes[0.004]) <= 1.5 * PATIENCE[connection.vendor] / 0.004
    assert max(sizes[0.0]) == MOST


@pytest.mark.sqlite("about the file's one writer")
def test_another_program_that_uses_the_file_gets_a_gap_after_each_piece():
    assert gaps() < GAP
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as desk:
        book = Path(f"{connection.settings_dict['NAME']}.users")
        book.mkdir(exist_ok=True)
        (book / str(desk.pid)).write_text("serve", encoding="utf-8")
        assert gaps() > 3 * GAP
        desk.kill()
    assert gaps() < GAP


def gaps() -> float:
    """Measure what passes between some pieces of no work."""
    began = time.monotonic()
    assert len(list(in_turn(iter(range(7 * FEWEST))))) == 3
    return time.monotonic() - began


def test_a_clock_that_stands_still_stops_no_work(monkeypatch):
    monkeypatch.setattr(time, "perf_counter", lambda: 7.0)
    assert sum(len(piece) for piece in in_turn(iter(range(2_000)))) == 2_000
