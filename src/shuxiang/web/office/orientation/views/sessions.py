"""Who was taught the rules: sessions with attendance, and the classes still to come."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shuxiang.platform.schools.queries import school_year
from shuxiang.programmes import actions, queries
from shuxiang.programmes.actions import ProgrammeRefused
from shuxiang.programmes.models import Session
from shuxiang.programmes.rules import Heading
from shuxiang.programmes.wording import heading, refusal
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name, register
from shuxiang.timetable.queries import calendar, term_near
from shuxiang.web.access import Request, may
from shuxiang.web.keys import keys_of
from shuxiang.web.office.orientation.forms import GroupForm, SessionForm
from shuxiang.web.office.orientation.views.house import parts_today
from shuxiang.web.office.own_classes import own_class


@may("programmes.see_orientation")
@require_safe
def see_orientation(request: Request) -> HttpResponse:
    """Show which classes were taught this term, and which were not."""
    term = term_near(request.school, request.school.day(now()))
    seen = queries.see_orientation(term) if term else None
    context = {
        "seen": seen,
        "new_waiting": sum(one.is_new for one in seen.untaught) if seen else 0,
    }
    return render(request, "office/orientation/orientation.html", context)


@may("programmes.hold_session")
def hold_session(request: Request, pk: int) -> HttpResponse:
    """Write down that a class was taught, with who was not there; a teacher for the own class."""
    school_class = own_class(request, pk)
    form = SessionForm(request.POST or None, initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        away = set(keys_of(request.POST.getlist("away")))
        try:
            session = actions.hold_session(
                school_class=school_class, held=form.held, away=away, by=request.user, now=now()
            )
        except ProgrammeRefused as refused:
            form.add_error("on", refusal(refused.reason, refused.details))
        else:
            said = ngettext(
                "Written down: %(n)s pupil was there.",
                "Written down: %(n)s pupils were there.",
                session.people,
            )
            messages.success(request, said % {"n": session.people})
            _doubt(request, session)
            return redirect("programmes.hold_session", pk)
    context = {"form": form, **_class_page(request, school_class)}
    status = 422 if form.errors else 200
    return render(request, "office/orientation/class.html", context, status=status)


def _doubt(request: Request, session: Session) -> None:
    """Ask after a day that may have been typed wrong: the school is closed, or another term was under way."""
    days = calendar(request.school, around=session.on)
    told = {"day": date_format(session.on, "MONTH_DAY_FORMAT")}
    if not days.is_open(session.on):
        said = _(
            "The library was closed on %(day)s. Was it another day? Then remove the session and write it down anew."
        )
        messages.warning(request, said % told)
    shown = term_near(request.school, request.school.day(now()))
    if shown and session.term != shown:
        said = _("%(day)s lies in another term, so the session is not in this list.")
        messages.warning(request, said % told)


def _class_page(request: Request, school_class: SchoolClass) -> dict[str, object]:
    today = request.school.day(now())
    term = term_near(request.school, today)
    return {
        "school_class": school_class,
        "name": class_name(school_class, school_year(request.school, today)),
        "pupils": [one for one in register(school_class, today) if one.category == "pupil"],
        "away": set(request.POST.getlist("away")),
        "sessions": queries.sessions_of(school_class, term) if term else [],
        "parts": parts_today(request, without=Heading.STAFF),
        "is_own": not request.user.has_perm("programmes.see_orientation"),
    }


@may("programmes.hold_for_group")
def hold_for_group(request: Request) -> HttpResponse:
    """Write down that a group was taught."""
    form = GroupForm(request.POST or None, initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        try:
            session = actions.hold_for_group(
                school=request.school,
                group=form.cleaned_data["group"],
                people=form.cleaned_data["people"],
                held=form.held,
                by=request.user,
                now=now(),
            )
        except ProgrammeRefused as refused:
            form.add_error("on", refusal(refused.reason, refused.details))
        else:
            messages.success(request, _("The session is written down."))
            _doubt(request, session)
            return redirect("programmes.see_orientation")
    status = 422 if form.errors else 200
    return render(request, "office/orientation/group.html", {"form": form}, status=status)


@may("programmes.catch_up")
def catch_up(request: Request, pk: int) -> HttpResponse:
    """Show a session, and tick who has caught up."""
    sessions = Session.objects.select_related("school", "term__year", "school_class__school", "by")
    session = get_object_or_404(sessions, school=request.school, pk=pk)
    if request.method == "POST":
        ticked = keys_of(request.POST.getlist("reader"))
        count = actions.catch_up(session=session, readers=ticked, by=request.user, now=now())
        if count:
            said = ngettext("%(n)s pupil has caught up.", "%(n)s pupils have caught up.", count)
            messages.success(request, said % {"n": count})
        else:
            messages.info(request, _("Nobody was ticked, so nothing was changed."))
        return redirect("programmes.catch_up", pk)
    year = session.term.year.first_year
    own = session.school_class
    context = {
        "session": session,
        "name": class_name(own, year) if own else session.group,
        "topics": [heading(Heading(code)) for code in session.topics],
        "missed": session.missed.select_related("reader").order_by("reader__seat", "reader__name"),
        "newcomers": queries.newcomers(session.term, own) if own else (),
    }
    return render(request, "office/orientation/session.html", context)


@may("programmes.remove_session")
@require_POST
def remove_session(request: Request, pk: int) -> HttpResponse:
    """Remove a session that was entered by mistake."""
    session = get_object_or_404(Session, school=request.school, pk=pk)
    actions.remove_session(session=session, by=request.user, now=now())
    messages.success(request, _("The session is removed."))
    return redirect("programmes.see_orientation")


@may("programmes.see_orientation")
@require_safe
def sheet(request: Request) -> HttpResponse:
    """Show the sheet for the morning meeting: the rules, and a tick a class."""
    today = request.school.day(now())
    term = term_near(request.school, today)
    context = {
        "today": today,
        "parts": parts_today(request, without=Heading.STAFF),
        "seen": queries.see_orientation(term) if term else None,
    }
    return render(request, "office/orientation/sheet.html", context)


def _usual(request: Request) -> dict[str, object]:
    return {
        "on": request.school.day(now()),
        "held_by": request.user.name,
        "topics": [one.value for one in Heading if one is not Heading.STAFF],
    }
