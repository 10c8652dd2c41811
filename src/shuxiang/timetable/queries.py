"""What the timetable can be asked. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import local_moment
from shuxiang.readers.models import SchoolClass
from shuxiang.timetable import rules
from shuxiang.timetable.models import DayException, OpeningHours, Period, Slot, Term, Turn
from shuxiang.timetable.rules import Calendar, OpenState, Pattern

DAYS_BACK = timedelta(days=400)
DAYS_AHEAD = timedelta(days=800)
EXAMPLES = 5


@dataclass(frozen=True, kw_only=True)
class DueTurn:
    """A class that comes on a day, and when."""

    turn: Turn
    school_class: SchoolClass
    period: Period


def calendar(school: School, *, around: date) -> Calendar:
    """Gather a school's days in three queries; its own words for a year before a day and two after."""
    said = DayException.objects.filter(
        school=school, on__gte=_minus(around, DAYS_BACK), on__lte=_plus(around, DAYS_AHEAD)
    )
    return Calendar(
        said={
            one.on: rules.SaidDay(is_open=one.is_open, follows=one.follows, why=one.why)
            for one in said
        },
        hours=tuple(_hours(row) for row in OpeningHours.objects.filter(school=school)),
        terms=tuple(
            rules.Span(first=first, last=last)
            for first, last in Term.objects.filter(school=school).values_list(
                "starts_on", "ends_on"
            )
        ),
    )


def term_on(school: School, day: date) -> Term | None:
    """Find the term in which a day lies."""
    return (
        Term.objects.filter(school=school, starts_on__lte=day, ends_on__gte=day)
        .select_related("year")
        .first()
    )


def term_near(school: School, day: date) -> Term | None:
    """Find the term of a day, or else the next one, or else the last."""
    terms = Term.objects.filter(school=school).select_related("year")
    return terms.filter(ends_on__gte=day).first() or terms.last()


def week_letter(term: Term, day: date) -> rules.Letter:
    """Tell whether a day's week is an A or a B week of a term."""
    return rules.week_letter(term.starts_on, day)


def closing_time(school: School, day: date, *, category: str, grade: int | None) -> time | None:
    """Tell until when a reader may be in the library on a day; None where that is not known."""
    days = calendar(school, around=day)
    return rules.closing_time(days, day, category=category, grade=grade)


def open_state(school: School, moment: datetime) -> OpenState:
    """Tell what is open at a moment, or what opens next, by the school's own clock."""
    local = local_moment(school.zone, moment)
    return rules.open_state(calendar(school, around=local.date()), local)


def lesson_now(school: School, moment: datetime) -> Period | None:
    """Find the lesson period in which a moment lies."""
    clock = local_moment(school.zone, moment).time()
    return (
        Period.objects.filter(school=school, starts_at__lte=clock, ends_at__gt=clock)
        .order_by("-starts_at")
        .first()
    )


def turns_on(school: School, day: date) -> list[DueTurn]:
    """List the classes that come on a day, in the order of the lessons."""
    days = calendar(school, around=day)
    weekday = days.timetable_weekday(day)
    if weekday is None or not days.is_open(day):
        return []
    turns = (
        Turn.objects.on(day)
        .filter(school=school, slot__weekday=weekday)
        .select_related("term", "slot__period", "school_class__school")
        .order_by("slot__period__starts_at", "school_class__cohort", "school_class__number", "id")
    )
    return [
        DueTurn(turn=turn, school_class=turn.school_class, period=turn.slot.period)
        for turn in turns
        if rules.comes_on(_pattern(turn), day, days)
    ]


def next_turn_on(school: School, school_class: SchoolClass, after: date) -> date | None:
    """Find the next day after a day on which a class comes to borrow; None if no turn is left."""
    turns = Turn.objects.filter(
        school=school,
        school_class=school_class,
        slot__purpose=Slot.Purpose.LENDING,
        term__ends_on__gt=after,
    ).select_related("term", "slot")
    patterns = [_pattern(turn) for turn in turns]
    return rules.next_coming(patterns, after, calendar(school, around=after)) if patterns else None


def standing_turns(term: Term) -> list[Turn]:
    """List the rotation of a term as it stands, in the order of the week."""
    return list(
        Turn.objects.standing()
        .filter(term=term)
        .select_related("slot__period", "school_class__school")
        .order_by(
            "slot__weekday",
            "slot__period__starts_at",
            "weeks",
            "-school_class__cohort",
            "school_class__number",
            "id",
        )
    )


def load(turns: Iterable[Turn]) -> int:
    """Count how many classes come at once in the fuller of the two weeks."""
    weeks = [rules.Weeks(turn.weeks) for turn in turns]
    return max(sum(letter in one.letters for one in weeks) for letter in rules.Letter)


def fullest(slot: Slot) -> int:
    """Count how many classes come at once in a slot, in the fullest of its terms."""
    by_term: dict[int, list[Turn]] = {}
    for turn in Turn.objects.standing().filter(slot=slot):
        by_term.setdefault(turn.term_id, []).append(turn)
    return max((load(turns) for turns in by_term.values()), default=0)


def broken_invariants(school: School) -> list[Broken]:
    """Find what should never be: terms that overlap, slots with more classes than they hold."""
    terms = Term.objects.filter(school=school).order_by("starts_on", "id")
    overlaps = [
        f"{later.starts_on}" for one, later in pairwise(terms) if later.starts_on <= one.ends_on
    ]
    by_slot: dict[tuple[int, int], list[Turn]] = {}
    for turn in Turn.objects.standing().filter(school=school).select_related("slot"):
        by_slot.setdefault((turn.term_id, turn.slot_id), []).append(turn)
    overfull = [
        f"{turns[0].slot_id}" for turns in by_slot.values() if load(turns) > turns[0].slot.capacity
    ]
    found = {"timetable.terms_overlap": overlaps, "timetable.slots_overfull": overfull}
    return [
        Broken(code=code, count=len(examples), examples=tuple(sorted(examples)[:EXAMPLES]))
        for code, examples in found.items()
        if examples
    ]


def _hours(row: OpeningHours) -> rules.Hours:
    return rules.Hours(
        weekday=row.weekday,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        audience=rules.Audience(kind=rules.For(row.audience), grade=row.grade),
        room=row.room,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _pattern(turn: Turn) -> Pattern:
    last = turn.term.ends_on
    if turn.ended_on is not None:
        last = min(last, turn.ended_on - timedelta(days=1))
    return Pattern(
        weekday=turn.slot.weekday,
        weeks=rules.Weeks(turn.weeks),
        week_one=turn.term.starts_on,
        first=max(turn.term.starts_on, turn.from_on or turn.term.starts_on),
        last=last,
    )


def _minus(day: date, days: timedelta) -> date:
    return day - days if day - date.min > days else date.min


def _plus(day: date, days: timedelta) -> date:
    return day + days if date.max - day > days else date.max
