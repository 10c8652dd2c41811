"""What must never be among the school's days and hours, planted by hand in the database."""

from __future__ import annotations

from datetime import date

from django.db import connection

from shuxiang.platform.schools.models import SchoolYear
from shuxiang.timetable.models import OpeningHours, Period, PeriodHours, Slot, Term, Turn, Wish


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def a_term(library, number, starts_on, ends_on):
    year = SchoolYear.objects.get(school=library.school)
    return Term.objects.create(
        school=library.school, year=year, number=number, starts_on=starts_on, ends_on=ends_on
    )


def terms_overlap(library):
    a_term(library, 1, date(2026, 9, 1), date(2027, 1, 22))
    a_term(library, 2, date(2027, 2, 15), date(2027, 7, 2))
    sql("UPDATE timetable_term SET starts_on = '2027-01-20' WHERE number = 2")


def slots_overfull(library):
    term = a_term(library, 1, date(2026, 9, 1), date(2027, 1, 22))
    period = Period.objects.create(
        school=library.school, name="第三节", starts_at="10:00", ends_at="10:40"
    )
    slot = Slot.objects.create(school=library.school, weekday=0, period=period)
    Turn.objects.create(
        school=library.school, term=term, slot=slot, school_class=library.school_class
    )
    sql("UPDATE timetable_slot SET capacity = 0")


def hours_turned_round(library):
    period = Period.objects.create(
        school=library.school, name="第七节", starts_at="15:30", ends_at="16:10"
    )
    OpeningHours.objects.create(
        school=library.school,
        weekday=0,
        from_period=period,
        from_edge="ends",
        closes_at="17:00",
    )
    PeriodHours.objects.create(
        school=library.school,
        period=period,
        from_on=date(2027, 5, 1),
        until_on=date(2027, 9, 30),
        starts_at="16:30",
        ends_at="17:10",
    )


def wishes_unreadable(library):
    term = a_term(library, 1, date(2026, 9, 1), date(2027, 1, 22))
    Wish.objects.create(school=library.school, term=term, kind=Wish.Kind.NOT, weekdays=[9])


OF_TIMES = {
    "timetable.terms_overlap": terms_overlap,
    "timetable.slots_overfull": slots_overfull,
    "timetable.wishes_unreadable": wishes_unreadable,
    "timetable.hours_turned_round": hours_turned_round,
}
