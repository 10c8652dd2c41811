"""Takes up work, one job after another, in a thread beside the web server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_scopes import scope

from shuxiang.platform.jobs import actions, queries, rules, wording
from shuxiang.platform.jobs.bell import bell
from shuxiang.platform.jobs.models import Job

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
    zone = timezone.override(ZoneInfo(job.school.zone))
    with scope(school=job.school), zone, translation.override(language):
        if not actions.claim(job, runner=queries.this_runner(), now=clock()):
            return False
        try:
            _do(job, clock)
        except actions.JobStopped:
            log.info("job %s was ended or taken over", job.pk)
    return True


def _do(job: Job, clock: Clock) -> None:
    if job.attempts > rules.ATTEMPTS:
        words = str(wording.TRIED_OFTEN) % {"attempts": rules.ATTEMPTS}
        actions.fail(job, error=words, now=clock())
        return
    try:
        handler_of(job.kind)(job, clock)
    except actions.JobStopped:
        raise
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        actions.fail(job, error=str(wording.UNFORESEEN), now=clock())


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
