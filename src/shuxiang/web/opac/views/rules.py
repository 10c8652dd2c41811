"""The rules of the library, for everybody who reads here."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from shuxiang.programmes.queries import see_rules as rules_of
from shuxiang.programmes.wording import grades, heading, sentence
from shuxiang.web.access import Request, everyone
from shuxiang.web.opac.opening import of_a_school


@everyone
@require_safe
@of_a_school
def see_rules(request: Request) -> HttpResponse:
    """Tell the rules as they hold today."""
    today = request.school.day(now())
    rules = rules_of(request.school, today)
    context = {
        "today": today,
        "parts": [(heading(part.heading), map(sentence, part.sentences)) for part in rules.parts],
        "due": [(grades(one.grades), one.on) for one in rules.due],
    }
    return render(request, "opac/rules.html", context)
