import pytest
import time_machine
from django_scopes import scope

from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.tests.factories import NOW, a_school, an_account


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
def zhou(school):
    return an_account(school, Role.LIBRARIAN, Role.SCHOOL_ADMIN, username="zhoumin")


@pytest.fixture
def office(client, zhou):
    client.force_login(zhou)
    return client
