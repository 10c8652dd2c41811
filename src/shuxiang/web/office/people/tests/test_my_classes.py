from datetime import timedelta

import pytest
from django.urls import reverse

from shuxiang.catalogue.tests.factories import a_copy, a_title
from shuxiang.circulation.models import Loan
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.actions import name_class_teacher, release_class_teacher
from shuxiang.readers.tests.factories import NOW, TODAY, a_class, a_reader, an_account


@pytest.fixture
def class_two(school):
    return a_class(school, 3, 2)


@pytest.fixture
def teacher(school, class_two, client):
    he = an_account(school, Role.CLASS_TEACHER, name="何文")
    name_class_teacher(school_class=class_two, account=he, on=TODAY, by=None, now=NOW)
    client.force_login(he)
    return client


def lend(school, reader, title, school_class, *, days_ago, is_back=False):
    copy = a_copy(school, a_title(title))
    lent_on = TODAY - timedelta(days=days_ago)
    moment = NOW - timedelta(days=days_ago)
    Loan.objects.create(
        school=school,
        copy=copy,
        reader=reader,
        reader_category="pupil",
        school_class=school_class,
        grade=3,
        lent_at=moment,
        lent_on=lent_on,
        due_on=lent_on + timedelta(days=14),
        returned_at=NOW if is_back else None,
        returned_on=TODAY if is_back else None,
    )


def test_a_teacher_sees_what_is_out_and_late_but_not_what_was_read(teacher, school, class_two):
    lin = a_reader(school, "林书言", school_class=class_two)
    lend(school, lin, "草房子", class_two, days_ago=20)
    lend(school, lin, "秘密花园", class_two, days_ago=3, is_back=True)
    answer = teacher.get(reverse("circulation.see_class_loans"))
    page = answer.content.decode()
    assert "草房子" in page
    assert "秘密花园" not in page
    assert (answer.context["out"], answer.context["late"]) == (1, 1)


def test_a_teacher_opens_no_other_class(teacher, school):
    other = a_class(school, 4, 1)
    assert teacher.get(reverse("circulation.class_loans", args=[other.pk])).status_code == 403


def test_a_teacher_whose_time_ended_sees_the_class_no_more(teacher, school, class_two, zhou):
    release_class_teacher(school_class=class_two, on=TODAY, by=zhou, now=NOW)
    answer = teacher.get(reverse("circulation.class_loans", args=[class_two.pk]))
    assert answer.status_code == 403
    assert "还没有您的班级" in teacher.get(reverse("circulation.see_class_loans")).content.decode()


def test_a_librarian_looks_at_each_class(office, school, class_two):
    a_reader(school, "林书言", school_class=class_two)
    page = office.get(reverse("circulation.class_loans", args=[class_two.pk])).content.decode()
    assert "林书言" in page


def test_a_class_of_forty_costs_a_fixed_number_of_queries(
    teacher, school, class_two, django_assert_max_num_queries
):
    for number in range(10):
        lend(
            school,
            a_reader(school, f"学生{number}", school_class=class_two),
            f"书{number}",
            class_two,
            days_ago=1,
        )
    with django_assert_max_num_queries(18):
        teacher.get(reverse("circulation.see_class_loans"))
