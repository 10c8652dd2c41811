"""A program that was killed uses nothing any more, though nobody has counted it yet."""

from __future__ import annotations

import os
import subprocess
import sys

from shuxiang.platform.database import neighbours


def test_a_killed_process_that_nobody_has_counted_runs_no_more():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as one:
        assert neighbours.runs(one.pid)
        one.kill()
        os.waitid(os.P_PID, one.pid, os.WEXITED | os.WNOWAIT)  # it is over, and stays uncounted
        assert not neighbours.runs(one.pid)
