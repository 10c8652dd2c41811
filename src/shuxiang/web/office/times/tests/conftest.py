import pytest
from django_scopes import scope

from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.tests.factories import a_school, an_account


@pytest.fixture
def school(db):
    school = a_school()
    with scope(school=school):
        yield school


@pytest.fixture
def office(client, school):
    """The browser of a signed-in librarian."""
    client.force_login(an_account(school))
    return client


@pytest.fixture
def teacher(client, school):
    """The browser of a signed-in class teacher."""
    account = an_account(school, Role.CLASS_TEACHER, name="陈思敏")
    client.force_login(account)
    return client
