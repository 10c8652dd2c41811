"""Names of terms, hours and reasons for the templates of student librarians."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from shuxiang.student_librarians import wording
from shuxiang.student_librarians.models import Shift
from shuxiang.student_librarians.queries import Doubt
from shuxiang.student_librarians.rules import Objection, Step
from shuxiang.timetable.models import Term
from shuxiang.timetable.wording import term as name_of_term

register = template.Library()


@register.filter
def term_name(term: Term) -> str:
    """Name a term with its school year."""
    return name_of_term(term.year.first_year, term.number)


@register.filter
def hours_of(shift: Shift) -> str:
    """Write the weekday and the hours of a shift."""
    return wording.hours([shift.clock])


@register.filter
def doubt(found: Doubt) -> str:
    """Say what speaks against some hours."""
    said = {
        "hours": wording.hours(shift.clock for shift in found.shifts),
        "lessons": "、".join(found.lessons),
    }
    if found.is_closed:
        return said["hours"]
    return (
        _(
            "%(hours)s: %(lessons)s. Whose class has these ticked under Lessons of the classes is "
            "left out; anybody else may have to be excused from a lesson."
        )
        % said
    )


@register.filter
def refusal(objection: Objection) -> str:
    """Say one reason."""
    return wording.refusal(objection)


@register.filter
def step_name(step: Step) -> str:
    """Name a step of the way to the desk."""
    return str(wording.STEPS[step])
