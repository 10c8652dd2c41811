import pytest
from django.core.cache import cache
from django_scopes import scope

from shuxiang.readers.tests.factories import a_school


@pytest.fixture
def school(db):
    school = a_school()
    with scope(school=school):
        yield school


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    cache.clear()
    return tmp_path
