"""Terms: their dates and the recall day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.actions import open_year
from shuxiang.platform.schools.models import School
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import Proposal, Term, Turn, Wish
from shuxiang.timetable.rules import Objection, Reason, TermDates

EARLY = timedelta(days=31)
"""Before its school year begins that a term may: late in August."""
LONGEST_TERM = 300


@transaction.atomic
def change_term(
    *,
    school: School,
    first_year: int,
    number: int,
    dates: TermDates,
    by: Account | None,
    now: datetime,
    term: Term | None = None,
) -> Term:
    """
    Enter a term of the school year that begins in `first_year`, or change one that is there.

    :raises TimetableRefused: if its dates can't be, or clash with another term's
    """
    School.objects.select_for_update().get(pk=school.pk)  # two offices, one list of terms
    changed = term or Term(school=school)
    changed.year = open_year(school=school, first_year=first_year, by=by, now=now)
    changed.number = number
    changed.starts_on, changed.ends_on = dates.starts_on, dates.ends_on
    changed.recall_on, changed.last_lending_on = dates.recall_on, dates.last_lending_on
    refuse_if(list(_objections(changed)))
    changed.save()
    record(
        "timetable.change_term",
        changed,
        school=school,
        by=by,
        at=now,
        year=first_year,
        number=number,
        starts_on=dates.starts_on.isoformat(),
        ends_on=dates.ends_on.isoformat(),
        recall_on=dates.recall_on.isoformat() if dates.recall_on else None,
        last_lending_on=dates.last_lending_on.isoformat() if dates.last_lending_on else None,
    )
    return changed


@transaction.atomic
def remove_term(*, term: Term, by: Account, now: datetime) -> None:
    """
    Remove a term that was entered by mistake.

    :raises TimetableRefused: if turns of a rotation rest on it
    """
    turns = Turn.objects.filter(term=term).count()
    if turns:
        refuse_if([Objection(reason=Reason.TERM_HAS_TURNS, details={"turns": turns})])
    if Proposal.objects.filter(term=term).exists() or Wish.objects.filter(term=term).exists():
        refuse_if([Objection(reason=Reason.TERM_HAS_WISHES)])
    record(
        "timetable.remove_term",
        term,
        school=term.school,
        by=by,
        at=now,
        starts_on=term.starts_on.isoformat(),
        ends_on=term.ends_on.isoformat(),
    )
    term.delete()


def _objections(term: Term) -> Iterator[Objection]:
    if term.ends_on <= term.starts_on:
        yield Objection(reason=Reason.TERM_ENDS_BEFORE_IT_STARTS)
        return
    if (term.ends_on - term.starts_on).days > LONGEST_TERM:
        yield Objection(reason=Reason.TERM_TOO_LONG, details={"days": LONGEST_TERM})
    if not term.year.starts_on - EARLY <= term.starts_on <= term.year.ends_on:
        named = {"first": term.year.first_year, "last": term.year.first_year + 1}
        yield Objection(reason=Reason.TERM_OUTSIDE_YEAR, details=named)
    if term.recall_on and not term.starts_on < term.recall_on <= term.ends_on:
        yield Objection(reason=Reason.RECALL_OUTSIDE_TERM)
    if term.last_lending_on and not (
        term.starts_on <= term.last_lending_on <= (term.recall_on or term.ends_on)
    ):
        yield Objection(reason=Reason.LAST_LENDING_OUTSIDE_TERM)
    others = Term.objects.filter(school=term.school).exclude(pk=term.pk)
    if others.filter(year=term.year, number=term.number).exists():
        yield Objection(reason=Reason.TERM_NUMBER_TAKEN)
    for other in others.filter(starts_on__lte=term.ends_on, ends_on__gte=term.starts_on):
        yield Objection(
            reason=Reason.TERM_OVERLAPS,
            details={"starts_on": other.starts_on, "ends_on": other.ends_on},
        )
