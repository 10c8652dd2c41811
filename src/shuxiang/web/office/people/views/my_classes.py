"""What a class teacher may know: counts, what is out now, and what is late."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from shuxiang.circulation import queries as circulation
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name
from shuxiang.timetable.queries import next_turn_on, term_near
from shuxiang.web.access import Request, may
from shuxiang.web.office.own_classes import classes_of


@may("circulation.see_class_loans")
def see_class_loans(request: Request, pk: int | None = None) -> HttpResponse:
    """Show a class to its teacher; a librarian may look at each."""
    day = request.school.day(now())
    year = school_year(request.school, day)
    own = classes_of(request, year)
    school_class = _chosen(own, pk)
    context: dict[str, object] = {
        "classes": [(each, class_name(each, year)) for each in own],
        "school_class": school_class,
        "is_own": not request.user.has_perm("readers.see_classes"),
    }
    if school_class:
        context |= _class_page(request, school_class, year)
    return render(request, "office/people/my_classes.html", context)


def _chosen(own: list[SchoolClass], pk: int | None) -> SchoolClass | None:
    """Give the class that was asked for; a class of somebody else is not given."""
    if pk is None:
        return own[0] if own else None
    for each in own:
        if each.pk == pk:
            return each
    raise PermissionDenied("circulation.see_class_loans")


def _class_page(request: Request, school_class: SchoolClass, year: int) -> dict[str, object]:
    day = request.school.day(now())
    term = term_near(request.school, day)
    pupils = circulation.see_class_loans(school_class, day, since=term.starts_on if term else day)
    return {
        "name": class_name(school_class, year),
        "grade": school_class.grade(year),
        "pupils": pupils,
        "out": sum(len(pupil.out) for pupil in pupils),
        "late": sum(pupil.late for pupil in pupils),
        "none_yet": sum(1 for pupil in pupils if not pupil.this_term),
        "next_visit_on": next_turn_on(request.school, school_class, day),
    }
