"""The front page: whose library this is, and whether it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import local_moment
from shuxiang.timetable.queries import calendar
from shuxiang.timetable.rules import Calendar, Closing, HoursOfDay, open_state
from shuxiang.timetable.wording import audience, audiences
from shuxiang.web.access import everyone
from shuxiang.web.front.doors import open_to

A_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class OpenDay:
    """A day of the coming week and its hours, each with whom it is for."""

    on: date
    hours: tuple[tuple[HoursOfDay, str], ...]


@everyone
def hall(request: HttpRequest) -> HttpResponse:
    """Greet anybody."""
    school: School | None = request.school  # type: ignore[attr-defined]
    context = _opening(school, now()) if school else {}
    if isinstance(request.user, Account):
        context["doors"] = list(open_to(request.user))
    return render(request, "front/hall.html", context)


def _opening(school: School, moment: datetime) -> dict[str, object]:
    today = school.day(moment)
    days = calendar(school, around=today)
    state = open_state(days, local_moment(school.zone, moment))
    return {
        "state": state,
        "audiences": audiences(state.audiences),
        "until": _("; ").join(_until(closing) for closing in state.closings),
        "today": today,
        "week": _week(days, today),
    }


def _until(closing: Closing) -> str:
    told = {"time": f"{closing.at:%H:%M}", "whom": audiences(closing.audiences)}
    return _("until %(time)s for %(whom)s") % told


def _week(days: Calendar, today: date) -> list[OpenDay]:
    """List the next seven days with their hours; nothing while none have been entered."""
    week = [
        OpenDay(
            on=day, hours=tuple((hours, audience(hours.audience)) for hours in days.hours_on(day))
        )
        for day in (today + timedelta(days=ahead) for ahead in range(A_WEEK))
    ]
    return week if any(day.hours for day in week) else []
