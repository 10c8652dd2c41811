"""A class gets its PINs at once, as slips; a pupil who forgot gets another."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.actions import name_class_teacher
from shuxiang.readers.queries import SIGN_IN
from shuxiang.readers.tests.factories import NOW, TODAY, a_class, a_reader, an_account

PIN = re.compile(r"(\d{3}) (\d{3})</dd>")


@pytest.fixture
def class_two(school):
    change_settings(school=school, changes={SIGN_IN: True}, by=None, now=NOW)
    school_class = a_class(school, 3, 2)
    for at, name in enumerate(["林书言", "陈小满"], 1):
        a_reader(school, name, school_class=school_class, card=f"R{at}", seat=at)
    return school_class


def at(school_class):
    return reverse("readers.give_pins", args=[school_class.pk])


def make(client, school_class, who="new", nonce="n"):
    return client.post(at(school_class), {"who": who, "nonce": nonce})


def pins_on(answer):
    return ["".join(found) for found in PIN.findall(answer.content.decode())]


def test_r05_a_class_gets_slips_that_say_all_that_signing_in_needs(office, class_two):
    answer = make(office, class_two)
    page = answer.content.decode()
    for words in (
        "青禾小学图书馆",
        "林书言",
        "三年级2班",
        "R1",
        "/me/sign-in/",
        "第一次登录时要改",
    ):
        assert words in page
    assert len(set(pins_on(answer))) == 2
    assert "no-store" in answer["Cache-Control"]
    signed = Client().post("/me/sign-in/", {"card": "R2", "pin": pins_on(answer)[1]})
    assert signed.status_code == 302


def test_the_slips_are_shown_once(office, class_two):
    first = pins_on(make(office, class_two))
    assert make(office, class_two).status_code == 302
    page = office.get(at(class_two)).content.decode()
    assert "只显示一次" in page
    assert not any(pin in page for pin in first)
    assert Client().post("/me/sign-in/", {"card": "R1", "pin": first[0]}).status_code == 302


def test_one_click_gives_one_pupil_another_pin_and_leaves_the_others(office, class_two, school):
    before = pins_on(make(office, class_two))
    (lin, _) = office.get(at(class_two)).context["lines"]
    again = pins_on(make(office, class_two, who=lin.reader.pk, nonce="m"))
    assert len(again) == 1
    for card, pin, status in (
        ("R1", before[0], 422),
        ("R1", again[0], 302),
        ("R2", before[1], 302),
    ):
        assert Client().post("/me/sign-in/", {"card": card, "pin": pin}).status_code == status


def test_who_has_a_pin_is_left_out_unless_all_are_meant(office, class_two, school):
    make(office, class_two)
    a_reader(school, "何文", school_class=class_two, card="R3", seat=3)
    assert len(pins_on(make(office, class_two, nonce="2"))) == 1
    assert len(pins_on(make(office, class_two, who="all", nonce="3"))) == 3


def test_while_it_is_off_the_page_says_where_to_turn_it_on(office, class_two, school):
    change_settings(school=school, changes={SIGN_IN: False}, by=None, now=NOW)
    page = office.get(at(class_two)).content.decode()
    assert "读者登录没有打开" in page
    assert 'name="who"' not in page
    assert make(office, class_two).status_code == 302


def test_a_class_teacher_gives_pins_to_the_own_class_and_no_other(client, school, class_two):
    he = an_account(school, Role.CLASS_TEACHER, name="何文")
    name_class_teacher(school_class=class_two, account=he, on=TODAY, by=None, now=NOW)
    client.force_login(he)
    assert at(class_two) in client.get(reverse("circulation.see_class_loans")).content.decode()
    assert len(pins_on(make(client, class_two))) == 2
    other = a_class(school, 4, 1)
    a_reader(school, "别班的", school_class=other, card="R9")
    assert client.get(at(other)).status_code == 404
    assert make(client, other, nonce="x").status_code == 404


@pytest.mark.parametrize("who", ["", "x", "999999", "9" * 30])
def test_nobody_of_the_class_means_no_slip(office, class_two, who):
    assert make(office, class_two, who=who).status_code == 302


def test_a_reader_of_another_class_gets_none_here(office, class_two, school):
    stranger = a_reader(school, "别班的", school_class=a_class(school, 4, 1), card="R9")
    assert make(office, class_two, who=stranger.pk).status_code == 302


def test_the_school_turns_it_on_under_settings(office, school):
    page = office.get(reverse("schools.change_settings")).content.decode()
    assert "凭借书证号和六位密码" in page


def test_the_page_costs_a_fixed_number_of_queries(
    office, class_two, school, django_assert_max_num_queries
):
    for seat in range(3, 30):
        a_reader(school, f"学生{seat}", school_class=class_two, card=f"R{seat}", seat=seat)
    with django_assert_max_num_queries(14):
        office.get(at(class_two))
