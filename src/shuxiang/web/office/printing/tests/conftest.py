from __future__ import annotations

import pytest
import time_machine
from django_scopes import scope

from shuxiang.catalogue.tests.factories import NOW, a_librarian, a_school


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def school(db):
    school = a_school()
    with scope(school=school):
        yield school


@pytest.fixture
def office(client, school):
    client.force_login(a_librarian(school))
    return client
