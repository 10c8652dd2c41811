"""The end of term: everything comes back, class by class to zero."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shuxiang.circulation import actions, queries
from shuxiang.circulation.models import DueChange
from shuxiang.platform.schools.queries import settings_of
from shuxiang.readers.models import SchoolClass
from shuxiang.timetable.models import Term
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of, keys_of
from shuxiang.web.office.late.forms import StayForm, TellForm
from shuxiang.web.office.late.texts import recall_text
from shuxiang.web.office.late.views.late import Line
from shuxiang.web.office.own_classes import own_class


@may("circulation.see_recall")
@require_safe
def see_recall(request: Request) -> HttpResponse:
    """Show the days of the recall, and how far each class is."""
    today = request.school.day(now())
    term = queries.term_to_recall(request.school, today)
    if term is None:
        return render(request, "office/late/recall_without_term.html")
    recall = queries.see_recall(request.school, term, today)
    staff = [one for one in recall.classes if one.school_class is None]
    context = {
        "recall": recall,
        "term": term,
        "classes": [one for one in recall.classes if one.school_class],
        "staff": staff[0] if staff else None,
        "all": recall.left + recall.back,
    }
    return render(request, "office/late/recall.html", context)


@may("circulation.shorten_loans")
@require_POST
def shorten_loans(request: Request) -> HttpResponse:
    """Make all that is out due by the recall day."""
    try:
        changed = actions.shorten_loans(term=_term(request), by=request.user, now=now())
    except actions.NoRecallDay:
        messages.error(request, _("Enter a recall day that is still to come, under Time, Terms."))
    except actions.NothingToMove:
        messages.info(request, _("Nothing is due later than the recall day."))
    else:
        said = ngettext(
            "%(n)s loan is due by the recall day now.",
            "%(n)s loans are due by the recall day now.",
            changed,
        )
        messages.success(request, said % {"n": changed})
    return redirect("circulation.see_recall")


@may("circulation.give_days_back")
@require_POST
def give_days_back(request: Request) -> HttpResponse:
    """Take the shortening back."""
    given = actions.give_days_back(term=_term(request), by=request.user, now=now())
    said = ngettext("%(n)s loan is due as before.", "%(n)s loans are due as before.", given)
    messages.success(request, said % {"n": given})
    return redirect("circulation.see_recall")


@may("circulation.see_class_recall")
@require_safe
def see_class_recall(request: Request, pk: int) -> HttpResponse:
    """Show what one class still has out; a teacher sees the own class."""
    return _class_page(request, own_class(request, pk))


@may("circulation.see_recall")
@require_safe
def see_staff_recall(request: Request) -> HttpResponse:
    """Show what teachers and staff still have out."""
    return _class_page(request, None)


@may("circulation.let_stay")
@require_POST
def let_stay(request: Request) -> HttpResponse:
    """Let the chosen loans stay out over the holidays, with a reason."""
    term, form = _term(request), StayForm(request.POST)
    key = key_of(request.POST.get("school_class", ""))
    school_class = own_class(request, key) if key else None
    if not form.is_valid():
        return _class_page(request, school_class, form=form, status=422)
    loans = keys_of(request.POST.getlist("loan"))
    try:
        stays = actions.let_stay(
            term=term, loans=loans, by=request.user, now=now(), **form.cleaned_data
        )
    except actions.NothingToMove:
        messages.info(request, _("Choose books that are out."))
    except (actions.StayEndsTooSoon, actions.ReasonMissing):
        form.add_error("until_on", _("Choose a day after the end of the term."))
        return _class_page(request, school_class, form=form, status=422)
    except actions.StayEndsTooLate:
        form.add_error("until_on", _("Choose a day early in the next term."))
        return _class_page(request, school_class, form=form, status=422)
    else:
        said = ngettext("%(n)s book stays out.", "%(n)s books stay out.", stays)
        messages.success(request, said % {"n": stays})
    return _to_class(school_class)


@may("circulation.take_stay_back")
@require_POST
def take_stay_back(request: Request, pk: int) -> HttpResponse:
    """Let a book stay out no longer."""
    change = get_object_or_404(DueChange, school=request.school, pk=pk)
    actions.take_stay_back(change=change, by=request.user, now=now())
    messages.success(request, _("It is due as before, and counts as not back."))
    return redirect("circulation.see_recall")


@may("circulation.see_class_recall")
@require_safe
def clearance(request: Request, pk: int) -> HttpResponse:
    """Print the certificate of a class that has brought everything back."""
    school_class, today = own_class(request, pk), request.school.day(now())
    row, _books, _stays = queries.see_class_recall(_term(request), school_class, today)
    if not row.is_clear:
        messages.error(request, _("The class still has books out: the certificate waits."))
        return redirect("circulation.see_class_recall", pk)
    context = {"row": row, "term": _term(request), "today": today}
    return render(request, "office/late/clearance.html", context)


def _class_page(
    request: Request,
    school_class: SchoolClass | None,
    *,
    form: StayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    term, today = _term(request), request.school.day(now())
    row, late, stays = queries.see_class_recall(term, school_class, today)
    line = late and Line(
        late=late,
        name=row.name or _("Teachers, staff and those who left"),
        text=recall_text(
            late,
            due_on=queries.recall_day(term),
            school=request.school,
            chosen=settings_of(request.school),
        ),
    )
    context = {
        "row": row,
        "name": row.name or _("Teachers, staff and those who left"),
        "line": line,
        "late": late,
        "stays": stays,
        "term": term,
        "form": form or StayForm(),
        "ticked": set(keys_of(request.POST.getlist("loan"))),
        "tell_form": TellForm(initial={"whom": "class_teacher", "channel": "chat"}),
        "is_own": not request.user.has_perm("circulation.see_recall"),
    }
    return render(request, "office/late/class_recall.html", context, status=status)


def _term(request: Request) -> Term:
    """Give the term that is under way, or the last one.

    :raises Http404: if the school has none yet
    """
    term = queries.term_to_recall(request.school, request.school.day(now()))
    return get_object_or_404(Term, school=request.school, pk=term.pk if term else 0)


def _to_class(school_class: SchoolClass | None) -> HttpResponse:
    if school_class is None:
        return redirect("circulation.staff_recall")
    return redirect("circulation.see_class_recall", school_class.pk)
