"""Which class comes when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q

from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name
from shuxiang.timetable import rules
from shuxiang.timetable.models import MissedVisit, Period, Slot, Term, Turn, Weekday, Wish
from shuxiang.timetable.queries.days import bells_for, calendar, hours_said
from shuxiang.timetable.rules import Comings, Objection, Pattern, Reason, Weeks

EXAMPLES = 5


@dataclass(frozen=True, kw_only=True)
class DueTurn:
    """A class that comes on a day, and when."""

    turn: Turn
    school_class: SchoolClass
    period: Period


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A turn that stands although it could not be given today, why, and where it could go."""

    turn: Turn
    objections: tuple[Objection, ...]
    better: Slot | None


def next_turn_on(school: School, school_class: SchoolClass, after: date) -> date | None:
    """Find the next day after a day on which a class comes to borrow; None if no turn is left."""
    comings = lending_comings(school, after).get(school_class.pk)
    return rules.next_coming(comings, after, calendar(school, around=after)) if comings else None


def lending_comings(school: School, after: date) -> dict[int, Comings]:
    """Gather when each class comes to borrow after a day, by the classes' keys, in two queries.

    A visit that is known to be missed is left out, and the day on which it is caught up comes in.
    """
    turns = Turn.objects.filter(
        school=school, slot__purpose=Slot.Purpose.LENDING, term__ends_on__gt=after
    ).select_related("term", "slot")
    missed = MissedVisit.objects.filter(school=school).filter(
        Q(on__gt=after) | Q(caught_up_on__gt=after)
    )
    left_out: dict[int, set[date]] = defaultdict(set)
    caught_up: dict[int, set[date]] = defaultdict(set)
    for key, school_class, on, instead, purpose in missed.values_list(
        "turn_id", "turn__school_class_id", "on", "caught_up_on", "caught_up_slot__purpose"
    ):
        left_out[key].add(on)
        if instead and purpose == Slot.Purpose.LENDING:
            caught_up[school_class].add(instead)
    patterns: dict[int, list[Pattern]] = defaultdict(list)
    for turn in turns:
        pattern = replace(pattern_of(turn), missed=frozenset(left_out[turn.pk]))
        patterns[turn.school_class_id].append(pattern)
    return {
        key: Comings(turns=tuple(patterns[key]), caught_up=frozenset(caught_up[key]))
        for key in {*patterns, *caught_up}
    }


def see_timetable(term: Term) -> list[Turn]:
    """List the rotation of a term as it stands, in the order of the week."""
    return list(
        Turn.objects.standing()
        .filter(term=term)
        .select_related("term__year", "slot__period", "school_class__school")
        .order_by(
            "slot__weekday",
            "slot__period__starts_at",
            "weeks",
            "-school_class__cohort",
            "school_class__number",
            "id",
        )
    )


def slots_given(school: School) -> list[Slot]:
    """List the slots that a class can be given, in the order of the week."""
    return list(
        Slot.objects.filter(school=school, capacity__gt=0)
        .select_related("period")
        .order_by("weekday", "period__starts_at", "purpose", "id")
    )


def turn_objections(wanted: Turn, standing: Iterable[Turn]) -> list[Objection]:
    """Hear what stands against a turn beside those that stand; asks the database nothing more."""
    that_day = [
        turn
        for turn in standing
        if turn.slot.weekday == wanted.slot.weekday and turn.term_id == wanted.term_id
    ]
    year = wanted.term.year.first_year
    objections = list(_about_class(wanted, that_day, year))
    here = [turn for turn in that_day if turn.slot_id == wanted.slot_id]
    in_the_way = [turn for turn in here if _meet(turn, wanted)]
    if not Weeks(wanted.weeks).letters <= free_weeks(wanted.slot, here):
        names = "、".join(class_name(turn.school_class, year) for turn in in_the_way)
        objections.append(Objection(reason=Reason.SLOT_FULL, details={"classes": names}))
    return objections


def _about_class(wanted: Turn, that_day: Sequence[Turn], year: int) -> Iterator[Objection]:
    named = {"school_class": class_name(wanted.school_class, year)}
    if wanted.school_class.grade(year) is None:
        yield Objection(reason=Reason.CLASS_NOT_AT_SCHOOL, details=named)
    own = [turn for turn in that_day if turn.school_class_id == wanted.school_class_id]
    if any(turn.slot_id == wanted.slot_id for turn in own):
        yield Objection(reason=Reason.CLASS_HAS_SLOT, details=named)
    elif meeting := [turn for turn in own if _meet(turn, wanted)]:
        period = meeting[0].slot.period.name
        yield Objection(reason=Reason.CLASS_COMES_THAT_DAY, details={**named, "period": period})


