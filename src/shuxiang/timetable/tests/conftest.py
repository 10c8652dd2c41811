import pytest
from django_scopes import scope

from shuxiang.readers.tests.factories import a_school, an_account


@pytest.fixture
def school(db):
    school = a_school()
    with scope(school=school):
        yield school


@pytest.fixture
def librarian(school):
    return an_account(school)
