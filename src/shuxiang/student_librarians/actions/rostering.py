"""A roster is asked for, solved in a child process, looked at, and put in force in one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs import proposals
from shuxiang.platform.jobs.models import Job
from shuxiang.student_librarians import wording
from shuxiang.student_librarians.actions.refused import refuse
from shuxiang.student_librarians.models import Duty, Roster, Shift
from shuxiang.student_librarians.queries.rosters import (
    Row,
    count_unable,
    gaps_problem,
    roster_problem,
    row_of,
    rows_of,
    standing_duties,
)
from shuxiang.student_librarians.rules import (
    Refusal,
    RosterAnswer,
    RosterProblem,
    judge,
    lacking,
)
from shuxiang.student_librarians.rules.rostering import begin, first_try
from shuxiang.student_librarians.rules.solving import solve
from shuxiang.timetable.models import Term

KIND = "student_librarians.roster"
SECONDS = 60
"""How long it looks for something better."""


@transaction.atomic
def ask_for_roster(
    *, term: Term, from_on: date, until_on: date, by: Account, now: datetime
) -> Roster:
    """
    Ask for a fair roster between two days to come, as far as they lie in the term.

    What stands is not touched.

    :raises HelperRefused: if there are no such days, no shifts on them, nobody, or one is being made
    """
    if from_on > until_on:
        refuse(Refusal.ROSTER_ENDS_BEFORE_IT_BEGINS)
    term = _alone_with(term)
    first = max(from_on, term.starts_on, _first_to_come(term, term.school.day(now)))
    last = min(until_on, term.ends_on)
    if first > last:
        refuse(Refusal.DAYS_OUTSIDE_TERM)
    proposals.make_way(Roster.objects.filter(term=term))
    if Roster.objects.filter(term=term, state=Roster.State.SOLVING).exists():
        refuse(Refusal.ROSTER_IS_BEING_SOLVED)
    problem = roster_problem(term, first, last)
    if not problem.turns:
        is_any = Shift.objects.given().filter(school=term.school).exists()
        refuse(Refusal.NO_TURNS if is_any else Refusal.NO_SHIFTS)
    if not problem.helpers:
        refuse(Refusal.NOBODY_APPOINTED)
    job = jobs.start(school=term.school, kind=KIND, by=by, now=now)
    roster: Roster = Roster.objects.create(
        school=term.school, term=term, from_on=first, until_on=last, job=job
    )
    return roster


def stop_roster(*, roster: Roster, by: Account, now: datetime) -> None:
    """Have the solver stop and give the best that it has found."""
    proposals.stop(roster, "student_librarians.stop_roster", by=by, now=now)


def set_roster_aside(*, roster: Roster, by: Account, now: datetime) -> None:
    """Leave the roster as it stands; the proposed one is not wanted."""
    proposals.set_aside(roster, "student_librarians.set_roster_aside", by=by, now=now)


def solve_roster(job: Job, clock: proposals.Clock) -> None:
    """Solve the roster that waits for a job; somebody decides on it afterwards."""
    roster = Roster.objects.select_related("term__school", "term__year", "school").get(job=job)
    if roster.state != Roster.State.SOLVING:
        jobs.finish(job, report=roster.answer, now=clock())
        return
    problem = roster_problem(roster.term, roster.from_on, roster.until_on)
    answer = proposals.look(roster, job, solve, (problem, SECONDS), report=report_of, clock=clock)
    _propose(roster, problem, answer)
    proposals.settle(
        roster, job, "student_librarians.solve_roster", error=str(wording.NO_ROSTER), now=clock()
    )


def propose_at_once(*, term: Term, from_on: date, until_on: date) -> Roster:
    """Propose the roster that is found without looking for a better one."""
    problem = roster_problem(term, from_on, until_on)
    roster = Roster(school=term.school, term=term, from_on=from_on, until_on=until_on)
    _propose(roster, problem, begin(problem))
    roster.save()
    return roster


def _propose(roster: Roster, problem: RosterProblem, answer: RosterAnswer | None) -> None:
    """Write down with a roster what was found; it is kept by who calls."""
    if answer is None:
        roster.state = Roster.State.FAILED
        return
    roster.state = Roster.State.READY if answer.puts else Roster.State.IMPOSSIBLE
    roster.puts = [
        (post, problem.turns[place].shift, problem.turns[place].on.isoformat())
        for post, place in answer.puts
    ]
    judged, old_hands = (
        judge(problem, answer.puts),
        any(one.is_experienced for one in problem.helpers),
    )
    roster.answer = {
        **report_of(answer),
        "shifts": len(problem.turns),
        "short": judged.short,
        "uneven": judged.uneven,
        "unpaired": judged.unpaired if old_hands else 0,
        "old_hands": old_hands,
        "a_week": problem.a_week,
        "unable": count_unable(roster.term),
        "unloved": judged.unloved,
        "lacks": [asdict(lack) for lack in lacking(problem, answer.puts)],
    }


def report_of(answer: RosterAnswer) -> dict[str, Any]:
    """Say how good a roster is, without its turns, as JSON."""
    return {
        "turns": len(answer.puts),
        "cost": answer.cost,
        "bound": answer.bound,
        "is_best": answer.is_best,
        "gap": round(answer.gap, 4),
        "seconds": round(answer.seconds, 1),
    }


@transaction.atomic
def place_roster(*, roster: Roster, by: Account | None, now: datetime) -> Roster:
    """
    Let a proposed roster stand from now on; turns that both have stay with their swaps.

    :raises HelperRefused: if it was decided on already, is over, or no longer fits
    """
    first = _decided_alone(roster, now)
    if roster.state != Roster.State.READY:
        refuse(Refusal.ROSTER_IS_DECIDED)
    wanted = _from(first, roster.puts)
    _refuse_unfit(roster, first, wanted, unable=True)
    stood = standing_duties(roster, first)
    gone, given = _replace(roster, stood, wanted)
    roster.before, roster.state = [row_of(duty) for duty in stood], Roster.State.ACCEPTED
    roster.accepted_at = now
    roster.save(update_fields=["before", "state", "accepted_at"])
    _tell("student_librarians.place_roster", roster, gone=gone, given=given, by=by, now=now)
    return roster


@transaction.atomic
def take_roster_back(*, roster: Roster, by: Account | None, now: datetime) -> Roster:
    """
    Let stand again what stood before a roster was put in force.

    :raises HelperRefused: if a turn was changed since, it is over, or was not put in force
    """
    first = _decided_alone(roster, now)
    if roster.state != Roster.State.ACCEPTED:
        refuse(Refusal.ROSTER_IS_DECIDED)
    stands = standing_duties(roster, first)
    if {row_of(duty) for duty in stands} != set(_from(first, roster.puts)):
        refuse(Refusal.ROSTER_CHANGED_SINCE)
    wanted = _from(first, roster.before)
    _refuse_unfit(roster, first, wanted, unable=False)
    gone, given = _replace(roster, stands, wanted)
    roster.state = Roster.State.TAKEN_BACK
    roster.save(update_fields=["state"])
    _tell("student_librarians.take_roster_back", roster, gone=gone, given=given, by=by, now=now)
    return roster


@transaction.atomic
def fill_gaps(*, term: Term, by: Account, now: datetime) -> Roster:
    """
    Put helpers on the turns to come that have too few, whoever has had the fewest first; who is on duty stays.

    What comes of it is a roster in force, which can be taken back as a whole. What nobody can have
    stays empty.

    :raises HelperRefused: if there is nothing to fill, nobody can, or a roster is being made
    """
    term = _alone_with(term)
    list(Shift.objects.select_for_update().filter(school=term.school))  # nobody is put on beside
    proposals.make_way(Roster.objects.filter(term=term))
    if Roster.objects.filter(term=term, state=Roster.State.SOLVING).exists():
        refuse(Refusal.ROSTER_IS_BEING_SOLVED)
    problem = gaps_problem(term, now)
    puts = sorted(first_try(problem))
    if not puts:
        refuse(Refusal.NOBODY_FOR_THE_GAPS if problem.turns else Refusal.NO_GAPS)
    rows = [(post, turn.shift, turn.on) for post, at in puts for turn in (problem.turns[at],)]
    today, last = term.school.day(now), max(on for _post, _shift, on in rows)
    roster = Roster(school=term.school, term=term, from_on=today, until_on=last)
    roster.before = [row_of(duty) for duty in standing_duties(roster, today)]
    Duty.objects.bulk_create(
        Duty(school=term.school, post_id=post, shift_id=shift, on=on) for post, shift, on in rows
    )
    _judge_standing(roster)
    roster.answer["filled"] = len(rows)
    roster.state, roster.accepted_at = Roster.State.ACCEPTED, now
    roster.save()
    record(
        "student_librarians.fill_gaps", roster, school=term.school, by=by, at=now, turns=len(rows)
    )
    return roster


def _judge_standing(roster: Roster) -> None:
    """Write down with a roster what stands in its days, and what that misses."""
    problem = roster_problem(roster.term, roster.from_on, roster.until_on)
    places = {(turn.shift, turn.on.isoformat()): at for at, turn in enumerate(problem.turns)}
    helpers = {one.post for one in problem.helpers}
    rows = [row_of(duty) for duty in standing_duties(roster, roster.from_on)]
    known = [
        (post, places[shift, on])
        for post, shift, on in rows
        if post in helpers and (shift, on) in places
    ]
    _propose(roster, problem, RosterAnswer(puts=tuple(known)))
    roster.puts = rows


def _alone_with(term: Term) -> Term:
    """Let one office at a time change the roster of a term."""
    found: Term = (
        Term.objects.select_for_update(of=("self",))
        .select_related("school", "year")
        .get(pk=term.pk)
    )
    return found


def _first_to_come(term: Term, today: date) -> date:
    """Tell the first day that can be made anew: today, until somebody is down as having come."""
    said = Duty.objects.filter(post__term=term, on=today, came__isnull=False)
    return today + timedelta(days=1) if said.exists() else today


def _decided_alone(roster: Roster, now: datetime) -> date:
    """Read a roster as it is now, and tell the first of its days that can still be changed."""
    term = _alone_with(roster.term)
    list(Shift.objects.select_for_update().filter(school=term.school))  # nobody is put on beside
    roster.refresh_from_db(fields=["state", "puts", "before"])
    roster.term = term
    first = max(roster.from_on, _first_to_come(term, term.school.day(now)))
    if first > roster.until_on:
        refuse(Refusal.DAYS_OUTSIDE_TERM)
    return first


def _from(first: date, kept: Iterable[Sequence[Any]]) -> list[Row]:
    return [row for row in rows_of(kept) if row[2] >= first.isoformat()]


def _refuse_unfit(roster: Roster, first: date, rows: Iterable[Row], *, unable: bool) -> None:
    """Helpers, hours and days may have changed while a roster was solved or looked at."""
    problem = roster_problem(roster.term, first, roster.until_on)
    helpers = {one.post: one for one in problem.helpers}
    turns = {(turn.shift, turn.on.isoformat()): n for n, turn in enumerate(problem.turns)}
    here: Counter[int] = Counter()
    for post, shift, on in rows:
        place = turns.get((shift, on))
        if place is None or post not in helpers:
            refuse(Refusal.ROSTER_OUT_OF_DATE)
        here[place] += 1
        if here[place] > problem.turns[place].places or (unable and place in helpers[post].barred):
            refuse(Refusal.ROSTER_OUT_OF_DATE)


def _replace(roster: Roster, stood: Iterable[Duty], rows: Iterable[Row]) -> tuple[int, int]:
    """Take away the turns that are not wanted any more, give those that are new; count both."""
    wanted = dict.fromkeys(rows)
    gone = [duty.pk for duty in stood if row_of(duty) not in wanted]
    for duty in stood:
        wanted.pop(row_of(duty), None)
    Duty.objects.filter(pk__in=gone).delete()
    Duty.objects.bulk_create(
        Duty(school=roster.school, post_id=post, shift_id=shift, on=date.fromisoformat(on))
        for post, shift, on in wanted
    )
    return len(gone), len(wanted)


def _tell(
    verb: str, roster: Roster, *, gone: int, given: int, by: Account | None, now: datetime
) -> None:
    turns = len(roster.puts)
    record(verb, roster, school=roster.school, by=by, at=now, turns=turns, gone=gone, given=given)
