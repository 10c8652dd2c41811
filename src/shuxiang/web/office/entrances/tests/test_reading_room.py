"""The librarian writes down who comes to read."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from shuxiang.circulation.actions import open_visit
from shuxiang.circulation.models import Entrance
from shuxiang.circulation.tests.factories import NOW, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.timetable.tests.factories import a_term

PAGE = "circulation.see_entrances"


@pytest.fixture
def library(db):
    made = a_library()
    with time_machine.travel(NOW), scope(school=made.school):
        yield made


@pytest.fixture
def office(library):
    client = Client()
    client.force_login(an_account(library.school, Role.LIBRARIAN))
    return client


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_r29_cards_classes_and_numbers_are_written_down_on_one_page(library, office):
    post = {"follow": True}
    card, key = library.pupils[0].card, library.school_class.pk
    assert "学生1" in words(office.post(reverse("circulation.enter"), {"code": card}, **post))
    again = words(office.post(reverse("circulation.enter"), {"code": card}, **post))
    assert "学生1 在 10:20 已经登记过，只算一次" in again
    unknown = words(office.post(reverse("circulation.enter"), {"code": "?"}, **post))
    assert "没有读者用 ? 这张证，没有登记" in unknown
    office.post(reverse("circulation.enter_class"), {"school_class": key})
    counted = {"category": "teacher", "people": "12"}
    assert "今天到馆 15 人次" in words(
        office.post(reverse("circulation.enter_count"), counted, **post)
    )
    first = Entrance.objects.earliest("pk")
    office.post(reverse("circulation.take_entrance_back", args=[first.pk]))
    first.refresh_from_db()
    assert first.taken_back_at is not None
    open_visit(school_class=library.school_class, by=library.librarian, now=NOW)
    shown = words(office.get(reverse(PAGE)))
    assert "今天到馆 15 人次" in shown, "the class was written down at the door a moment ago"
    assert "流通台班级到馆" in shown
    assert "已算在全班到馆里" in shown


def test_an_empty_scan_asks_for_a_card(office):
    said = words(office.post(reverse("circulation.enter"), {"code": "  "}, follow=True))

    assert "请扫借书证，或输入证号" in said
    assert "没有读者用" not in said
    assert not Entrance.objects.exists()


@pytest.mark.parametrize("people", ["", "0", "-1", "2001", "x"])
def test_a_number_that_can_not_be_is_refused(office, people):
    asked = {"category": "pupil", "people": people}
    assert office.post(reverse("circulation.enter_count"), asked).status_code == 422
    assert office.post(reverse("circulation.enter_class"), {"school_class": "9"}).status_code == 422
    assert Entrance.objects.count() == 0


def test_r29_the_weeks_stand_by_class_and_by_teacher(library, office):
    assert reverse("timetable.add_term") in words_of_links(office)
    a_term(library.school)
    office.post(reverse("circulation.enter"), {"code": library.pupils[0].card})
    assert "三年级2班" in words(office.get(reverse("circulation.see_weeks")))


def test_the_weeks_add_up(library, office):
    a_term(library.school)
    office.post(reverse("circulation.enter"), {"code": library.pupils[0].card})
    counted = {"category": "pupil", "people": "12"}
    office.post(reverse("circulation.enter_count"), counted)
    said = words(office.get(reverse("circulation.see_weeks")))

    nobody = "0 " * 12
    assert f"未分班的人数 {nobody}12 12 " in said
    assert f"合计 {nobody}13 13 12 0 " in said


def words_of_links(office):
    return office.get(reverse("circulation.see_weeks")).content.decode()
