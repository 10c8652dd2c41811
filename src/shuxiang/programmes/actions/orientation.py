"""Sessions of orientation: held, caught up with, removed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.programmes.actions.refused import refuse
from shuxiang.programmes.models import Missed, Session
from shuxiang.programmes.queries.orientation import newcomers
from shuxiang.programmes.rules import Refusal
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import register
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import term_on


@dataclass(frozen=True, kw_only=True)
class Held:
    """When and how it was held, by whom, and what was gone through."""

    on: date
    way: str
    held_by: str
    topics: tuple[str, ...] = ()
    note: str = ""


@transaction.atomic
def hold_session(
    *, school_class: SchoolClass, held: Held, away: Collection[int], by: Account, now: datetime
) -> Session:
    """
    Write down that a class was taught; `away` are the keys of the pupils who were not there.

    :raises ProgrammeRefused: if the day is outside the terms or ahead, nobody was there, or it is
        written down already
    """
    school = school_class.school
    SchoolClass.objects.select_for_update().get(pk=school_class.pk)  # it is pressed once more
    if Session.objects.filter(school_class=school_class, on=held.on, way=held.way).exists():
        refuse(Refusal.SESSION_IS_THERE)
    pupils = [one for one in register(school_class, held.on) if one.category == "pupil"]
    missed = [one for one in pupils if one.pk in away]
    session = _hold(
        school,
        held,
        by=by,
        now=now,
        people=len(pupils) - len(missed),
        facts={"school_class": school_class, "away": len(missed)},
    )
    Missed.objects.bulk_create(Missed(school=school, session=session, reader=one) for one in missed)
    return session


@transaction.atomic
def hold_for_group(
    *, school: School, group: str, people: int, held: Held, by: Account, now: datetime
) -> Session:
    """
    Write down that somebody else was taught: new teachers, parents, pupils of several classes.

    :raises ProgrammeRefused: if the day is outside the terms or ahead, or nobody was there
    """
    return _hold(school, held, by=by, now=now, people=people, facts={"group": group.strip()})


def _hold(
    school: School, held: Held, *, people: int, facts: dict[str, Any], by: Account, now: datetime
) -> Session:
    term = _term(school, held.on, today=school.day(now))
    if people < 1:
        refuse(Refusal.NOBODY_WAS_THERE)
    session: Session = Session.objects.create(
        school=school,
        term=term,
        on=held.on,
        way=held.way,
        held_by=held.held_by.strip(),
        topics=list(held.topics),
        note=held.note.strip(),
        people=people,
        by=by,
        **facts,
    )
    verb = "programmes.hold_for_group" if session.group else "programmes.hold_session"
    record(verb, session, school=school, by=by, at=now, on=held.on.isoformat(), people=people)
    return session


@transaction.atomic
def catch_up(*, session: Session, readers: Collection[int], by: Account, now: datetime) -> int:
    """
    Say which of those who were not there were taught since, by their keys; tell how many.

    Who came to the class only later is among them.
    """
    later = []
    if session.school_class:
        later = list(newcomers(session.term, session.school_class).filter(pk__in=readers))
    Missed.objects.bulk_create(
        Missed(school=session.school, session=session, reader=one) for one in later
    )
    waiting = Missed.objects.filter(session=session, reader__in=readers, caught_up_on=None)
    caught_up = sorted(waiting.select_for_update().values_list("reader", flat=True))
    if caught_up:
        waiting.update(caught_up_on=session.school.day(now))
        record(
            "programmes.catch_up",
            session,
            school=session.school,
            by=by,
            at=now,
            readers=caught_up,
        )
    return len(caught_up)


@transaction.atomic
def remove_session(*, session: Session, by: Account, now: datetime) -> None:
    """Remove a session that was entered by mistake."""
    record(
        "programmes.remove_session",
        session,
        school=session.school,
        by=by,
        at=now,
        on=session.on.isoformat(),
        school_class=session.school_class_id,
        people=session.people,
    )
    session.delete()


def _term(school: School, on: date, *, today: date) -> Term:
    if on > today:
        refuse(Refusal.SESSION_TO_COME)
    return term_on(school, on) or refuse(Refusal.SESSION_OUTSIDE_TERM)
