"""The first page of an empty home; afterwards it does not exist."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from shuxiang.circulation.actions.setting_up import FirstLibrarian, NewSchool, set_up_school
from shuxiang.platform import set_up as code
from shuxiang.platform.accounts import actions as accounts
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.queries import nobody_yet
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import usual_terms, year_to_plan
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.wording import refusal
from shuxiang.web.access import everyone
from shuxiang.web.front.doors import way_in
from shuxiang.web.front.forms import SetUpForm

BY_PASSWORD = "shuxiang.platform.accounts.backends.AccountBackend"  # noqa: S105 - a class
TRIES = "set-up-tries"
MOST_TRIES = 10
REST = 60  # seconds until the next try


@everyone
@sensitive_post_parameters()
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """Ask whose library this is and who looks after it, once."""
    if not nobody_yet():
        raise Http404
    if request.method == "POST" and cache.get(TRIES, 0) >= MOST_TRIES:
        return render(request, "front/set_up_locked.html", {"seconds": REST}, status=429)
    form = SetUpForm(request.POST or None, initial=_proposal(request))
    if form.is_bound and form.is_valid() and (account := _set_up(form)):
        code.close_code(settings.HOME)
        login(request, account, backend=BY_PASSWORD)
        messages.success(request, _("The library is set up. Next: classes, readers and books."))
        return redirect(way_in(account))
    if form.has_error("code", "wrong_code"):
        cache.add(TRIES, 0, REST)
        cache.incr(TRIES)
    context = {"form": form, "nobody_signs_in": True}
    return render(request, "front/set_up.html", context, status=422 if form.is_bound else 200)


def _set_up(form: SetUpForm) -> Account | None:
    """Call the one action; what it refuses is said beside the field."""
    typed = form.cleaned_data
    try:
        return set_up_school(new=_new_school(typed), librarian=_librarian(typed), now=now())
    except TimetableRefused as refused:
        for objection in refused.objections:
            form.add_error("first_starts_on", refusal(objection))
    except accounts.UsernameUnfit:
        form.add_error(
            "username",
            _("Take 2 to 60 letters, digits or Chinese characters without blanks."),
        )
    except accounts.PasswordIsPublic:
        form.add_error("password", _("This is the demo school's password, which everybody knows."))
    except ValidationError as weak:
        form.add_error("password", weak)
    return None


def _new_school(typed: dict[str, Any]) -> NewSchool:
    first, second = (
        TermDates(starts_on=typed[f"{term}_starts_on"], ends_on=typed[f"{term}_ends_on"])
        for term in ("first", "second")
    )
    return NewSchool(
        name=typed["school"],
        kind=typed["kind"],
        primary_years=typed["primary_years"],
        first_year=year_to_plan(first.starts_on),
        terms=(first, second),
    )


def _librarian(typed: dict[str, Any]) -> FirstLibrarian:
    return FirstLibrarian(
        name=typed["name"],
        username=typed["username"],
        password=typed["password"],
        language=get_language() or settings.LANGUAGE_CODE,
    )


def _proposal(request: HttpRequest) -> dict[str, Any]:
    """Propose the usual terms of the year to plan, and the name that an import gave."""
    imported: School | None = request.school  # type: ignore[attr-defined]
    first, second = usual_terms(year_to_plan(localdate()))
    return {
        "school": imported.name if imported else "",
        "kind": imported.kind if imported else School.Kind.PRIMARY,
        "first_starts_on": first.starts_on,
        "first_ends_on": first.ends_on,
        "second_starts_on": second.starts_on,
        "second_ends_on": second.ends_on,
    }
