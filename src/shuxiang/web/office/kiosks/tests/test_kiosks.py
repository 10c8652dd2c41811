"""The librarian enrols a device, sees which there are, and switches them off."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from shuxiang.circulation.actions import enrol_kiosk
from shuxiang.circulation.models import Kiosk
from shuxiang.circulation.queries import see_kiosks
from shuxiang.circulation.tests.factories import NOW, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.queries import setting

PAGE = "/office/kiosks/"


@pytest.fixture
def library(db):
    made = a_library()
    with scope(school=made.school):
        yield made


@pytest.fixture
def office(library):
    client = Client()
    client.force_login(an_account(library.school, Role.LIBRARIAN))
    return client


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def open_it(office, seconds="10"):
    return office.post(f"{PAGE}settings/", {"is_open": "on", "forget_seconds": seconds})


def test_r58_the_librarian_opens_self_service_and_enrols_this_device(library, office):
    assert "还没有登记设备" in words(office.get(PAGE))
    open_it(office)
    answer = office.post(f"{PAGE}enrol/", {"name": "门口"})
    assert answer.headers["Location"] == "/kiosk/"
    seen = office.get("/kiosk/")
    assert seen.status_code == 200
    assert "自助借还 · 门口" in words(seen)
    assert office.get(PAGE).status_code == 302, "signed out: children stand before it now"


def test_a_device_is_listed_and_switched_off(library, office):
    kiosk, token = enrol_kiosk(school=library.school, name="门口", by=library.librarian, now=NOW)
    assert "门口" in words(office.get(PAGE))
    answer = office.post(f"{PAGE}{kiosk.pk}/take-back/", follow=True)
    assert "“门口”已停用，不能再借还。" in words(answer).replace("&quot;", '"')
    assert see_kiosks(library.school) == []
    device = Client()
    device.cookies["kiosk"] = token
    assert device.get("/kiosk/").status_code == 401


def test_a_name_that_another_device_has_is_refused_and_kept_in_the_form(library, office):
    enrol_kiosk(school=library.school, name="门口", by=library.librarian, now=NOW)
    answer = office.post(f"{PAGE}enrol/", {"name": "门口"})
    assert answer.status_code == 422
    assert 'value="门口"' in answer.content.decode()
    assert "另一台设备已经叫这个名称" in words(answer)
    assert Kiosk.objects.count() == 1
    assert office.get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["", " ", "门" * 41])
def test_a_device_without_a_fit_name_is_not_enrolled(library, office, name):
    assert office.post(f"{PAGE}enrol/", {"name": name}).status_code == 422
    assert Kiosk.objects.count() == 0


@pytest.mark.parametrize("seconds", ["", "4", "61", "-1", "十"])
def test_seconds_that_no_child_could_keep_up_with_are_refused(library, office, seconds):
    assert open_it(office, seconds).status_code == 422
    assert setting(library.school, "kiosk.open") is False


def test_only_what_differs_is_written(library, office):
    for _ in range(2):
        open_it(office, "20")
    assert setting(library.school, "kiosk.forget_seconds") == 20
    changed = Entry.objects.get(verb="schools.change_settings").details["changed"]
    assert changed == {"kiosk.open": True, "kiosk.forget_seconds": 20}


def test_the_list_costs_a_fixed_number_of_statements(library, office):
    counts = []
    for name in ("一", "二", "三"):
        enrol_kiosk(school=library.school, name=name, by=library.librarian, now=NOW)
        with CaptureQueriesContext(connection) as seen:
            office.get(PAGE)
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts


def test_what_was_done_names_the_device(library, office):
    kiosk, _token = enrol_kiosk(school=library.school, name="门口", by=library.librarian, now=NOW)
    from shuxiang.circulation.actions import take_back
    from shuxiang.circulation.queries import place_of_kiosk
    from shuxiang.platform.audit.actions import Act

    act = Act(by=None, now=NOW, place=place_of_kiosk(kiosk), nonce="n1")
    take_back(copy=library.copies[0], act=act)
    principal = Client()
    principal.force_login(an_account(library.school, Role.PRINCIPAL))
    assert "自助机 门口" in words(principal.get("/office/records/"))
