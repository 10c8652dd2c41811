"""The front page: whose library this is, and whether it is open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.timetable.queries import open_state
from shuxiang.timetable.wording import audiences
from shuxiang.web.access import everyone
from shuxiang.web.front.doors import open_to


@everyone
def hall(request: HttpRequest) -> HttpResponse:
    """Greet anybody."""
    school: School | None = request.school  # type: ignore[attr-defined]
    context: dict[str, object] = {}
    if school:
        moment = now()
        state = open_state(school, moment)
        context = {
            "state": state,
            "audiences": audiences(state.audiences),
            "today": school.day(moment),
        }
    if isinstance(request.user, Account):
        context["doors"] = list(open_to(request.user))
    return render(request, "front/hall.html", context)
