"""What a term's rotation shall keep, as the solver hears it, and what it misses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import models

from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_teachers, classes_at_school
from shuxiang.timetable import rules
from shuxiang.timetable.models import OpeningHours, Proposal, Slot, Term, Turn, Wish
from shuxiang.timetable.queries.rotation import see_timetable, slots_given
from shuxiang.timetable.rules import Problem, Put, Weeks

A_DAY = timedelta(days=1)
SCHOOL_WEEK = frozenset(range(5))
OF_TURN = "turn-"
"""How the key of a wish begins that is no row but a pinned turn."""


def wishes_of(term: Term) -> list[Wish]:
    """List what a term's rotation shall keep, in the order in which it was entered."""
    return list(
        Wish.objects.filter(term=term)
        .select_related("school_class__school", "period")
        .order_by("id")
    )


def lessons_of(term: Term, school_class: SchoolClass) -> models.QuerySet[Wish]:
    """Find what is said of a class's lessons: rows of one weekday and one period each."""
    return lessons_in(term).filter(school_class=school_class)


def lessons_in(term: Term) -> models.QuerySet[Wish]:
    """Find what is said of the lessons of all classes."""
    return Wish.objects.filter(
        term=term,
        school_class__isnull=False,
        kind=Wish.Kind.NOT,
        weight=Wish.Weight.MUST,
        purpose="",
        period__isnull=False,
        why="",
    ).order_by("id")


def open_weekdays(term: Term, hours: Iterable[OpeningHours]) -> frozenset[int]:
    """Tell on which weekdays the library is open at any time of a term."""
    in_force = [
        row.weekday
        for row in hours
        if (row.from_on is None or row.from_on <= term.ends_on)
        and (row.until_on is None or row.until_on >= term.starts_on)
    ]
    return frozenset(in_force) or SCHOOL_WEEK


def problem_of(term: Term) -> Problem:
    """Gather what a solver needs to know of a term, in six queries."""
    return problem_from(
        term,
        classes=classes_at_school(term.school, term.year.first_year),
        slots=slots_given(term.school),
        hours=list(OpeningHours.objects.filter(school=term.school_id)),
        turns=see_timetable(term),
        wishes=wishes_of(term),
    )


def problem_from(
    term: Term,
    *,
    classes: Sequence[SchoolClass],
    slots: Iterable[Slot],
    hours: Iterable[OpeningHours],
    turns: Iterable[Turn],
    wishes: Iterable[Wish],
) -> Problem:
    """Say the same of rows that were read already; asks for the teachers alone."""
    weekdays = open_weekdays(term, hours)
    teachers = class_teachers(term.school)
    at_school = {one.pk for one in classes}
    places = tuple(_place(slot) for slot in slots if slot.weekday in weekdays)
    known = {place.slot for place in places}
    turns = [t for t in turns if t.school_class_id in at_school and t.slot_id in known]
    return Problem(
        places=places,
        comers=tuple(
            rules.Comer(
                school_class=one.pk,
                teachers=frozenset(account.pk for account in teachers.get(one.pk, ())),
            )
            for one in classes
        ),
        wishes=(
            *(_wish(wish, classes, term.year.first_year) for wish in wishes),
            *(_pinned(turn) for turn in turns if turn.is_pinned),
        ),
        standing=tuple(put_of(turn) for turn in turns),
    )


def put_of(turn: Turn) -> Put:
    """Say a turn as the solver does."""
    return Put(slot=turn.slot_id, school_class=turn.school_class_id, weeks=Weeks(turn.weeks))


def latest_proposal(term: Term) -> Proposal | None:
    """Find the last rotation that was solved, or is being solved, and was not set aside."""
    proposals = Proposal.objects.filter(term=term).exclude(state=Proposal.State.SET_ASIDE)
    return proposals.select_related("job").order_by("-id").first()


def holds_from(term: Term, today: date) -> date:
    """Tell from which day a rotation holds that is accepted today: some of today's visits are over."""
    return max(today + A_DAY, term.starts_on)


def puts_of(rows: Iterable[Sequence[Any]]) -> list[Put]:
    """Read turns as a proposal keeps them."""
    return [Put(slot=row[0], school_class=row[1], weeks=Weeks(row[2])) for row in rows]


def _place(slot: Slot) -> rules.Place:
    return rules.Place(
        slot=slot.pk,
        weekday=slot.weekday,
        period=slot.period_id,
        purpose=slot.purpose,
        capacity=slot.capacity,
        part=rules.part_of(slot.period.starts_at.hour),
    )


def _wish(wish: Wish, classes: Iterable[SchoolClass], year: int) -> rules.Wish:
    return rules.Wish(
        key=str(wish.pk),
        kind=rules.Kind(wish.kind),
        weight=rules.Weight(wish.weight),
        classes=frozenset(one.pk for one in classes if _is_meant(wish, one, year)),
        purpose=wish.purpose,
        weekdays=frozenset(wish.weekdays),
        part=rules.Part(wish.part) if wish.part else None,
        period=wish.period_id,
        times=wish.times,
        every=wish.every,
    )


def _is_meant(wish: Wish, one: SchoolClass, year: int) -> bool:
    if wish.school_class_id:
        return bool(wish.school_class_id == one.pk)
    grade = one.grade(year)
    if wish.first_grade is None or wish.last_grade is None:
        return True
    return grade is not None and wish.first_grade <= grade <= wish.last_grade


def _pinned(turn: Turn) -> rules.Wish:
    return rules.Wish(
        key=f"{OF_TURN}{turn.pk}",
        kind=rules.Kind.PINNED,
        classes=frozenset({turn.school_class_id}),
        put=put_of(turn),
    )
