"""What runs inside the server's process: the application, and those who work unasked."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait

from django.utils.timezone import now

from shuxiang.clockwork.scheduler import Scheduler
from shuxiang.config.wsgi import application
from shuxiang.platform.jobs.worker import Worker

__all__ = ["application"]


def _leave_with_parent() -> None:
    """Stop when the starting process was killed, so that the port is free for the next start."""
    if parent := parent_process():
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=_leave_with_parent, name="parent", daemon=True).start()
Worker(clock=now).start()
Scheduler(clock=now).start()
