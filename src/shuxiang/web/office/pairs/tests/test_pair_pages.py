"""A class teacher pairs pupils of the own class, and sees no title and no other class."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, TODAY, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.programmes.models import Pair
from shuxiang.readers.actions import name_class_teacher
from shuxiang.readers.tests.factories import a_class
from shuxiang.timetable.tests.factories import a_term

CLASS, CONFIRM = "programmes.see_class_pairs", "programmes.confirm_pair"


@pytest.fixture
def library(db):
    made = a_library()
    with time_machine.travel(NOW, tick=False), scope(school=made.school):
        a_term(made.school)
        made.lend(0, 0)
        yield made


def test_r11_a_class_teacher_pairs_the_own_class_alone(library):
    account, teacher = an_account(library.school, Role.CLASS_TEACHER), Client()
    teacher.force_login(account)
    name_class_teacher(
        school_class=library.school_class, account=account, on=TODAY, by=None, now=NOW
    )
    key, other = library.school_class.pk, a_class(library.school, grade=4, number=1).pk
    page = teacher.get(reverse(CLASS, args=[key])).content.decode()
    assert "学生1" in page
    assert not re.search("书1|草房子", page), "a suggestion names no title"
    assert "已经结对" not in page
    two = {"guide": library.pupils[0].pk, "reader": library.pupils[1].pk}
    assert teacher.post(reverse(CONFIRM, args=[other]), two).status_code == 403
    assert teacher.get(reverse("programmes.see_pairs")).status_code == 403

    teacher.post(reverse(CONFIRM, args=[key]), {"guide": "", "reader": "x"})
    assert not Pair.objects.exists()
    said = teacher.post(reverse(CONFIRM, args=[key]), two, follow=True).content.decode()
    assert "从今天起，学生1带学生2一起读书。" in said
    assert "满四周（12月21日）后可以看到。" in said
    again = teacher.post(reverse(CONFIRM, args=[key]), two, follow=True).content.decode()
    assert "已经结对了。没有改动。" in again
    pair = Pair.objects.get()
    changed = reverse("programmes.change_pair", args=[pair.pk])
    teacher.post(changed, {"guide": library.pupils[2].pk})
    new = Pair.objects.standing().get()
    assert (new.guide, new.reader) == (library.pupils[2], library.pupils[1])
    teacher.post(reverse("programmes.end_pair", args=[new.pk]))
    assert not Pair.objects.standing().exists()


def test_r11_a_teacher_of_another_class_changes_nothing(library):
    teacher = Client()
    teacher.force_login(an_account(library.school, Role.CLASS_TEACHER))
    pair = Pair.objects.create(
        school=library.school,
        school_class=library.school_class,
        guide=library.pupils[0],
        reader=library.pupils[1],
        from_on=TODAY,
        confirmed_by=library.librarian,
    )
    for name in ("programmes.change_pair", "programmes.end_pair"):
        answer = teacher.post(reverse(name, args=[pair.pk]), {"guide": library.pupils[2].pk})
        assert answer.status_code == 403
    assert Pair.objects.standing().get() == pair
