"""When is a book due?"""

from __future__ import annotations

from datetime import date, timedelta

from shuxiang.timetable.rules import Calendar, Who


def due_on(
    lent_on: date,
    days: int,
    calendar: Calendar,
    *,
    recall_on: date | None = None,
    next_visit_on: date | None = None,
    who: Who | None = None,
) -> date:
    """Tell the day by which a loan comes back.

    The first day open to the reader once the loan days have passed, or the class's next visit where
    that is the school's rule; never after the recall day of the term, never on a closed day. A loan made
    on the recall day or after it (the librarian lends for the holidays) knows no recall.
    """
    wanted = next_visit_on or lent_on + timedelta(days=days)
    due = calendar.on_or_after(wanted, None if next_visit_on else who)
    if recall_on and lent_on < recall_on < due:
        due = calendar.on_or_before(recall_on)
    return due if due > lent_on else calendar.on_or_after(lent_on + timedelta(days=1), who)


def due_anew(
    said_on: date,
    calendar: Calendar,
    *,
    recall_on: date | None = None,
    next_visit_on: date | None = None,
    who: Who | None = None,
) -> date:
    """Tell where a due day goes that was said before the calendar or the rotation became what they are.

    The first open day from the day that was said on, or the first visit from it on, but not past a recall
    day that leaves the time that was said. Nobody has less time than that.
    """
    due = calendar.on_or_after(next_visit_on or said_on, None if next_visit_on else who)
    if recall_on and said_on <= recall_on < due:
        before = calendar.on_or_before(recall_on)
        return before if before >= said_on else due
    return due
