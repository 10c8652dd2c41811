"""Long work leaves the desks their turn."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from django.conf import settings

from shuxiang.platform.database.sharing import FEWEST, MOST, PATIENCE, in_turn

pytestmark = pytest.mark.django_db

BUSY_NEIGHBOUR = """
import sys, time, pysqlite3
from shuxiang.platform.database.sharing import GAP
link = pysqlite3.connect(sys.argv[1], isolation_level=None)
until = time.monotonic() + 4
print("ready", flush=True)
while time.monotonic() < until:
    link.execute("BEGIN IMMEDIATE")
    time.sleep(0.1)
    link.execute("COMMIT")
    time.sleep(GAP)
"""


def test_every_row_comes_once_in_its_order():
    assert [row for piece in in_turn(iter(range(2_000))) for row in piece] == list(range(2_000))
    assert list(in_turn(iter(()))) == []


def test_slow_rows_come_in_small_pieces_and_quick_ones_in_large():
    sizes = {}
    for each in (0.004, 0.0):
        sizes[each] = []
        for piece in in_turn(iter(range(3_000 if not each else 200))):
            time.sleep(each * len(piece))
            sizes[each].append(len(piece))
    assert FEWEST <= max(sizes[0.004]) <= 1.5 * PATIENCE / 0.004
    assert max(sizes[0.0]) == MOST


@pytest.mark.sqlite("about the file's one writer")
@pytest.mark.django_db(transaction=True)
def test_a_desk_beside_a_program_that_writes_all_the_time_gets_its_turn(school_writer):
    waited = [school_writer() for _ in range(10)]
    assert max(waited) < 1


@pytest.fixture
def school_writer(transactional_db):
    from django.db import connection, transaction

    file = str(settings.DATABASES["default"]["TEST"]["NAME"])
    neighbour = subprocess.Popen(
        [sys.executable, "-c", BUSY_NEIGHBOUR, file], stdout=subprocess.PIPE
    )
    assert neighbour.stdout
    assert neighbour.stdout.readline()

    def write() -> float:
        began = time.monotonic()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE schools_school SET stamp = stamp")
        return time.monotonic() - began

    yield write
    neighbour.kill()
    neighbour.wait()
