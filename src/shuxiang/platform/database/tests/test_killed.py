"""A program that was killed uses nothing any more, though nobody has counted it yet."""

from __future__ import annotations

import subprocess
import sys
import time

from shuxiang.platform.database import neighbours


def test_a_killed_process_that_nobody_has_counted_runs_no_more():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as one:
        assert neighbours.runs(one.pid)
        one.kill()
        time.sleep(0.5)
        assert not neighbours.runs(one.pid)
