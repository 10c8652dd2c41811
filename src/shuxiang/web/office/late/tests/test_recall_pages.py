"""The pages of the end of term."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuxiang.circulation.models import DueChange, Loan
from shuxiang.circulation.tests.factories import NOW
from shuxiang.timetable.actions import set_day
from shuxiang.timetable.models import Turn
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import BEFORE, a_slot, a_term, a_turn
from shuxiang.web.office.late.tests.test_late_pages import page, words

PAGE, CLASS = "circulation.see_recall", "circulation.see_class_recall"


@pytest.fixture
def term(library):
    dates = TermDates(
        starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22), recall_on=date(2026, 11, 27)
    )
    return a_term(library.school, dates)


def test_r08_before_the_first_term_the_page_asks_for_one(library, office):
    assert reverse("timetable.add_term") in page(office, PAGE).content.decode()


def test_r08_one_press_makes_all_due_by_the_recall_day_and_one_takes_it_back(library, office, term):
    loan = library.lend(copy=2, pupil=2)
    Loan.objects.filter(pk=loan.pk).update(due_on=date(2027, 1, 20), lent_on=date(2026, 11, 20))
    assert "有 1 册的到期日晚于催还日" in words(page(office, PAGE))
    office.post(reverse("circulation.shorten_loans"))
    assert Loan.objects.get(pk=loan.pk).due_on == date(2026, 11, 27)
    office.post(reverse("circulation.give_days_back"))
    assert Loan.objects.get(pk=loan.pk).due_on == date(2027, 1, 20)


def test_r08_the_certificate_waits_until_the_class_is_clear(library, office, teacher, term):
    key = library.school_class.pk
    refused = office.get(reverse("late.clearance", args=[key]), follow=True)
    assert "这个班还有书没还" in words(refused)
    library.take_back(0)
    kept = Loan.objects.get(copy=library.copies[1])
    asked = {
        "school_class": key,
        "loan": kept.pk,
        "until_on": "2027-02-25",
        "reason": "假期阅读",
    }
    again = office.post(reverse("circulation.let_stay"), asked | {"reason": ""})
    assert (again.status_code, again.context["ticked"]) == (422, {kept.pk})
    assert f'value="{kept.pk}" checked' in " ".join(again.content.decode().split())
    too_soon = asked | {"until_on": "2027-01-20"}
    assert office.post(reverse("circulation.let_stay"), too_soon).status_code == 422
    office.post(reverse("circulation.let_stay"), asked)
    for client in (office, teacher):
        said = words(page(client, "late.clearance", key))
        assert "所借图书均已还清" in said
        assert "另有 1 册经图书室同意假期续借" in said
    office.post(reverse("circulation.take_stay_back", args=[DueChange.objects.get().pk]))
    assert office.get(reverse("late.clearance", args=[key])).status_code == 302


def test_r08_slips_tell_the_recall_day_and_leave_out_what_stays(library, office, teacher, term):
    said = words(page(teacher, "late.class_slips", library.school_class.pk, recall="1"))
    assert "请在11月27日前把书全部还清" in said
    assert "学生1" in said
    assert "放行" not in words(page(teacher, CLASS, library.school_class.pk))
    assert "准许假期续借" not in words(page(teacher, CLASS, library.school_class.pk))


def test_r06_a_late_slip_names_the_recall_day_where_the_class_comes_only_after_it(
    library, office, term
):
    library.lend_late(copy=2, pupil=2)
    args = [library.school_class.pk]
    a_turn(term, a_slot(library.school, weekday=1), library.school_class, now=BEFORE)
    soon = words(office.get(reverse("late.class_slips", args=args)))
    assert ("最迟11月24日随班到馆时归还" in soon, "还清" in soon) == (True, False)
    Turn.objects.update(slot=a_slot(library.school, weekday=0))
    late = words(office.get(reverse("late.class_slips", args=args)))
    assert ("随班到馆" in late, "请在11月27日前把书全部还清" in late) == (False, True)


def test_r08_a_recall_day_on_a_closed_day_is_told_as_the_open_day_before(library, office, term):
    closed = {"on": date(2026, 11, 27), "why": "校运动会", "by": library.librarian, "now": NOW}
    set_day(school=library.school, **closed)
    slip = words(page(office, "late.class_slips", library.school_class.pk, recall="1"))
    assert "请在11月26日前把书全部还清" in slip
    assert "请在11月26日前全部还清" in words(page(office, CLASS, library.school_class.pk))


@pytest.mark.parametrize("name", [PAGE, CLASS])
def test_the_pages_cost_a_fixed_number_of_statements(library, office, term, name):
    args = [library.school_class.pk] if name == CLASS else []
    counts = []
    for copy in (2, 3):
        page(office, name, *args)
        with CaptureQueriesContext(connection) as seen:
            page(office, name, *args)
        counts.append(len(seen))
        library.lend_late(copy=copy, pupil=2)
    assert counts[0] == counts[1], counts
