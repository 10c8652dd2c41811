"""PINs for the readers' own page: given to a class at once, or to one pupil, and shown once as slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_urlsafe

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.queries import NonceReused, digest
from shuxiang.platform.schools.queries import school_year, setting
from shuxiang.readers import actions, queries
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.rules import CAN_HAVE_PIN, PinStanding
from shuxiang.readers.wording import PINS
from shuxiang.web.access import Request, may, nonce_of
from shuxiang.web.office.own_classes import classes_of

THIS_COMPUTER = ("127.0.0.1", "localhost", "[")
"""Names under which nobody but the server itself finds this page."""
WHO = {
    "new": frozenset({PinStanding.NONE}),
    "unused": frozenset({PinStanding.NONE, PinStanding.GIVEN}),
    "all": frozenset({PinStanding.NONE, PinStanding.GIVEN, PinStanding.OWN}),
}
"""For whom slips are made at once; whoever has a password gets one by name only."""


@dataclass(frozen=True, kw_only=True)
class Line:
    reader: Reader
    standing: PinStanding

    @property
    def words(self) -> str:
        return str(PINS[self.standing])

    @property
    def may_have(self) -> bool:
        return self.standing in CAN_HAVE_PIN


@may("readers.give_pins")
@never_cache
def give_pins(request: Request, pk: int) -> HttpResponse:
    """Tell who of a class has a PIN; make new ones and show them, once, as slips to cut."""
    school_class, name = _class(request, pk)
    lines = _lines(request, school_class)
    if request.method == "POST" and (slips := _give(request, lines)):
        shown = {"slips": slips, "school_class": school_class, "name": name}
        shown["address"] = request.build_absolute_uri(reverse("sign_in_by_card"))
        shown["leads_nowhere"] = request.get_host().partition(":")[0] in THIS_COMPUTER
        return render(request, "office/people/slips.html", shown)
    if request.method == "POST":
        return redirect("readers.give_pins", pk=pk)
    context = {
        "school_class": school_class,
        "name": name,
        "lines": lines,
        "is_on": setting(request.school, queries.SIGN_IN),
        "nonce": token_urlsafe(12),
        "is_own": not request.user.has_perm("readers.see_classes"),
        **{who: sum(line.standing in whom for line in lines) for who, whom in WHO.items()},
    }
    return render(request, "office/people/pins.html", context)


def _give(request: Request, lines: Sequence[Line]) -> list[actions.Slip]:
    """Call the one action; what it refuses is said on the page that follows."""
    who = request.POST.get("who", "")
    readers = [line.reader for line in lines if _is_meant(line, who)]
    nonce = nonce_of(request)
    act = Act(by=request.user, now=now(), nonce=nonce and f"pins-{nonce}", content=digest(who=who))
    try:
        return actions.give_pins(school=request.school, readers=readers, act=act)
    except actions.SignInOff:
        messages.error(request, _("Turn the readers' own page on first, under Settings."))
    except (actions.PinsGivenBefore, NonceReused):
        said = _(
            "These PINs were made already and are shown once only. If the slips are lost, make new ones."
        )
        messages.error(request, said)
    except actions.NobodyForPins:
        messages.error(request, _("Nobody of this class gets a PIN this way."))
    return []


def _is_meant(line: Line, who: str) -> bool:
    if who.isdecimal():
        return line.reader.pk == int(who) and line.may_have
    return line.standing in WHO.get(who, frozenset())


def _lines(request: Request, school_class: SchoolClass) -> list[Line]:
    readers = queries.register(school_class, request.school.day(now()))
    standings = queries.pin_standings(readers)
    return [Line(reader=reader, standing=standings[reader.pk]) for reader in readers]


def _class(request: Request, pk: int) -> tuple[SchoolClass, str]:
    """Give a class that is one's own; any other is not there."""
    year = school_year(request.school, request.school.day(now()))
    for each in classes_of(request, year):
        if each.pk == pk:
            return each, queries.class_name(each, year)
    raise Http404
