"""The lending rules and the way the classes come, as a librarian sets them."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from shuxiang.circulation.models import LendingMode, LendingTerms
from shuxiang.circulation.rules import ALWAYS_REFUSED, Reason
from shuxiang.readers.tests.factories import NOW, a_class
from shuxiang.timetable.tests.factories import a_slot, a_term, a_turn
from shuxiang.web.office.times.lending_forms import WEIGHED

RULE = {
    "category": "pupil",
    "grade": "",
    "collection": "",
    "max_loans": 2,
    "loan_days": 14,
    "renewals": 1,
    "renewal_days": 14,
    "max_holds": 2,
}


@pytest.fixture(autouse=True)
def _at_school():
    with time_machine.travel(NOW, tick=False):
        yield


def add(office, **changes):
    return office.post(reverse("circulation.add_terms"), {**RULE, **changes})


def test_a_rule_is_added_changed_and_removed(office):
    add(office)
    row = LendingTerms.objects.get()
    office.post(
        reverse("circulation.change_terms", args=[row.pk]),
        {**RULE, "max_loans": 3, "weight_limit_reached": "refuse"},
    )
    row.refresh_from_db()
    assert (row.max_loans, row.weights) == (3, {"limit_reached": "refuse"})

    office.post(reverse("circulation.remove_terms", args=[row.pk]))
    assert not LendingTerms.objects.exists()


def test_the_same_rule_twice_is_refused_and_the_first_stays(office):
    add(office)
    answer = add(office, max_loans=9)

    assert answer.status_code == 422
    assert LendingTerms.objects.get().max_loans == 2


def test_a_rule_for_a_grade_stands_beside_the_rule_for_all(office):
    add(office)
    add(office, grade=1, max_loans=1, until_next_visit="on")

    assert LendingTerms.objects.get(grade=1).until_next_visit
    assert LendingTerms.objects.count() == 2


def test_a_teachers_rule_has_no_grade(office):
    assert add(office, category="teacher", grade=3).status_code == 422


def test_every_objection_that_a_school_may_weigh_is_on_the_form():
    assert set(WEIGHED) == set(Reason) - ALWAYS_REFUSED


@pytest.mark.parametrize(("whom", "grade"), [("all", None), ("grade-3", 3)])
def test_the_way_of_lending_changes_from_a_day_on_and_can_be_taken_back(office, whom, grade):
    asked = {"mode": "timetable", "whom": whom, "from_on": "2026-12-01"}
    office.post(reverse("circulation.set_mode"), asked)
    row = LendingMode.objects.get()
    assert (row.mode, row.grade, row.from_on) == ("timetable", grade, date(2026, 12, 1))

    office.post(reverse("circulation.take_back_mode", args=[row.pk]))
    assert not LendingMode.objects.exists()


def test_r03_a_class_that_comes_by_the_rotation_alone_is_to_bring_its_books_back_then(
    office, school
):
    a_turn(a_term(school), a_slot(school), a_class(school))
    a_class(school, number=5)  # no slot: it is nobody's next visit
    add(office)

    def told():
        return office.get(reverse("circulation.terms_rows")).context["by_days"]

    assert told() == 0
    office.post(
        reverse("circulation.set_mode"),
        {"mode": "timetable", "whom": "all", "from_on": NOW.date().isoformat()},
    )
    assert told() == 1
    assert "1 个班只按轮流表" in office.get(reverse("circulation.terms_rows")).content.decode()
    row = LendingTerms.objects.get()
    office.post(
        reverse("circulation.change_terms", args=[row.pk]), {**RULE, "until_next_visit": "on"}
    )
    assert told() == 0


def test_a_new_rule_goes_by_the_visits_unless_that_is_unticked(office):
    form = office.get(reverse("circulation.add_terms")).context["form"]
    assert form["until_next_visit"].value() is True
    add(office)
    assert not LendingTerms.objects.get().until_next_visit


def test_one_class_may_come_in_its_own_way(office, school):
    school_class = a_class(school)
    asked = {"mode": "open", "whom": f"class-{school_class.pk}", "from_on": "2026-12-01"}
    office.post(reverse("circulation.set_mode"), asked)

    assert LendingMode.objects.get().school_class == school_class
    assert "三年级2班" in office.get(reverse("circulation.terms_rows")).content.decode()
