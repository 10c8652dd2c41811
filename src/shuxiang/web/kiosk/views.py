"""The page of a kiosk, and one request a scan."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from shuxiang.circulation.actions import ClockWentBack, NonceReused
from shuxiang.circulation.models import Kiosk
from shuxiang.circulation.queries import kiosk_of
from shuxiang.platform.database.failures import is_full
from shuxiang.platform.schools.queries import setting
from shuxiang.web.access import Request, everyone
from shuxiang.web.devices import keep_token, token_of
from shuxiang.web.kiosk import answering, asking
from shuxiang.web.kiosk.scanning import carry_out
from shuxiang.web.kiosk.told import Shut, Trouble
from shuxiang.web.kiosk.wording import page_words

STATUS = {Shut.NOT_ENROLLED: 401, Shut.NOT_OPEN: 403, Shut.SIGNED_IN: 403}


View = Callable[..., HttpResponse]


def at_kiosk(view: View) -> View:
    """Open a view only on an enrolled device, in its school, while self-service is on."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        kiosk = kiosk_of(token_of(request))
        if kiosk is None:
            return _shut(request, Shut.NOT_ENROLLED)
        request.school = kiosk.school  # type: ignore[attr-defined]
        with timezone.override(kiosk.school.zone), scope(school=kiosk.school):
            if request.user.is_authenticated:  # else a child walks on into the office
                return _shut(request, Shut.SIGNED_IN)
            if not setting(kiosk.school, "kiosk.open"):
                return _shut(request, Shut.NOT_OPEN)
            return view(request, kiosk)

    return guarded


def _shut(request: HttpRequest, why: Shut) -> HttpResponse:
    return render(request, "kiosk/shut.html", {"why": why}, status=STATUS[why])


@everyone
@require_safe
@never_cache
@at_kiosk
def see(request: Request, kiosk: Kiosk) -> HttpResponse:
    """Open the kiosk, with nobody before it."""
    context = {
        "kiosk": kiosk,
        "forget_seconds": setting(kiosk.school, "kiosk.forget_seconds"),
        "words": page_words(),
    }
    answer = render(request, "kiosk/kiosk.html", context)
    keep_token(answer, token_of(request), secure=request.is_secure())
    return answer


@everyone
@require_POST
@never_cache
@at_kiosk
def scan(request: Request, kiosk: Kiosk) -> HttpResponse:
    """Lend, take back, greet a reader, or say why not."""
    asked = asking.read(request, kiosk)
    try:
        return answering.answer(request, asked, carry_out(asked))
    except NonceReused:
        return answering.told(request, Trouble.NUMBER_USED)
    except ClockWentBack:
        return answering.told(request, Trouble.CLOCK_WENT_BACK)
    except OperationalError as failed:
        trouble = Trouble.DISK_FULL if is_full(failed) else Trouble.DATABASE_BUSY
        return answering.told(request, trouble)
