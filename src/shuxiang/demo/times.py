"""The demo's time: terms, periods, opening hours, which class comes when, and the lending rules."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import product

from shuxiang.catalogue.models import Collection
from shuxiang.circulation.actions import change_terms, set_mode
from shuxiang.circulation.rules import Mode
from shuxiang.demo.moment import DemoTerm, lesson_around
from shuxiang.demo.stage import ZONE, Stage
from shuxiang.demo.stock import REFERENCE
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import Reader
from shuxiang.timetable.actions import (
    TimetableRefused,
    add_slots,
    add_typical_periods,
    change_opening_hours,
    change_period,
    change_term,
    give_turn,
    set_day,
)
from shuxiang.timetable.models import Period, Slot, Term, Turn
from shuxiang.timetable.queries import turns_on, week_letter
from shuxiang.timetable.rules import Hours

SCHOOL_DAYS = range(5)
LENDING_PERIODS = ("第2节", "第3节", "第6节")
NOON = (time(12, 10), time(13, 0))
DAY = (time(8, 0), time(16, 30))
EXTRA = "演示时段"


def govern(stage: Stage, *, now: datetime) -> None:
    """Set the lending rules: fewer books for the youngest, reference books in the room."""
    reference = Collection.objects.filter(name=REFERENCE).first()
    pupil = {"category": Reader.Category.PUPIL, "loan_days": 14, "renewals": 1, "renewal_days": 14}
    teacher = {"category": Reader.Category.TEACHER, "max_loans": 10, "loan_days": 60}
    rows: list[dict[str, object]] = [
        {**pupil, "max_loans": 2},
        {**pupil, "max_loans": 1, "grade": 1},
        {**pupil, "max_loans": 3, "grade": 5},
        {**pupil, "max_loans": 3, "grade": 6},
        {**pupil, "max_loans": 1, "collection": reference, "in_room_only": True},
        {**teacher, "renewals": 2, "renewal_days": 60},
        {**teacher, "collection": reference, "in_room_only": True},
        {"category": Reader.Category.STAFF, "max_loans": 5, "loan_days": 30},
        {"category": Reader.Category.CLASS, "max_loans": 50, "loan_days": 60},
    ]
    for row in rows:
        change_terms(school=stage.school, row=row, by=stage.librarian, now=now)


def open_doors(stage: Stage, *, now: datetime) -> None:
    """Say when the library is open, and give the day its periods."""
    add_typical_periods(school=stage.school, by=stage.librarian, now=now)
    hours = [Hours(weekday=day, opens_at=DAY[0], closes_at=DAY[1]) for day in SCHOOL_DAYS]
    change_opening_hours(school=stage.school, wanted=hours, by=stage.librarian, now=now)
    set_mode(
        school=stage.school,
        mode=Mode.BOTH,
        from_on=stage.school.day(now),
        by=stage.librarian,
        now=now,
    )
    periods = Period.objects.filter(name__in=LENDING_PERIODS).order_by("starts_at")
    stage.slots = add_slots(
        school=stage.school,
        weekdays=list(SCHOOL_DAYS),
        periods=list(periods),
        by=stage.librarian,
        now=now,
    )


def open_term(stage: Stage, term: DemoTerm, *, now: datetime) -> Term:
    """Open a term and rotate its classes through the week, most of them every second week."""
    opened = change_term(
        school=stage.school,
        first_year=term.first_year,
        number=term.number,
        dates=term.dates,
        by=stage.librarian,
        now=now,
    )
    stage.terms.append(opened)
    return opened


def rotate(stage: Stage, term: Term, *, now: datetime) -> None:
    """Give each class at school its turn, lowest grades first in the week."""
    year = school_year(stage.school, term.starts_on)
    at_school = [c for c in stage.classes if c.grade(year)]
    at_school.sort(key=lambda c: (c.grade(year), c.number))
    places = product(stage.slots, (Turn.Weeks.A, Turn.Weeks.B))
    for school_class, (slot, weeks) in zip(at_school, places, strict=False):
        give_turn(
            term=term,
            slot=slot,
            school_class=school_class,
            weeks=weeks,
            by=stage.librarian,
            now=now,
        )


def cover_the_present(stage: Stage, *, now: datetime) -> None:
    """See to it that a class is due at the present moment, whatever the hour and the day."""
    today, local = stage.today, stage.at.astimezone(ZONE)
    if today.weekday() not in SCHOOL_DAYS:
        set_day(
            school=stage.school,
            on=today,
            is_open=True,
            why="演示：今天开放",
            by=stage.librarian,
            now=now,
        )
        hours = Hours(
            weekday=today.weekday(),
            opens_at=DAY[0],
            closes_at=DAY[1],
            from_on=today,
            until_on=today,
        )
        change_opening_hours(school=stage.school, wanted=[hours], by=stage.librarian, now=now)
    period = _period_at(local.time())
    if period is None:
        starts_at, ends_at = lesson_around(local)
        period = change_period(
            school=stage.school,
            name=EXTRA,
            starts_at=starts_at,
            ends_at=ends_at,
            by=stage.librarian,
            now=now,
        )
    slot = Slot.objects.filter(weekday=today.weekday(), period=period).first()
    if slot is None:
        (slot,) = add_slots(
            school=stage.school,
            weekdays=[today.weekday()],
            periods=[period],
            by=stage.librarian,
            now=now,
        )
    if not _comes(stage, slot, today):
        _bring_a_class(stage, slot, now=now)


def _period_at(local: time) -> Period | None:
    return Period.objects.filter(starts_at__lte=local, ends_at__gt=local).order_by("pk").first()


def _comes(stage: Stage, slot: Slot, today: date) -> bool:
    return any(due.turn.slot_id == slot.pk for due in turns_on(stage.school, today))


def _bring_a_class(stage: Stage, slot: Slot, *, now: datetime) -> None:
    """Give the slot, in the weeks that are free, to a class of the middle grades that can take it."""
    year = stage.present.first_year
    classes = sorted(stage.classes, key=lambda c: (abs((c.grade(year) or 9) - 3), c.number))
    week = Turn.Weeks(week_letter(stage.terms[-1], stage.today).value)
    taken = Turn.objects.filter(term=stage.terms[-1], slot=slot).exists()
    for school_class in classes:
        try:
            give_turn(
                term=stage.terms[-1],
                slot=slot,
                school_class=school_class,
                weeks=week if taken else Turn.Weeks.EVERY,
                by=stage.librarian,
                now=now,
            )
        except TimetableRefused:
            continue
        return
