"""What the templates of a reader's own page need beyond `if` and `for`."""

from __future__ import annotations

from django import template

from shuxiang.catalogue.queries import shown, shown_name
from shuxiang.student_librarians import wording as helping
from shuxiang.student_librarians.models import Shift
from shuxiang.student_librarians.rules import Objection, Step
from shuxiang.web.mine import wording

register = template.Library()
register.filter("day", wording.day)
register.filter("title_of", wording.title_of)
register.filter("shown", shown)
register.filter("shown_name", shown_name)
register.filter("why_not", wording.why_not)


@register.filter
def step_name(step: Step) -> str:
    """Name a step of the way to the desk."""
    return str(helping.STEPS[step])


@register.filter
def hours_of(shift: Shift) -> str:
    """Write the weekday and the hours of a shift."""
    return helping.hours([shift.clock])


@register.filter
def helper_refusal(objection: Objection) -> str:
    """Say what is missing on the way to the desk."""
    return helping.refusal(objection)
