"""What every act of the desk has in common: an unlocked desk, and words for what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shuxiang.circulation.actions import ClockWentBack, NonceReused, VisitClosed
from shuxiang.platform.database.failures import is_full
from shuxiang.web.access import Request
from shuxiang.web.desk import shift
from shuxiang.web.desk.answering import told
from shuxiang.web.desk.said import Said, Trouble

View = Callable[..., HttpResponse]


def act(view: View) -> View:
    """Let a view act only at an unlocked desk, and tell in words why nothing was recorded."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if shift.is_locked(request, now()):
            return told(request, Said(what=Trouble.LOCKED))
        shift.keep_awake(request, now())
        try:
            return view(request, *args, **kwargs)
        except NonceReused:
            return told(request, Said(what=Trouble.NUMBER_USED))
        except VisitClosed:
            return told(request, Said(what=Trouble.VISIT_CLOSED))
        except ClockWentBack as back:
            return told(request, _clock(back))
        except OperationalError as failed:
            trouble = Trouble.DISK_FULL if is_full(failed) else Trouble.DATABASE_BUSY
            return told(request, Said(what=trouble))

    guarded.is_desk_act = True  # type: ignore[attr-defined]
    hidden = sensitive_post_parameters("password")(guarded)
    return require_POST(hidden)


def _clock(back: ClockWentBack) -> Said:
    moments = {
        name: date_format(localtime(moment), "DATETIME_FORMAT")
        for name, moment in (("now", back.now), ("last", back.last))
    }
    return Said(what=Trouble.CLOCK_WENT_BACK, details=moments)
