"""Names of terms, weekdays, slots and grades for the templates of times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
def short_day(day: date) -> str:
    """Write a day without its year."""
    return _("%(month)s/%(day)s") % {"month": day.month, "day": day.day}


@register.simple_tag
def day_span(first: date, last: date) -> str:
    """Write one day, or the first and the last without saying the year twice."""
    if first == last:
        return date_format(first)
    ends = short_day(last) if first.year == last.year else date_format(last)
    return f"{date_format(first)} – {ends}"


@register.filter
def grade_name(grade: int) -> str:
    """Name a grade."""
    return name_of_grade(grade)
