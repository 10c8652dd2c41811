"""A roster is asked for, solved in a child process, and placed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.child import ChildFailed, run_limited
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.rules import UNFINISHED
from shuxiang.student_librarians import wording
from shuxiang.student_librarians.actions.refused import refuse
from shuxiang.student_librarians.models import Duty, Roster
from shuxiang.student_librarians.queries.duties import roster_problem
from shuxiang.student_librarians.rules import Refusal, RosterAnswer, RosterProblem, judge
from shuxiang.student_librarians.rules.solving import solve
from shuxiang.timetable.models import Term

KIND = "student_librarians.roster"
SECONDS = 20
LONGEST = 120.0
"""Seconds after which the child is given up."""
MEGABYTES = 4000
"""Address space, of which the solver uses a tenth."""

Clock = Callable[[], datetime]


@transaction.atomic
def ask_for_roster(
    *, term: Term, from_on: date, until_on: date, by: Account, now: datetime
) -> Roster:
    """
    Ask for a fair roster between two days to come; what stands there is made anew.

    :raises HelperRefused: if there are no such days, no shifts, nobody, or one is being made
    """
    term = (
        Term.objects.select_for_update(of=("self",))
        .select_related("school", "year")
        .get(pk=term.pk)
    )
    first = max(from_on, term.starts_on, _first_to_come(term, term.school.day(now)))
    last = min(until_on, term.ends_on)
    if first > last:
        refuse(Refusal.DAYS_OUTSIDE_TERM)
    if Roster.objects.filter(term=term, job__state__in=UNFINISHED).exists():
        refuse(Refusal.ROSTER_IS_BEING_SOLVED)
    problem = roster_problem(term, first, last)
    if not problem.turns:
        refuse(Refusal.NO_SHIFTS)
    if not problem.helpers:
        refuse(Refusal.NOBODY_APPOINTED)
    roster: Roster = Roster.objects.create(
        school=term.school, term=term, from_on=first, until_on=last
    )
    roster.job = jobs.start(school=term.school, kind=KIND, by=by, now=now, total=SECONDS)
    roster.save(update_fields=["job"])
    return roster


def _has_old_hands(problem: RosterProblem) -> bool:
    return any(helper.is_experienced for helper in problem.helpers)


def _first_to_come(term: Term, today: date) -> date:
    """Tell the first day that can be made anew: today, until somebody is down as having come."""
    said = Duty.objects.filter(post__term=term, on=today, came__isnull=False)
    return today + timedelta(days=1) if said.exists() else today


def solve_roster(job: Job, clock: Clock) -> None:
    """Solve the roster that waits for a job, and place it."""
    roster = Roster.objects.select_related("term__school", "term__year", "school").get(job=job)
    if roster.placed_at:
        jobs.finish(job, report=roster.answer, now=clock())
        return

    def hear(seconds: float) -> None:
        jobs.advance(job, done=min(SECONDS, int(seconds)), now=clock())

    problem = roster_problem(roster.term, roster.from_on, roster.until_on)
    try:
        answer = run_limited(
            solve, (problem, SECONDS), megabytes=MEGABYTES, seconds=LONGEST, on_progress=hear
        )
    except ChildFailed:
        answer = RosterAnswer()
    if not answer.puts:
        jobs.fail(job, error=str(wording.NO_ROSTER), now=clock())
        return
    place_roster(roster=roster, problem=problem, answer=answer, by=job.by, now=clock())
    jobs.finish(job, report=roster.answer, now=clock())


@transaction.atomic
def place_roster(
    *,
    roster: Roster,
    problem: RosterProblem,
    answer: RosterAnswer,
    by: Account | None,
    now: datetime,
) -> int:
    """Let a solved roster stand in place of the turns of its days; tell how many turns it has."""
    stood = Duty.objects.filter(
        school=roster.school,
        post__term=roster.term,
        on__gte=roster.from_on,
        on__lte=roster.until_on,
        came=None,
    )
    stood.delete()
    Duty.objects.bulk_create(
        Duty(
            school=roster.school,
            post_id=post,
            shift_id=problem.turns[place].shift,
            on=problem.turns[place].on,
        )
        for post, place in answer.puts
    )
    judged = judge(problem, answer.puts)
    roster.answer = {
        "turns": len(answer.puts),
        "short": judged.short,
        "uneven": judged.uneven,
        "unpaired": judged.unpaired if _has_old_hands(problem) else 0,
        "is_best": answer.is_best,
        "gap": round(100 * answer.gap, 1),
        "seconds": round(answer.seconds, 1),
    }
    roster.placed_at = now
    roster.save()
    record(
        "student_librarians.place_roster",
        roster,
        school=roster.school,
        by=by,
        at=now,
        **roster.answer,
    )
    return len(answer.puts)
