"""Lesson periods, breaks and the noon rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.timetable.actions.hours import refuse_to_turn_hours
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.models import OpeningHours, Period, PeriodHours, Slot, Wish
from shuxiang.timetable.rules import Objection, Reason, Span, typical_periods

MINUTES_A_DAY = 24 * 60


@transaction.atomic
def change_period(
    *,
    school: School,
    name: str,
    starts_at: time,
    ends_at: time,
    by: Account | None,
    now: datetime,
    period: Period | None = None,
) -> Period:
    """
    Enter a period, or change one that is there.

    :raises TimetableRefused: if it has no name, one that is taken, no minutes, or turns round
        opening hours that follow it
    """
    changed = period or Period(school=school)
    changed.name, changed.starts_at, changed.ends_at = name.strip(), starts_at, ends_at
    refuse_if(list(_objections(changed)))
    changed.save()
    refuse_to_turn_hours(school)
    record(
        "timetable.change_period",
        changed,
        school=school,
        by=by,
        at=now,
        name=changed.name,
        starts_at=f"{starts_at:%H:%M}",
        ends_at=f"{ends_at:%H:%M}",
    )
    return changed


@transaction.atomic
def remove_period(*, period: Period, by: Account, now: datetime) -> None:
    """
    Remove a period.

    :raises TimetableRefused: if slots, wishes or opening hours rest on it
    """
    slots = Slot.objects.filter(period=period).count()
    if slots:
        refuse_if([Objection(reason=Reason.PERIOD_HAS_SLOTS, details={"slots": slots})])
    if wishes := Wish.objects.filter(period=period).count():
        refuse_if([Objection(reason=Reason.PERIOD_HAS_WISHES, details={"wishes": wishes})])
    following = OpeningHours.objects.filter(Q(from_period=period) | Q(until_period=period))
    if weekdays := sorted({hours.weekday for hours in following}):
        details = {"weekdays": weekdays}
        refuse_if([Objection(reason=Reason.PERIOD_HAS_HOURS, details=details)])
    record("timetable.remove_period", period, school=period.school, by=by, at=now, name=period.name)
    period.delete()
    refuse_to_turn_hours(period.school)


@transaction.atomic
def add_typical_periods(*, school: School, by: Account | None, now: datetime) -> list[Period]:
    """
    Enter the usual day of a school of this kind, to be changed where it differs.

    :raises TimetableRefused: if there are periods already
    """
    if Period.objects.filter(school=school).exists():
        refuse_if([Objection(reason=Reason.PERIODS_ARE_THERE)])
    Period.objects.bulk_create(
        Period(school=school, name=name, starts_at=starts_at, ends_at=ends_at)
        for name, starts_at, ends_at in typical_periods(school.kind)
    )
    periods = list(Period.objects.filter(school=school))
    record(
        "timetable.add_typical_periods", None, school=school, by=by, at=now, periods=len(periods)
    )
    return periods


@transaction.atomic
def shift_periods(
    *,
    school: School,
    periods: Collection[Period],
    minutes: int,
    dates: Span,
    by: Account | None,
    now: datetime,
) -> list[PeriodHours]:
    """
    Let periods begin and end some minutes later within some dates, or earlier (夏令、冬令作息).

    :raises TimetableRefused: if the dates can't be, a period has other hours then already, or
        opening hours would end before they begin
    """
    refuse_if(list(_objections_to_season(periods, minutes, dates)))
    seasons = PeriodHours.objects.bulk_create(
        PeriodHours(
            school=school,
            period=period,
            from_on=dates.first,
            until_on=dates.last,
            starts_at=_moved(period.starts_at, minutes),
            ends_at=_moved(period.ends_at, minutes),
        )
        for period in periods
    )
    refuse_to_turn_hours(school)
    record(
        "timetable.shift_periods",
        None,
        school=school,
        by=by,
        at=now,
        periods=[period.pk for period in periods],
        minutes=minutes,
        from_on=dates.first.isoformat(),
        until_on=dates.last.isoformat(),
    )
    return seasons


@transaction.atomic
def remove_season(*, school: School, dates: Span, by: Account, now: datetime) -> None:
    """
    Let the periods keep their own hours within some dates again.

    :raises TimetableRefused: if opening hours would end before they begin
    """
    gone, _rows = PeriodHours.objects.filter(
        school=school, from_on=dates.first, until_on=dates.last
    ).delete()
    if gone:
        refuse_to_turn_hours(school)
        record(
            "timetable.remove_season",
            None,
            school=school,
            by=by,
            at=now,
            from_on=dates.first.isoformat(),
            until_on=dates.last.isoformat(),
        )


def _objections_to_season(
    periods: Collection[Period], minutes: int, dates: Span
) -> Iterator[Objection]:
    if not periods:
        yield Objection(reason=Reason.SEASON_WITHOUT_PERIODS)
    if dates.last < dates.first:
        yield Objection(reason=Reason.DAYS_END_BEFORE_THEY_START)
    if not minutes:
        yield Objection(reason=Reason.SEASON_MOVES_NOTHING)
    for period in periods:
        ends = (_minute(period.starts_at) + minutes, _minute(period.ends_at) + minutes)
        if not 0 <= ends[0] < ends[1] < MINUTES_A_DAY:
            named = {"period": period.name}
            yield Objection(reason=Reason.SEASON_LEAVES_THE_DAY, details=named)
    others = PeriodHours.objects.filter(
        period__in=periods, from_on__lte=dates.last, until_on__gte=dates.first
    )
    for other in others.select_related("period").order_by("from_on", "id"):
        details = {
            "from_on": other.from_on,
            "until_on": other.until_on,
            "period": other.period.name,
        }
        yield Objection(reason=Reason.SEASON_OVERLAPS, details=details)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _moved(clock: time, minutes: int) -> time:
    hour, minute = divmod(_minute(clock) + minutes, 60)
    return time(hour, minute)


def _objections(period: Period) -> Iterator[Objection]:
    if not period.name:
        yield Objection(reason=Reason.PERIOD_NAME_MISSING)
    if period.ends_at <= period.starts_at:
        yield Objection(reason=Reason.PERIOD_ENDS_BEFORE_IT_STARTS)
    others = Period.objects.filter(school=period.school).exclude(pk=period.pk)
    if others.filter(name=period.name).exists():
        yield Objection(reason=Reason.PERIOD_NAME_TAKEN, details={"name": period.name})
