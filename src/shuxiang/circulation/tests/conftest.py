from collections.abc import Iterator

import pytest
from django_scopes import scope

from shuxiang.circulation.tests.factories import Library, a_library


@pytest.fixture
def library(db: None) -> Iterator[Library]:
    made = a_library()
    with scope(school=made.school):
        yield made
