"""Signing in with a card and a PIN, and the first thing to do then."""

from datetime import timedelta

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from shuxiang.circulation.tests.factories import NOW, a_library
from shuxiang.platform.accounts.rules import DEMO_PIN
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.actions import give_pins
from shuxiang.readers.queries import SIGN_IN

SIGN, OWN, PIN, RENEW = "/me/sign-in/", "/me/", "/me/pin/", "/me/renew/"
MINE = "905138"


def enter(client, card, pin, **more):
    return client.post(SIGN, {"card": card, "pin": pin, **more})


def choose(client, pin=MINE):
    return client.post(PIN, {"pin": pin, "again": pin})


def test_r05_the_first_sign_in_leads_to_an_own_pin_and_then_to_the_own_page(client, slips):
    assert enter(client, slips[0].card, slips[0].pin)["Location"] == PIN
    assert client.get(OWN)["Location"] == PIN
    assert client.post(RENEW, {"loan": "all"})["Location"] == PIN
    assert choose(client)["Location"] == OWN
    assert "学生1" in client.get(OWN).content.decode()
    another = Client()
    assert enter(another, slips[0].card, slips[0].pin).status_code == 422
    assert enter(another, slips[0].card, MINE)["Location"] == OWN


@pytest.mark.parametrize("pin", ["12345", "123456", "111111", "slip"])
def test_a_pin_that_is_guessed_or_known_keeps_the_page_shut(client, slips, pin):
    enter(client, slips[0].card, slips[0].pin)
    pin = slips[0].pin if pin == "slip" else pin
    assert choose(client, pin).status_code == 422
    assert client.get(OWN)["Location"] == PIN


def test_both_must_be_alike(client, slips):
    enter(client, slips[0].card, slips[0].pin)
    answer = client.post(PIN, {"pin": MINE, "again": "905139"})
    assert answer.status_code == 422
    assert "和上面一栏不一样" in answer.content.decode()


def test_a_wrong_card_and_a_wrong_pin_are_told_alike(client, slips):
    asked = [(slips[0].card, MINE), ("NOBODY", MINE), ("NOBODY", slips[0].pin)]
    answers = [enter(client, *pair) for pair in asked]
    said = {str(answer.context["form"].non_field_errors()) for answer in answers}
    assert (len(said), {answer.status_code for answer in answers}) == (1, {422})


def test_ten_wrong_pins_are_told_with_the_time_and_classmates_come_in(library, client, slips):
    for _ in range(10):
        enter(client, slips[0].card, MINE)
    answer = enter(client, slips[0].card, slips[0].pin)
    assert "10:35" in answer.content.decode()
    assert enter(client, slips[1].card, slips[1].pin)["Location"] == PIN
    client.logout()
    assert enter(client, slips[0].card, slips[0].pin).status_code == 422
    library.clock.shift(timedelta(minutes=15))
    assert enter(client, slips[0].card, slips[0].pin)["Location"] == PIN


def test_a_librarian_at_the_same_address_signs_in_all_the_while(library, client, slips):
    for _ in range(12):
        enter(client, slips[0].card, MINE)
    signed = client.post(
        "/sign-in/", {"username": library.librarian.username, "password": "kite-over-the-river"}
    )
    assert signed.status_code == 302


def test_a_pupil_is_signed_out_after_half_an_hour(library, client, slips):
    enter(client, slips[0].card, slips[0].pin)
    choose(client)
    library.clock.shift(timedelta(minutes=29))
    assert client.get(OWN).status_code == 200
    library.clock.shift(timedelta(minutes=2))
    assert "/sign-in/" in client.get(OWN)["Location"]


def test_another_slip_signs_out_at_once(library, client, slips):
    enter(client, slips[0].card, slips[0].pin)
    choose(client)
    act = Act(by=library.librarian, now=NOW)
    give_pins(school=library.school, readers=library.pupils[:1], act=act)
    assert "/sign-in/" in client.get(OWN)["Location"]


def test_while_it_is_off_the_page_says_so_and_nothing_else_works(library, client, slips):
    enter(client, slips[0].card, slips[0].pin)
    choose(client)
    change_settings(school=library.school, changes={SIGN_IN: False}, by=None, now=NOW)
    stranger = Client()
    for who, method, address in [
        (stranger, "get", SIGN),
        (stranger, "post", SIGN),
        (client, "get", OWN),
        (client, "post", RENEW),
        (client, "post", "/me/holds/1/cancel/"),
        (client, "post", PIN),
    ]:
        answer = getattr(who, method)(address, {"card": slips[0].card, "pin": MINE})
        assert answer.status_code == 404
        assert "学校还没有打开读者登录" in answer.content.decode()
    assert "用借书证登录" not in stranger.get("/sign-in/").content.decode()


def test_the_front_leads_pupils_to_their_own_door(library):
    assert SIGN in Client().get("/sign-in/").content.decode()


@pytest.mark.parametrize("card", ["", " ", "R" * 65, "\x00", "𠮷", "%", "' OR 1=1 --"])
def test_whatever_is_typed_is_answered(library, client, card):
    assert enter(client, card, MINE).status_code == 422


def test_a_pin_stands_in_no_record_and_no_page(library, client, slips):
    enter(client, slips[0].card, slips[0].pin)
    choose(client)
    kept = str([entry.details for entry in Entry.objects.all()])
    assert slips[0].pin not in kept
    assert MINE not in kept
    assert MINE not in client.get(OWN).content.decode()


def test_on_a_server_of_several_schools_one_says_which(library, client, slips):
    with scopes_disabled():
        other = a_library()
    answer = enter(client, slips[0].card, slips[0].pin)
    assert answer.context["form"].errors["school"]
    with scopes_disabled():
        assert enter(client, slips[0].card, slips[0].pin, school=other.school.pk).status_code == 422
        signed = enter(client, slips[0].card, slips[0].pin, school=library.school.pk)
    assert signed["Location"] == PIN


def test_a_real_school_shows_nobodys_pin(library, client):
    assert DEMO_PIN not in client.get(SIGN).content.decode()


def test_whoever_came_from_a_book_goes_back_to_it(client, slips):
    wanted = "/catalogue/titles/1/"
    assert f"{SIGN}?next={wanted}" in client.get(f"/sign-in/?next={wanted}").content.decode()
    first = enter(client, slips[0].card, slips[0].pin, next=wanted)["Location"]
    assert first.startswith(PIN)
    assert client.post(first, {"pin": MINE, "again": MINE})["Location"] == wanted
    client.post("/sign-out/")
    assert enter(client, slips[0].card, MINE, next=wanted)["Location"] == wanted
    client.post("/sign-out/")
    assert enter(client, slips[0].card, MINE, next="//elsewhere.example/")["Location"] == OWN
