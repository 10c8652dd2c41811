"""One week of a term as a sheet: who really comes on which day, holidays and catching up included."""

from __future__ import annotations

from datetime import date, timedelta

from shuxiang.timetable import queries
from shuxiang.timetable.models import Slot, Turn
from shuxiang.web.office.times.standing import Standing

LAST_DAY = timedelta(days=6)


def one_week(standing: Standing, monday: date) -> dict[str, object]:
    """Lay out the visits of a week by the days on which they take place."""
    term = standing.term
    visits = queries.visits_offered(term.school, monday, monday + LAST_DAY)
    turns = [
        Turn(
            term=term,
            slot=Slot(weekday=one.on.weekday(), period=one.period, purpose=one.slot.purpose),
            school_class=one.school_class,
        )
        for one in visits
        if one.takes_place
    ]
    rotation = standing.rotation(turns=turns)
    closed = {one.on.weekday() for one in visits if one.is_closed}
    days = [
        (day, monday + timedelta(days=day.weekday), day.weekday in closed)
        for day in rotation.days(None)
    ]
    return {"lines": rotation.sheet(), "days": days, "from_day": max(monday, term.starts_on)}
