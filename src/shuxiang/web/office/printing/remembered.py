"""How labels were printed last at this computer: its printer has the sheets and the slip of the paper."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, QueryDict

from shuxiang.web.access import Request

COOKIE = "shuxiang-labels"
A_YEAR = 366 * 24 * 60 * 60
KEPT = ("sheet", "barcodes", "spines", "school_name", "outlines", "right", "down")
FIRST_TIME = {"sheet": "40", "barcodes": "1", "spines": "on"}


def asked_for(request: Request) -> QueryDict:
    """Give what the address asks for; how to print it, if not said, is as the last time here."""
    asked = request.GET.copy()
    if "sheet" not in asked:
        asked.update(_last_time(request))
    asked.setdefault("start", "1")
    asked.setdefault("of", "without")
    return asked


def _last_time(request: Request) -> dict[str, str]:
    kept = QueryDict(request.COOKIES.get(COOKIE, ""))
    known = {name: str(kept[name]) for name in KEPT if name in kept}
    return known or {**FIRST_TIME, "school_name": request.school.name}


def remember(answer: HttpResponse, asked: QueryDict) -> None:
    """Keep how labels were printed, in this browser."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if name in asked:
            kept[name] = str(asked[name])
    answer.set_cookie(
        COOKIE,
        kept.urlencode(),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
