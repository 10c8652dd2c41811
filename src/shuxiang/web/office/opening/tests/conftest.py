import pytest
import time_machine
from django.test import Client
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, a_library, an_account
from shuxiang.platform.accounts.roles import Role


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


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
