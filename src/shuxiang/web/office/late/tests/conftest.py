import pytest
import time_machine
from django.test import Client
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, TODAY, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.actions import name_class_teacher


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def library(db):
    """A school in which two pupils have had a book for thirty days."""
    made = a_library()
    with scope(school=made.school):
        made.lend_late(copy=0, pupil=0)
        made.lend_late(copy=1, pupil=1)
        yield made


@pytest.fixture
def office(library):
    client = Client()
    client.force_login(an_account(library.school, Role.LIBRARIAN))
    return client


@pytest.fixture
def teacher(library):
    account = an_account(library.school, Role.CLASS_TEACHER)
    name_class_teacher(
        school_class=library.school_class, account=account, on=TODAY, by=None, now=NOW
    )
    client = Client()
    client.force_login(account)
    return client
