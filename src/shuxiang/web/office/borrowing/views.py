"""Who borrows this term, class by class, and the list for a class teacher."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.circulation import actions, queries
from shuxiang.readers.queries import class_name
from shuxiang.web.access import Request, may
from shuxiang.web.office.borrowing.figures import formulas, mean, percent, term_rows
from shuxiang.web.office.own_classes import own_class


@may("circulation.see_borrowing")
@require_safe
def see_borrowing(request: Request) -> HttpResponse:
    """Show how many have borrowed, how evenly, and where nobody has."""
    seen = queries.see_borrowing(request.school, request.school.day(now()))
    if seen is None:
        return render(request, "office/borrowing/without_term.html")
    context = {
        "seen": seen,
        "terms": term_rows(seen),
        "formulas": formulas(),
        "share": percent(seen.now.share),
        "concentration": percent(seen.now.concentration),
        "mean": mean(seen.now.mean),
        "none_yet": seen.now.pupils - seen.now.borrowers,
        "classes": [(one, mean(one.figures.mean)) for one in seen.classes],
        "changes": [_shown(change, seen) for change in seen.changes],
    }
    return render(request, "office/borrowing/borrowing.html", context)


@may("circulation.see_class_borrowing")
@require_safe
def see_class_borrowing(request: Request, pk: int) -> HttpResponse:
    """Show who of a class has borrowed nothing this term; a teacher sees the own class."""
    school_class, today = own_class(request, pk), request.school.day(now())
    one = queries.see_class_borrowing(school_class, today)
    context = {
        "one": one,
        "school_class": school_class,
        "share": percent(one.figures.share if one else None),
        "today": today,
        "is_own": not request.user.has_perm("circulation.see_borrowing"),
    }
    return render(request, "office/borrowing/class.html", context)


@may("circulation.tell_not_borrowed")
@require_POST
def tell_not_borrowed(request: Request, pk: int) -> HttpResponse:
    """Give the list to the class teacher, and write that down."""
    try:
        notice = actions.tell_not_borrowed(
            school_class=own_class(request, pk), by=request.user, now=now()
        )
    except actions.NothingToTell:
        messages.info(request, _("Everybody has borrowed, or the teacher was told today."))
    else:
        said = _("Written down: the class teacher has the list of %(pupils)s pupils.")
        messages.success(request, said % {"pupils": notice.pupils})
    return redirect("circulation.see_class_borrowing", pk)


def _shown(change: queries.ModeChange, seen: queries.SeenBorrowing) -> dict[str, object]:
    row, year = change.row, seen.term.year.first_year
    return {
        "change": change,
        "for_whom": class_name(row.school_class, year) if row.school_class else row.grade,
        "is_class": row.school_class is not None,
        "windows": [
            (window, percent(window.share), mean(window.mean))
            for window in (change.before, change.after)
        ],
    }
