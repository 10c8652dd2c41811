"""By which cookie a device shows that a librarian has enrolled it for self-service."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

COOKIE = "kiosk"
PATH = "/kiosk/"
LONGEST = 400 * 24 * 60 * 60
"""No browser keeps a cookie for longer; each opening of the page begins the time anew."""


def token_of(request: HttpRequest) -> str:
    """Read the token that this device was given; empty if none."""
    return request.COOKIES.get(COOKIE, "")


def keep_token(answer: HttpResponse, token: str, *, secure: bool) -> None:
    """Let this device have the token; the scripts of its pages never see it."""
    answer.set_cookie(
        COOKIE, token, max_age=LONGEST, path=PATH, secure=secure, httponly=True, samesite="Lax"
    )
