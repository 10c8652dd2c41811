"""A request happens in one school, in its language and by its clock."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django_scopes import scope

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import only_school

WITHOUT_SCHOOL = ("/healthz", "/static/")
"""Answered also while the database has no tables yet."""


class SchoolScope:
    """Opens the scope of the account's school, or of the only one; sets `request.school`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_SCHOOL):
            return self.get_response(request)
        request.user = get_user(request)  # every page asks who is there, so it need not wait
        language = _language(request)
        translation.activate(language)
        school = _school(request)
        request.school = school  # type: ignore[attr-defined]
        if school is None:
            response = self.get_response(request)
        else:
            with timezone.override(school.zone), scope(school=school):
                response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _school(request: HttpRequest) -> School | None:
    return request.user.school if request.user.is_authenticated else only_school()


def _language(request: HttpRequest) -> str:
    """Take the language of the account, or else of the cookie; not the browser's own guess."""
    if request.user.is_authenticated:
        return request.user.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