def conflicts(
    standing: Sequence[Turn], slots: Sequence[Slot], open_weekdays: frozenset[int]
) -> list[Conflict]:
    """Find the turns that no longer fit, and for each the first slot into which it would."""
    found = []
    for turn in standing:
        others = [other for other in standing if other.pk != turn.pk]
        objections = turn_objections(turn, others)
        if turn.slot.weekday not in open_weekdays:
            objections.append(Objection(reason=Reason.DAY_NOT_OPEN))
        if objections:
            better = _better(turn, others, slots, open_weekdays)
            found.append(Conflict(turn=turn, objections=tuple(objections), better=better))
    return found


def _better(
    turn: Turn, others: Sequence[Turn], slots: Sequence[Slot], open_weekdays: frozenset[int]
) -> Slot | None:
    near_first = sorted(slots, key=lambda slot: abs(slot.weekday - turn.slot.weekday))
    for slot in near_first:
        there = Turn(
            school_id=turn.school_id,
            term=turn.term,
            slot=slot,
            school_class=turn.school_class,
            weeks=turn.weeks,
        )
        same_kind = slot.purpose == turn.slot.purpose and slot.weekday in open_weekdays
        if same_kind and not turn_objections(there, others):
            return slot
    return None


def free_weeks(slot: Slot, standing: Iterable[Turn]) -> frozenset[rules.Letter]:
    """Tell in which weeks a slot has room for one class more."""
    here = [turn for turn in standing if turn.slot_id == slot.pk]
    return frozenset(
        letter
        for letter in rules.Letter
        if sum(letter in Weeks(turn.weeks).letters for turn in here) < slot.capacity
    )


def _meet(one: Turn, other: Turn) -> bool:
    return Weeks(one.weeks).meets(Weeks(other.weeks))


def _load(turns: Iterable[Turn]) -> int:
    """Count how many classes come at once in the fuller of the two weeks."""
    weeks = [Weeks(turn.weeks) for turn in turns]
    return max(sum(letter in one.letters for one in weeks) for letter in rules.Letter)


def fullest(slot: Slot) -> int:
    """Count how many classes come at once in a slot, in the fullest of its terms."""
    by_term: dict[int, list[Turn]] = {}
    for turn in Turn.objects.standing().filter(slot=slot):
        by_term.setdefault(turn.term_id, []).append(turn)
    return max((_load(turns) for turns in by_term.values()), default=0)


def broken_invariants(school: School) -> list[Broken]:
    """Find what should never be: overlapping terms, overfull slots, rules and hours that can't hold."""
    terms = Term.objects.filter(school=school).order_by("starts_on", "id")
    overlaps = [
        f"{later.starts_on}" for one, later in pairwise(terms) if later.starts_on <= one.ends_on
    ]
    by_slot: dict[tuple[int, int], list[Turn]] = {}
    for turn in Turn.objects.standing().filter(school=school).select_related("slot"):
        by_slot.setdefault((turn.term_id, turn.slot_id), []).append(turn)
    overfull = [
        f"{turns[0].slot_id}" for turns in by_slot.values() if _load(turns) > turns[0].slot.capacity
    ]
    unreadable = [
        f"{wish.pk}"
        for wish in Wish.objects.filter(school=school).order_by("id")
        if not set(wish.weekdays) <= set(Weekday.values)
    ]
    said = hours_said(school)
    bells = bells_for(school, said)
    turned = [f"{hours.weekday + 1} {day}" for hours in said if (day := hours.fails_on(bells))]
    found = {
        "timetable.terms_overlap": overlaps,
        "timetable.slots_overfull": overfull,
        "timetable.wishes_unreadable": unreadable,
        "timetable.hours_turned_round": turned,
    }
    return [
        Broken(code=code, count=len(examples), examples=tuple(sorted(examples)[:EXAMPLES]))
        for code, examples in found.items()
        if examples
    ]


def pattern_of(turn: Turn) -> Pattern:
    """Say a turn as the calendar sees it."""
    last = turn.term.ends_on
    if turn.ended_on is not None:
        last = min(last, turn.ended_on - timedelta(days=1))
    return Pattern(
        weekday=turn.slot.weekday,
        weeks=Weeks(turn.weeks),
        week_one=turn.term.starts_on,
        first=max(turn.term.starts_on, turn.first_day),
        last=last,
    )
