from collections.abc import Iterator

import pytest
import time_machine
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, Library, a_library
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.actions import give_pins, link_account
from shuxiang.readers.queries import SIGN_IN
from shuxiang.readers.tests.factories import an_account


@pytest.fixture
def library(db: None) -> Iterator[Library]:
    made = a_library()
    with time_machine.travel(NOW, tick=False) as clock, scope(school=made.school):
        change_settings(school=made.school, changes={SIGN_IN: True}, by=None, now=NOW)
        made.clock = clock  # type: ignore[attr-defined]
        yield made


@pytest.fixture
def slips(library):
    """The PINs of the first class."""
    return give_pins(
        school=library.school, readers=library.pupils, act=Act(by=library.librarian, now=NOW)
    )


@pytest.fixture
def lin(library, client):
    """The first pupil, signed in with an own password, so that nothing has to be changed first."""
    account = an_account(library.school, Role.PUPIL, name="学生1")
    link_account(account=account, reader=library.pupils[0], by=library.librarian, now=NOW)
    library.pupils[0].account = account
    client.force_login(account, "shuxiang.platform.accounts.backends.AccountBackend")
    return client
