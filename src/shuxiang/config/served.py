"""What runs inside the server's process: the application, and those who work unasked."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Iterable
from contextlib import nullcontext
from multiprocessing import parent_process
from multiprocessing.connection import wait
from typing import Any
from wsgiref.types import StartResponse

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.timezone import now

from shuxiang.config.wsgi import application as every_request

# isort: split
from shuxiang.catalogue.actions import index_lacking
from shuxiang.clockwork.commands import check_data
from shuxiang.clockwork.scheduler import Scheduler
from shuxiang.platform.backup import doorbell
from shuxiang.platform.backup.actions import finish_restore
from shuxiang.platform.jobs.worker import Worker

__all__ = ["application"]

SCANS = ("/desk/", "/kiosk/")
ANSWER_GOES_OUT = 0.5  # seconds
GARBAGE = 20_000
"""Things made and not yet let go after which Python looks for those that nobody can reach."""


_in_turn = threading.Lock() if connection.vendor == "sqlite" else nullcontext()


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request; on SQLite one scan after the other, since it has one writer, and Python one thread at work.

    Side by side they would only take the processor from each other: a scan then costs 1.4 times as much.
    """
    if environ["REQUEST_METHOD"] != "POST" or not environ["PATH_INFO"].startswith(SCANS):
        return every_request(environ, start_response)
    with _in_turn:
        return every_request(environ, start_response)


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
Worker(clock=now).start()
Scheduler(clock=now).start()
gc.collect()
gc.freeze()  # what was built until now stays: to look through it time and again is a tenth of an answer
gc.set_threshold(GARBAGE)
