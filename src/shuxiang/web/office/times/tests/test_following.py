"""What a page changes of days and visits, due dates follow, and it is said."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django_scopes import scope

from shuxiang.circulation import actions
from shuxiang.circulation.models import Loan
from shuxiang.circulation.tests.factories import NOW, a_library
from shuxiang.timetable.tests.factories import a_slot, a_term, a_turn

DAY = timedelta(days=1)
DUE = date(2026, 12, 7)


@pytest.fixture
def library(client, db):
    made = a_library()
    client.force_login(made.librarian)
    with scope(school=made.school), time_machine.travel(NOW, tick=False):
        yield made


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_r25_closing_a_day_and_opening_it_again_takes_the_books_along(client, library):
    loan = library.lend()
    days = {"on": DUE, "until": DUE, "state": "closed", "why": "运动会"}
    closed = client.post(reverse("timetable.set_day"), days)
    loan.refresh_from_db()
    assert loan.due_on == DUE + DAY
    assert "1 册在借图书的到期日" in said(closed)

    client.post(reverse("timetable.unset_day"), {"on": DUE, "until": DUE})
    loan.refresh_from_db()
    assert loan.due_on == DUE


def test_r25_a_day_on_which_nothing_is_due_says_nothing_of_books(client, library):
    library.lend()
    closed = client.post(reverse("timetable.set_day"), {"on": DUE + DAY, "state": "closed"})
    assert "到期" not in said(closed)
    assert Loan.objects.get().due_on == DUE


def test_r26_a_class_moved_to_another_day_takes_its_books_along(client, library):
    school = library.school
    turn = a_turn(
        a_term(school), a_slot(school, weekday=1), library.school_class, now=NOW - 90 * DAY
    )
    row = {"category": "pupil", "max_loans": 4, "loan_days": 14, "until_next_visit": True}
    actions.change_terms(school=school, row=row, by=None, now=NOW)
    loan = library.lend()
    thursday = a_slot(school, weekday=3)
    address = reverse("timetable.move_turn", args=[turn.pk])
    moved = client.post(address, {"slot": thursday.pk, "weeks": "every"})
    loan.refresh_from_db()
    assert loan.due_on == date(2026, 11, 26)
    assert "1 册在借图书的到期日" in said(moved)
