"""What must never be among pairs and sessions, planted by hand in the database."""

from __future__ import annotations

from shuxiang.circulation.tests.factories import NOW, TODAY, a_library
from shuxiang.clockwork.tests.faults_of_helpers import sql
from shuxiang.programmes import actions
from shuxiang.timetable.tests.factories import a_term


def a_pair(library, guide, reader):
    return actions.confirm_pair(
        school_class=library.school_class,
        guide=library.pupils[guide],
        reader=library.pupils[reader],
        by=library.librarian,
        now=NOW,
    )


def in_two_pairs(library):
    first = a_pair(library, 0, 1)
    actions.end_pair(pair=first, by=library.librarian, now=NOW)
    a_pair(library, 1, 2)
    sql("UPDATE programmes_pair SET until_on = NULL WHERE id = %s", first.pk)


def pairs_of_another_school(library):
    a_pair(library, 0, 1)
    sql("UPDATE programmes_pair SET reader_id = %s", a_library().pupils[0].pk)


def sessions_of_another_school(library):
    a_term(library.school)
    held = actions.Held(on=TODAY, way="talk", held_by="周敏")
    actions.hold_session(
        school_class=library.school_class, held=held, away=[], by=library.librarian, now=NOW
    )
    sql("UPDATE programmes_session SET school_class_id = %s", a_library().school_class.pk)


OF_PROGRAMMES = {
    "programmes.in_two_pairs": in_two_pairs,
    "programmes.pairs_of_another_school": pairs_of_another_school,
    "programmes.sessions_of_another_school": sessions_of_another_school,
}
