import pytest
from django_scopes import scope

from shuxiang.platform.accounts import actions
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.accounts.tests.moment import NOW, SECRET
from shuxiang.platform.schools.actions import create_school


@pytest.fixture
def school(db):
    school = create_school(name="青禾小学", by=None, now=NOW)
    with scope(school=school):
        yield school


@pytest.fixture
def admin(school):
    return actions.add_account(
        school=school,
        username="zhoumin",
        name="周敏",
        roles=[Role.LIBRARIAN, Role.SCHOOL_ADMIN],
        password=SECRET,
        by=None,
        now=NOW,
    ).account
