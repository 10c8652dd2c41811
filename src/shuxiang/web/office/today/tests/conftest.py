import pytest
import time_machine
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, a_library


@pytest.fixture(autouse=True)
def _monday_at_1020():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def library(db):
    library = a_library()
    with scope(school=library.school):
        yield library


@pytest.fixture
def office(client, library):
    """The browser of a signed-in librarian."""
    client.force_login(library.librarian)
    return client
