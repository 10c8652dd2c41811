"""Who stands at which desk since when, and whether it is locked. Kept in the session and a cookie."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime

from shuxiang.platform.schools.queries import setting
from shuxiang.web.access import Request

COOKIE = "desk"
FIRST_DESK = "1"
MOST_DESKS = 20
DESKS_OFFERED = 6
A_YEAR = 365 * 24 * 60 * 60
NOTED_EVERY = timedelta(minutes=1)
"""A session is a row: to note every scan in it would be a second write a scan."""
GRACE = timedelta(minutes=1)
"""The page locks itself first; the server does so where the page slept."""

_SINCE, _SEEN, _IDLE, _LOCKED = "desk.since", "desk.seen", "desk.idle", "desk.locked"


def desk_number(request: Request) -> str:
    """Tell which desk this browser is; the first unless somebody has said otherwise."""
    return request.get_signed_cookie(COOKIE, default="", salt=COOKIE) or FIRST_DESK


def keep_desk_number(answer: HttpResponse, number: int, *, secure: bool) -> None:
    """Let this browser be desk so-and-so from now on."""
    answer.set_signed_cookie(
        COOKIE,
        str(number),
        salt=COOKIE,
        max_age=A_YEAR,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def begin(request: Request, now: datetime) -> None:
    """Note when this person came to the desk, and after how many idle minutes it locks."""
    if _SINCE not in request.session:
        request.session[_SINCE] = now.timestamp()
    request.session[_IDLE] = setting(request.school, "desk.idle_minutes")
    request.session[_SEEN] = now.timestamp()


def idle_minutes(request: Request) -> int:
    """Tell after how many minutes without a scan the desk locks."""
    minutes: int = request.session.get(_IDLE) or setting(request.school, "desk.idle_minutes")
    return minutes


def since(request: Request, now: datetime) -> datetime:
    """Tell from when on the desk shows what was done: since sign-in, and today only."""
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    came = request.session.get(_SINCE)
    return max(midnight, datetime.fromtimestamp(came, tz=midnight.tzinfo)) if came else midnight


def was_locked(request: HttpRequest) -> bool:
    """Tell whether this session's desk has been locked."""
    return bool(request.session.get(_LOCKED))


def is_locked(request: Request, now: datetime) -> bool:
    """Tell whether the desk is locked: it was, or it is now, since nobody has used it for long."""
    if _sleeps(request, now):
        lock(request)
    return was_locked(request)


def _sleeps(request: Request, now: datetime) -> bool:
    seen, idle = request.session.get(_SEEN), request.session.get(_IDLE)
    if not seen or not idle:
        return False
    waited: float = now.timestamp() - seen
    return waited > (timedelta(minutes=idle) + GRACE).total_seconds()


def keep_awake(request: Request, now: datetime) -> None:
    """Note that somebody works here."""
    if now.timestamp() - request.session.get(_SEEN, 0) > NOTED_EVERY.total_seconds():
        request.session[_SEEN] = now.timestamp()


def lock(request: HttpRequest) -> None:
    """Let nothing be done in this session until its owner says who it is."""
    request.session[_LOCKED] = True


def unlock(request: Request, now: datetime) -> None:
    """Open the desk again."""
    request.session[_LOCKED] = False
    request.session[_SEEN] = now.timestamp()
