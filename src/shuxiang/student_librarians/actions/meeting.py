"""Meetings with the helpers, and the problems that are carried on until they are settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.student_librarians.actions.refused import refuse
from shuxiang.student_librarians.models import Meeting, Post, Problem
from shuxiang.student_librarians.rules import Refusal
from shuxiang.timetable.models import Term

FIELDS = ("on", "starts_at", "place", "agenda", "notes")


@transaction.atomic
def change_meeting(
    *,
    term: Term,
    said: Mapping[str, Any],
    by: Account,
    now: datetime,
    meeting: Meeting | None = None,
) -> Meeting:
    """
    Call a meeting, or write down what was said: `on`, `starts_at`, `place`, `agenda`, `notes`.

    :raises HelperRefused: if its day is not in the term
    """
    changed = meeting or Meeting(school=term.school, term=term)
    for field in FIELDS:
        setattr(changed, field, said[field])
    if not term.starts_on <= changed.on <= term.ends_on:
        refuse(Refusal.MEETING_OUTSIDE_TERM)
    changed.save()
    record(
        "student_librarians.change_meeting",
        changed,
        school=term.school,
        by=by,
        at=now,
        on=changed.on.isoformat(),
    )
    return changed


@transaction.atomic
def raise_problem(
    *, meeting: Meeting, text: str, owner: Post | None, by: Account, now: datetime
) -> Problem:
    """Write down what is to be put right, and which helper sees to it; nobody: the librarian."""
    problem: Problem = Problem.objects.create(
        school=meeting.school, meeting=meeting, text=text.strip(), owner=owner
    )
    record("student_librarians.raise_problem", problem, school=meeting.school, by=by, at=now)
    return problem


@transaction.atomic
def settle_problem(*, problem: Problem, how: str, by: Account, now: datetime) -> Problem:
    """
    Say that a problem is put right, and how; it is carried on no more.

    :raises HelperRefused: if it is settled already
    """
    problem = (
        Problem.objects.select_for_update(of=("self",)).select_related("school").get(pk=problem.pk)
    )
    if problem.settled_on:
        refuse(Refusal.PROBLEM_IS_SETTLED)
    problem.settled_on, problem.settled = problem.school.day(now), how.strip()
    problem.save(update_fields=["settled_on", "settled"])
    record("student_librarians.settle_problem", problem, school=problem.school, by=by, at=now)
    return problem
