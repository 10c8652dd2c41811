"""Does what is due, in a thread of the one server process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django_scopes import scope

from shuxiang.clockwork import rules
from shuxiang.clockwork.table import HOUSE_DUTIES, SCHOOL_DUTIES
from shuxiang.platform.schools.models import School

Key = tuple[str, int]
LOOK_EVERY = 60.0  # seconds
TRY_AGAIN_AFTER = timedelta(hours=1)

log = logging.getLogger(__name__)


class Scheduler(threading.Thread):
    """
    Does each duty once after its hour, and at the start what was missed.

    It remembers nothing beyond the process: a duty finds out for itself what is left to do.
    """

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        super().__init__(name="clockwork", daemon=True)
        self._clock = clock
        self._leaving = threading.Event()
        self._done: dict[Key, datetime] = {}
        self._failed: dict[Key, datetime] = {}

    def run(self) -> None:
        while not self._leaving.is_set():
            try:
                self.look()
            except Exception:  # the database is away for a moment: look again later
                log.exception("the clockwork could not look at what is due")
            finally:
                connections.close_all()
            self._leaving.wait(LOOK_EVERY)

    def leave(self, *, seconds: float) -> None:
        """Stop after the present duty, or after some seconds."""
        self._leaving.set()
        self.join(seconds)

    def look(self) -> None:
        """Do all that is due now."""
        for school in School.objects.order_by("pk"):
            zone = ZoneInfo(school.zone)
            with scope(school=school), timezone.override(zone):
                for duty in SCHOOL_DUTIES:
                    self._do((duty.name, school.pk), duty.at, zone, partial(duty.do, school))
        for house_duty in HOUSE_DUTIES:
            key, at = (house_duty.name, 0), house_duty.at
            self._do(key, at, ZoneInfo(settings.TIME_ZONE), partial(house_duty.do, at))

    def _do(self, key: Key, at: time, zone: ZoneInfo, do: Callable[[datetime], object]) -> None:
        local_now = self._clock().astimezone(zone)
        if not rules.is_due(self._done.get(key), at, local_now=local_now):
            return
        if (failed_at := self._failed.get(key)) and abs(local_now - failed_at) < TRY_AGAIN_AFTER:
            return
        try:
            do(local_now)
        except Exception:
            self._failed[key] = local_now
            log.exception("%s failed; it is tried again in an hour", key[0])
        else:
            self._done[key] = local_now
            self._failed.pop(key, None)
