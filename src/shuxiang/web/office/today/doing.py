"""What is to be done today besides receiving classes: each with the page where it is done."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuxiang.circulation.queries import still_out
from shuxiang.timetable.models import Term
from shuxiang.web.office.today.recorded import recorded
from shuxiang.web.office.today.task import Task
from shuxiang.web.office.today.waiting import Late

RECALL_NEAR = timedelta(days=21)
"""Before the last lending day, or the recall day, from which the page speaks of it."""
TO_PLAN = timedelta(days=42)
"""Before the end of a term from which a recall day is asked for."""


def tasks(*, term: Term | None, late: list[Late], unfetched: int, now: datetime) -> list[Task]:
    """List what waits for the librarian today, what presses most on top."""
    found = [*_notices(late), *_holds(unfetched)]
    if term:
        found += [*_end_of_term(term, term.school.day(now)), *recorded(term, now)]
    return sorted(found, key=lambda task: not task.is_pressing)


def _notices(late: list[Late]) -> list[Task]:
    waiting = [row for row in late if row.late.to_tell]
    classes = sum(row.late.school_class is not None for row in waiting)
    said = []
    if classes:
        tell = ngettext(
            "Tell %(n)s class of late books", "Tell %(n)s classes of late books", classes
        )
        said.append(tell % {"n": classes})
    if len(waiting) > classes:
        said.append(_("Tell teachers, staff and those who left of late books"))
    address = reverse("circulation.see_late")
    return [Task(words=words, when=_("today"), address=address, is_pressing=True) for words in said]


def _holds(unfetched: int) -> list[Task]:
    if not unfetched:
        return []
    words = ngettext(
        "Put %(n)s held book back that nobody fetched",
        "Put %(n)s held books back that nobody fetched",
        unfetched,
    )
    return [
        Task(words=words % {"n": unfetched}, when=_("today"), address="#holds", is_pressing=True)
    ]


def _end_of_term(term: Term, today: date) -> list[Task]:
    address = reverse("circulation.see_recall")
    if term.recall_on is None:
        if term.ends_on - today > TO_PLAN:
            return []
        term_page = reverse("timetable.change_term", args=[term.pk])
        return [Task(words=_("Choose the recall day"), when=_("soon"), address=term_page)]
    if (term.last_lending_on or term.recall_on) - RECALL_NEAR > today:
        return []
    left = (term.recall_on - today).days
    out = still_out(term)
    if not out:
        return []
    words = ngettext(
        "Call %(n)s book back for the end of term",
        "Call %(n)s books back for the end of term",
        out,
    )
    days = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    when = days if left > 0 else _("recall day") if left == 0 else _("overdue")
    return [Task(words=words % {"n": out}, when=when, address=address, is_pressing=left <= 0)]
