"""The calendar of a class, for whoever has its secret address."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.timezone import now
from django.views.decorators.http import require_safe
from django_scopes import scope

from shuxiang.paper.calendar_feed import class_feed
from shuxiang.platform.schools.queries import school_year
from shuxiang.timetable.queries import feed_by_secret, visits_offered
from shuxiang.web.access import everyone

BACK, AHEAD = timedelta(days=30), timedelta(days=300)
KIND = "text/calendar; charset=utf-8"


@everyone
@require_safe
def follow_class(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the visits of a class from a month ago on, as far as terms are known."""
    feed = feed_by_secret(secret)
    if feed is None:
        raise Http404
    moment = now()
    today = feed.school.day(moment)
    with scope(school=feed.school), translation.override("zh-hans"):
        visits = visits_offered(
            feed.school, today - BACK, today + AHEAD, school_class=feed.school_class
        )
        year = school_year(feed.school, today)
        page = class_feed(feed.school_class, visits, school_year=year, now=moment)
    headers = {"Cache-Control": "private, max-age=3600", "X-Robots-Tag": "noindex"}
    return HttpResponse(page, content_type=KIND, headers=headers)
