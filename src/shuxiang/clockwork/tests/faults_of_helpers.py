"""What must never be among student librarians, planted by hand in the database."""

from __future__ import annotations

from datetime import date

from django.db import connection

from shuxiang.circulation.tests.factories import NOW, TODAY, a_library
from shuxiang.student_librarians import actions as helping
from shuxiang.student_librarians.models import Duty
from shuxiang.student_librarians.tests.factories import a_shift, an_appointed_helper
from shuxiang.timetable.models import Term
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import a_term

SPRING = TermDates(starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 2))


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def a_helper(library):
    term = a_term(library.school)
    return an_appointed_helper(library.pupils[0], term, by=library.librarian, now=NOW)


def appointed_untested(library):
    a_helper(library)
    sql("DELETE FROM student_librarians_exam")


def helper_of_another_school(library):
    a_helper(library)
    sql("UPDATE student_librarians_post SET reader_id = %s", a_library().pupils[0].pk)


def duties_of_nobody(library):
    a_duty(library)
    sql("UPDATE student_librarians_duty SET post_id = %s", nobody(library).pk)


def shifts_overfull(library):
    a_duty(library)
    sql("UPDATE student_librarians_shift SET places = 1")
    other = an_appointed_helper(
        library.pupils[1], Term.objects.get(), by=library.librarian, now=NOW
    )
    Duty.objects.create(school=library.school, post=other, shift=Duty.objects.get().shift, on=TODAY)


def a_duty(library):
    shift = a_shift(library.school, now=NOW)
    helping.give_duty(post=a_helper(library), shift=shift, on=TODAY, by=library.librarian, now=NOW)


def nobody(library):
    return helping.nominate(
        reader=library.pupils[2], term=Term.objects.get(), by=library.librarian, now=NOW
    )


def trained_in_another_term(library):
    a_helper(library)
    spring = a_term(library.school, SPRING, 2)
    sql("UPDATE student_librarians_training SET term_id = %s", spring.pk)


OF_HELPERS = {
    "student_librarians.appointed_untested": appointed_untested,
    "student_librarians.duties_of_nobody": duties_of_nobody,
    "student_librarians.of_another_school": helper_of_another_school,
    "student_librarians.shifts_overfull": shifts_overfull,
    "student_librarians.trained_in_another_term": trained_in_another_term,
}
