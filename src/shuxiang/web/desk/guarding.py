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
from shuxiang.web.desk import helping, shift
from shuxiang.web.desk.answering import told
from shuxiang.web.desk.said import Said, Trouble

View = Callable[..., HttpResponse]
TROUBLES: dict[type[Exception], Trouble] = {
    NonceReused: Trouble.NUMBER_USED,
    VisitClosed: Trouble.VISIT_CLOSED,
}


def act(view: View) -> View:
    """Let a view act only at an unlocked desk, and tell in words why nothing was recorded."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if said := _shut(request):
            return told(request, said)
        try:
            return view(request, *args, **kwargs)
        except helping.NotServed as not_served:
            said = helping.said_of(not_served.refusal, helping.rights_of(request))
            return told(request, said, sends_away=not_served.is_other)
        except (NonceReused, VisitClosed) as known:
            return told(request, Said(what=TROUBLES[type(known)]))
        except ClockWentBack as back:
            return told(request, _clock(back))
        except OperationalError as failed:
            trouble = Trouble.DISK_FULL if is_full(failed) else Trouble.DATABASE_BUSY
            return told(request, Said(what=trouble))

    guarded.is_desk_act = True  # type: ignore[attr-defined]
    hidden = sensitive_post_parameters("password")(guarded)
    return require_POST(hidden)


def _shut(request: Request) -> Said | None:
    """Say why nothing can be done at this desk at all; None while it is open to who stands there."""
    if shift.is_locked(request, now()):
        return Said(what=Trouble.LOCKED)
    shift.keep_awake(request, now())
    return helping.refused_now(request)


def _clock(back: ClockWentBack) -> Said:
    moments = {
        name: date_format(localtime(moment), "DATETIME_FORMAT")
        for name, moment in (("now", back.now), ("last", back.last))
    }
    return Said(what=Trouble.CLOCK_WENT_BACK, details=moments)
