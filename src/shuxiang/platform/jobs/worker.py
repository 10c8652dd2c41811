"""Takes up work, one job after another, in a thread beside the web server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils.module_loading import import_string
from django.utils.translation import override
from django_scopes import scope

from shuxiang.platform.jobs import actions, queries
from shuxiang.platform.jobs.bell import bell
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.wording import UNFORESEEN

Clock = Callable[[], datetime]
Handler = Callable[[Job, Clock], None]
LOOK_EVERY = 2.0  # seconds; work that another process asked for does not ring this bell

log = logging.getLogger(__name__)


def handler_of(kind: str) -> Handler:
    """Find the function that does a kind of work, or goes on with it after a crash."""
    found: Handler = import_string(settings.JOB_HANDLERS[kind])
    return found


def run(job: Job, *, clock: Clock) -> bool:
    """Do one job in this thread, from where it stopped; False if another runner has it."""
    language = job.by.language if job.by else settings.LANGUAGE_CODE
    with scope(school=job.school), override(language):
        if not actions.claim(job, runner=queries.this_runner(), now=clock()):
            return False
        try:
            handler_of(job.kind)(job, clock)
        except actions.JobStopped:
            log.info("job %s was stopped or taken over", job.pk)
        except Exception:
            log.exception("job %s (%s) failed", job.pk, job.kind)
            actions.fail(job, error=str(UNFORESEEN), now=clock())
    return True


class Worker(threading.Thread):
    """Runs waiting jobs, and those that a crash left behind, until it is told to stop."""

    def __init__(self, *, clock: Clock) -> None:
        super().__init__(name="jobs", daemon=True)
        self._clock = clock
        self._leaving = threading.Event()

    def run(self) -> None:
        try:
            while not self._leaving.is_set():
                bell.clear()
                try:
                    found = self._work()
                except Exception:  # the database is away for a moment: look again later
                    log.exception("the worker could not look for work")
                    found = False
                if not found:
                    close_old_connections()
                    bell.wait(LOOK_EVERY)
        finally:
            connections.close_all()

    def _work(self) -> bool:
        job = queries.next_to_run(now=self._clock())
        return job is not None and run(job, clock=self._clock)

    def leave(self, *, seconds: float) -> None:
        """Stop after the present job, or after some seconds: the next start goes on with it."""
        self._leaving.set()
        bell.set()
        self.join(seconds)
