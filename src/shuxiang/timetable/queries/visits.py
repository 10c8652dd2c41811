"""When classes come, day by day: what the rotation offers, what was missed, what is caught up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django_scopes import scopes_disabled

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import local_moment
from shuxiang.readers.models import SchoolClass
from shuxiang.timetable import rules
from shuxiang.timetable.models import ClassFeed, MissedVisit, Period, Slot, Turn
from shuxiang.timetable.queries.days import calendar, hours_on, seasons_of
from shuxiang.timetable.queries.rotation import DueTurn, pattern_of, slots_given
from shuxiang.timetable.rules import Calendar, Span

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=100)
"""Within which the next visit is looked for: longer than any holidays."""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A visit of a class on a day: by its turn, or caught up in another slot."""

    on: date
    turn: Turn
    slot: Slot
    missed: MissedVisit | None = None
    is_closed: bool = False
    """The rotation would have it, but the library is closed that day."""
    is_caught_up: bool = False
    hours: tuple[time, time]
    """When it begins and ends, as the season has it."""

    @property
    def school_class(self) -> SchoolClass:
        return self.turn.school_class

    @property
    def period(self) -> Period:
        return self.slot.period

    @property
    def takes_place(self) -> bool:
        return not self.is_closed and (self.missed is None or self.is_caught_up)


def visits_offered(
    school: School, first: date, last: date, *, school_class: SchoolClass | None = None
) -> list[Offered]:
    """List the visits of a class, or of all, from a day to a day; asks six queries."""
    days = calendar(school, around=first)
    turns = (
        Turn.objects.filter(school=school, term__starts_on__lte=last, term__ends_on__gte=first)
        .select_related("term", "slot__period", "school_class__school")
        .order_by("id")
    )
    missed = (
        MissedVisit.objects.filter(school=school)
        .filter(Q(on__range=(first, last)) | Q(caught_up_on__range=(first, last)))
        .select_related("turn__term", "turn__school_class__school", "turn__slot__period")
        .select_related("caught_up_slot__period")
    )
    if school_class:
        turns = turns.filter(school_class=school_class)
        missed = missed.filter(turn__school_class=school_class)
    span = Span(first=first, last=last)
    found = [*_by_rotation(turns, missed, days, span), *_caught_up(missed, span)]
    seasons = seasons_of(school)
    in_season = [replace(one, hours=hours_on(one.period, one.on, seasons)) for one in found]
    return sorted(in_season, key=lambda one: (one.on, one.hours, one.turn.pk))


def next_visit(school_class: SchoolClass, moment: datetime) -> Offered | None:
    """Find the next visit of a class that has not begun, to borrow or for whatever else."""
    local = local_moment(school_class.school.zone, moment)
    today = local.date()
    visits = visits_offered(school_class.school, today, today + AHEAD, school_class=school_class)
    return next(
        (
            one
            for one in visits
            if one.takes_place and (one.on, one.hours[0]) > (today, local.time())
        ),
        None,
    )


def slots_today(school: School, moment: datetime) -> dict[int, tuple[time, time]]:
    """Tell when the slots of a moment's day begin and end, as the season has it."""
    today = school.day(moment)
    weekday = calendar(school, around=today).timetable_weekday(today)
    if weekday is None:
        return {}
    seasons = seasons_of(school)
    slots = Slot.objects.filter(school=school, weekday=weekday).select_related("period")
    return {slot.pk: hours_on(slot.period, today, seasons) for slot in slots}


def free_places(
    school: School,
    school_class: SchoolClass,
    *,
    purpose: str,
    first: date,
    last: date,
    now: datetime,
) -> list[tuple[date, Slot]]:
    """List the days and slots to come with room for a class on which it does not come anyway."""
    local = local_moment(school.zone, now)
    over = {key for key, (_, ends) in slots_today(school, now).items() if ends <= local.time()}
    days = calendar(school, around=first)
    visits = visits_offered(school, first, last)
    load = Counter((one.on, one.slot.pk) for one in visits if one.takes_place)
    own = {one.on for one in visits if one.school_class.pk == school_class.pk}
    slots = [slot for slot in slots_given(school) if slot.purpose == purpose]
    found, day = [], max(first, local.date())
    while day <= last:
        weekday = days.timetable_weekday(day)
        if days.is_open(day) and day not in own and term_of(days, day):
            found += [
                (day, slot)
                for slot in slots
                if slot.weekday == weekday and load[day, slot.pk] < slot.capacity
                if day > local.date() or slot.pk not in over
            ]
        day += ONE_DAY
    return found


def term_of(days: Calendar, day: date) -> Span | None:
    """Find the term's days among which a day lies."""
    return next((span for span in days.terms if span.first <= day <= span.last), None)


def turns_on(school: School, day: date) -> list[DueTurn]:
    """List the classes that come on a day, in the order of the lessons; who catches up is among them."""
    due = [one for one in visits_offered(school, day, day) if one.takes_place]
    for one in due:
        one.period.starts_at, one.period.ends_at = one.hours
    return [DueTurn(turn=one.turn, school_class=one.school_class, period=one.period) for one in due]


def turn_next(school_class: SchoolClass, moment: datetime) -> Turn | None:
    """Find the turn for which a class comes at a moment: the first of the day that is not over."""
    local = local_moment(school_class.school.zone, moment)
    due = [
        one
        for one in turns_on(school_class.school, local.date())
        if one.school_class.pk == school_class.pk
    ]
    return next((one.turn for one in due if one.period.ends_at > local.time()), None)


def period_of(turn: Turn, day: date) -> Period:
    """Tell in which period a turn comes on a day, be it to catch up, with the season's hours; two queries."""
    instead = MissedVisit.objects.filter(turn=turn, caught_up_on=day)
    caught_up = instead.select_related("caught_up_slot__period").first()
    slot = (caught_up and caught_up.caught_up_slot) or turn.slot
    slot.period.starts_at, slot.period.ends_at = hours_on(slot.period, day, seasons_of(turn.school))
    return slot.period


def feed_of(school_class: SchoolClass) -> ClassFeed | None:
    """Find the secret address of a class's calendar."""
    return ClassFeed.objects.filter(school_class=school_class).first()


def feed_by_secret(secret: str) -> ClassFeed | None:
    """Find whose calendar is asked for: a calendar that follows it has not signed in."""
    with scopes_disabled():
        return (
            ClassFeed.objects.select_related("school", "school_class__school")
            .filter(secret=secret)
            .first()
        )


def _by_rotation(
    turns: Iterable[Turn], missed: Iterable[MissedVisit], days: Calendar, span: Span
) -> Iterator[Offered]:
    said = {(one.turn_id, one.on): one for one in missed}
    for turn in turns:
        pattern = pattern_of(turn)
        day, until = max(span.first, pattern.first), min(span.last, pattern.last)
        while day <= until:
            if rules.falls_on(pattern, day, days):
                yield Offered(
                    on=day,
                    turn=turn,
                    slot=turn.slot,
                    missed=said.get((turn.pk, day)),
                    is_closed=not days.is_open(day),
                    hours=(turn.slot.period.starts_at, turn.slot.period.ends_at),
                )
            day += ONE_DAY


def _caught_up(missed: Iterable[MissedVisit], span: Span) -> Iterator[Offered]:
    for one in missed:
        day, slot = one.caught_up_on, one.caught_up_slot
        if day and slot and span.first <= day <= span.last:
            yield Offered(
                on=day,
                turn=one.turn,
                slot=slot,
                missed=one,
                is_caught_up=True,
                hours=(slot.period.starts_at, slot.period.ends_at),
            )
