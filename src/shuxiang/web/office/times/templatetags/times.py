"""Names of terms, weekdays, slots and grades for the templates of times."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from shuxiang.formats.classname import grade_name as name_of_grade
from shuxiang.timetable import wording
from shuxiang.timetable.models import Slot, Term

register = template.Library()


@register.filter
def term_name(term: Term) -> str:
    """Name a term with its school year."""
    return wording.term(term.year.first_year, term.number)


@register.filter
def slot_name(slot: Slot) -> str:
    """Name a slot by weekday and period."""
    return wording.slot(slot.weekday, slot.period.name)


@register.filter
def weekday_name(weekday: int) -> str:
    """Name a weekday shortly."""
    return str(wording.SHORT_WEEKDAYS[weekday])


@register.filter
def weekday_names(several: Sequence[int]) -> str:
    """Name several weekdays."""
    return wording.weekdays(several)


@register.filter
def grade_name(grade: int) -> str:
    """Name a grade."""
    return name_of_grade(grade)
