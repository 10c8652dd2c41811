"""The librarian and the class teacher see who has not borrowed."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from shuxiang.circulation.models import Notice
from shuxiang.circulation.tests.factories import NOW, TODAY, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.actions import name_class_teacher
from shuxiang.readers.tests.factories import a_class
from shuxiang.timetable.tests.factories import a_term

ALL, CLASS = "circulation.see_borrowing", "circulation.see_class_borrowing"


@pytest.fixture
def library(db):
    made = a_library()
    with time_machine.travel(NOW, tick=False), scope(school=made.school):
        yield made


def signed_in(library, role):
    account = an_account(library.school, role)
    client = Client()
    client.force_login(account)
    return account, client


def words(client, name, *args):
    answer = client.get(reverse(name, args=args))
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_r10_the_list_is_given_to_the_class_teacher_with_one_press(library):
    _account, office = signed_in(library, Role.LIBRARIAN)
    assert reverse("timetable.add_term") in office.get(reverse(ALL)).content.decode()
    a_term(library.school)
    library.lend(pupil=2)
    assert "还有 2 人没借过书" in words(office, ALL)
    assert "在校学生本学期借回家的册数 ÷ 在校学生数" in words(office, ALL)
    key = library.school_class.pk
    office.post(reverse("circulation.tell_not_borrowed", args=[key]))
    assert Notice.objects.get().pupils == 2
    assert "名单已于2026年11月23日交给班主任" in words(office, CLASS, key)


def test_r10_a_class_teacher_sees_the_own_class_alone(library):
    a_term(library.school)
    account, teacher = signed_in(library, Role.CLASS_TEACHER)
    name_class_teacher(
        school_class=library.school_class, account=account, on=TODAY, by=None, now=NOW
    )
    key, other = library.school_class.pk, a_class(library.school, grade=4, number=1).pk
    assert "学生1" in words(teacher, CLASS, key)
    assert teacher.get(reverse(CLASS, args=[other])).status_code == 403
    assert teacher.get(reverse(ALL)).status_code == 403
    tell = reverse("circulation.tell_not_borrowed", args=[key])
    assert teacher.post(tell).status_code == 403
