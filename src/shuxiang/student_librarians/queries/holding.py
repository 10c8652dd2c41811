"""Which turns hold: one on a day that the library closed after the roster was made falls out."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from shuxiang.student_librarians.models import Duty
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import calendar
from shuxiang.timetable.rules import Calendar


def falls_out(duty: Duty, days: Calendar) -> bool:
    """Tell whether a turn is on a closed day; what somebody came to, or was missed at, has happened."""
    return duty.came is None and not days.is_open(duty.on)


def days_off(term: Term) -> set[date]:
    """List the closed days on which somebody is on the roster of a term, in four queries."""
    down = Duty.objects.filter(post__term=term, came=None).order_by().values_list("on", flat=True)
    days = calendar(term.school, around=term.starts_on)
    return {on for on in down.distinct() if not days.is_open(on)}


def that_hold(duties: QuerySet[Duty], term: Term) -> QuerySet[Duty]:
    """Leave out the turns of a term that fall out."""
    return duties.exclude(Q(came=None) & Q(on__in=days_off(term)))
