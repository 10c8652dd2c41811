"""Meetings, and what is still to be put right."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from shuxiang.student_librarians.models import Meeting, Problem
from shuxiang.timetable.models import Term


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A meeting and how many of its problems are open."""

    meeting: Meeting
    raised: int
    open: int


def see_meetings(term: Term) -> list[MeetingLine]:
    """List the meetings of a term, the latest on top, in one query."""
    rows = Meeting.objects.filter(term=term).annotate(
        raised=Count("problems"), still=Count("problems", filter=Q(problems__settled_on=None))
    )
    return [
        MeetingLine(meeting=row, raised=row.raised, open=row.still)
        for row in rows.order_by("-on", "-id")
    ]


def problems_at(meeting: Meeting) -> list[Problem]:
    """
    List what a meeting speaks of: what was raised at it, and what earlier ones carried on to it.

    What was settled before the day of the meeting is carried no further.
    """
    earlier = Q(meeting__on__lt=meeting.on) | Q(meeting__on=meeting.on, meeting__lt=meeting)
    carried = earlier & (Q(settled_on=None) | Q(settled_on__gte=meeting.on))
    rows = Problem.objects.filter(school=meeting.school).filter(Q(meeting=meeting) | carried)
    return list(
        rows.select_related("owner__reader", "meeting").order_by("meeting__on", "meeting", "id")
    )
