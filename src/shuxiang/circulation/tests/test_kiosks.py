"""A device is enrolled by its token alone, and taken back for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_scopes import scope

from shuxiang.circulation import actions, queries
from shuxiang.circulation.models import Kiosk
from shuxiang.circulation.tests.factories import NOW, a_library
from shuxiang.platform.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    made = a_library()
    with scope(school=made.school):
        yield made


def enrol(library, name="门口"):
    return actions.enrol_kiosk(school=library.school, name=name, by=library.librarian, now=NOW)


def test_only_the_token_finds_the_device_and_it_is_kept_nowhere(library):
    kiosk, token = enrol(library)
    assert queries.kiosk_of(token) == kiosk
    assert queries.kiosk_of(token[:-1]) is None
    assert queries.kiosk_of("") is None
    assert len(token) >= 40
    assert token not in str(list(Kiosk.objects.values())) + str(list(Entry.objects.values()))


def test_a_device_is_found_outside_of_any_school_and_brings_its_own():
    library, other = a_library(), a_library()
    with scope(school=library.school):
        _kiosk, token = enrol(library)
    with scope(school=other.school):
        assert queries.see_kiosks(other.school) == []
    found = queries.kiosk_of(token)
    assert found is not None
    assert found.school == library.school


def test_a_device_that_is_taken_back_is_known_no_more(library):
    kiosk, token = enrol(library)
    later = NOW + timedelta(minutes=1)
    for _ in range(2):
        actions.take_back_kiosk(kiosk=kiosk, by=library.librarian, now=later)
    assert queries.kiosk_of(token) is None
    assert queries.see_kiosks(library.school) == []
    assert Entry.objects.filter(verb="circulation.take_back_kiosk").count() == 1
    assert queries.kiosk_names(library.school, [queries.place_of_kiosk(kiosk), "1", ""]) == {
        queries.place_of_kiosk(kiosk): "门口"
    }


def test_two_devices_have_two_names_until_one_is_taken_back(library):
    kiosk, _token = enrol(library)
    with pytest.raises(actions.KioskNameTaken):
        enrol(library)
    assert Kiosk.objects.count() == 1
    actions.take_back_kiosk(kiosk=kiosk, by=library.librarian, now=NOW)
    enrol(library)
    assert [each.name for each in queries.see_kiosks(library.school)] == ["门口"]
