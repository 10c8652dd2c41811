from collections.abc import Iterator

import pytest
from django_scopes import scope

from shuxiang.circulation.tests.factories import Library, a_library
from shuxiang.timetable.tests.factories import a_term


@pytest.fixture
def library(db: None) -> Iterator[Library]:
    made = a_library(pupils=4)
    with scope(school=made.school):
        made.term = a_term(made.school)  # type: ignore[attr-defined]
        yield made
