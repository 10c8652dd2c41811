"""Due days that the calendar or the rotation has left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from shuxiang.circulation.models import DueChange, Loan
from shuxiang.circulation.queries.policy import Policy, policy_of
from shuxiang.circulation.rules import due_anew
from shuxiang.platform.schools.models import School
from shuxiang.timetable.queries import lending_comings
from shuxiang.timetable.rules import Comings, Who, next_coming

A_DAY = timedelta(days=1)
LOOK_BACK = timedelta(days=70)
"""How long nobody could have come since a book was due: longer than the summer holidays."""


@dataclass(frozen=True, kw_only=True)
class Astray:
    """A loan that is due on a day which is closed by now, or on which its class no longer comes."""

    loan: int
    said_on: date
    """The day that was said at the desk."""
    due_on: date
    """The day as it stands."""
    to: date


@dataclass(frozen=True, kw_only=True)
class Said:
    """The day that was said, and all that decides whether it can be kept; many loans share it."""

    on: date
    category: str
    grade: int | None
    school_class: int | None
    at_visit: bool
    """Its class brings it back at a visit."""


def astray(school: School, today: date) -> list[Astray]:
    """List what is due on another day than the calendar and the rotation have it, in four queries and those of the policy.

    What was said at the desk is weighed anew, so that a closed day that is opened again gives it back.
    What is late stays late: of days that have passed only a closed one is moved, or the one said comes back.
    """
    since = today - LOOK_BACK
    policy, comings = policy_of(school, today), lending_comings(school, since - A_DAY)
    out = list(_out(school, since))
    anew = {was: _anew(was, policy, comings) for was in {was for _, _, was in out}}
    return [
        Astray(loan=loan, said_on=was.on, due_on=due_on, to=to)
        for loan, due_on, was in out
        if (to := anew[was]) != due_on
        and (to >= today or to == was.on or not policy.calendar.is_open(due_on))
    ]


def _out(school: School, since: date) -> Iterator[tuple[int, date, Said]]:
    """Go through what was taken home: the loan, when it is due, and what was said."""
    said, staying = said_at_desk(school), _staying(school)
    rows = Loan.objects.on_hand().filter(school=school, kind=Loan.Kind.HOME, due_on__gte=since)
    facts = ("pk", "due_on", "reader_category", "grade", "school_class", "due_at_visit")
    for loan, due_on, category, grade, school_class, at_visit in rows.values_list(*facts):
        was = Said(
            on=said.get((loan, due_on), due_on),
            category=category,
            grade=grade,
            school_class=school_class,
            at_visit=at_visit and loan not in staying,
        )
        yield loan, due_on, was


def _anew(was: Said, policy: Policy, comings: Mapping[int, Comings]) -> date:
    its = comings.get(was.school_class or 0) if was.at_visit else None
    return due_anew(
        was.on,
        policy.calendar,
        recall_on=policy.recall_on,
        next_visit_on=_visit_on(its, was.on, policy) if its else None,
        who=Who(category=was.category, grade=was.grade),
    )


def _visit_on(comings: Comings, said_on: date, policy: Policy) -> date | None:
    """Tell when a class comes first from a day on; a day that has passed is kept if the book could have come back."""
    missed = any(said_on in turn.missed for turn in comings.turns)
    if said_on < policy.day and policy.calendar.is_open(said_on) and not missed:
        return said_on
    return next_coming(comings, said_on - A_DAY, policy.calendar)


def said_at_desk(school: School) -> dict[tuple[int, date], date]:
    """Tell what was said of loans that follow the calendar, by the loan and the day that it is due."""
    follows = DueChange.objects.standing().filter(
        school=school, kind=DueChange.Kind.FOLLOWS, loan__returned_at=None
    )
    return {
        (loan, due_on): was_due_on
        for loan, due_on, was_due_on in follows.values_list("loan", "due_on", "was_due_on")
    }


def _staying(school: School) -> set[int]:
    """Find what stays out over the holidays: it waits for no visit."""
    stays = DueChange.objects.standing().filter(
        school=school, kind=DueChange.Kind.STAYS, loan__returned_at=None
    )
    return set(stays.values_list("loan", flat=True))
