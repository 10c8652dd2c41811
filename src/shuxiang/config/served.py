"""What runs inside the server's process: the application, and those who work unasked."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from multiprocessing import parent_process
from multiprocessing.connection import wait

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.timezone import now

from shuxiang.config.wsgi import application as answers

# isort: split
from shuxiang.catalogue.actions import index_lacking
from shuxiang.clockwork.commands import check_data
from shuxiang.clockwork.scheduler import Scheduler
from shuxiang.config.queues import Queues
from shuxiang.platform.backup import doorbell
from shuxiang.platform.backup.actions import finish_restore
from shuxiang.platform.jobs.worker import Worker

__all__ = ["application"]

ANSWER_GOES_OUT = 0.5  # seconds

application = Queues(answers)


def _leave_with_parent() -> None:
    """Stop when the starting process was killed, so that the port is free for the next start."""
    if parent := parent_process():
        wait([parent.sentinel])
        _leave()


def _leave_to_go_back() -> None:
    """Stop when somebody asked to go back: the starting process starts the next one, which does."""
    doorbell.asked.wait()
    time.sleep(ANSWER_GOES_OUT)
    _leave()


def _leave() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _look_over() -> list[str]:
    """File what a backup did not bring, then look for what must not be."""
    index_lacking()
    return list(check_data.everything())


with translation.override(settings.LANGUAGE_CODE):
    finish_restore(clock=now, check=_look_over)
threading.Thread(target=_leave_with_parent, name="parent", daemon=True).start()
if connection.vendor == "sqlite" and parent_process():
    doorbell.attended.set()
    threading.Thread(target=_leave_to_go_back, name="going back", daemon=True).start()
gc.collect()
gc.freeze()  # what is here now stays: no search for garbage need go through it
if connection.vendor == "postgresql":
    # What has lived for long is gone through seldom: it takes as long as ten pages. A file is to be let go sooner.
    gc.set_threshold(2_000, 20, 50)
Worker(clock=now).start()
Scheduler(clock=now).start()
