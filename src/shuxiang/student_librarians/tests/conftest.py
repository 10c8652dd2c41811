from collections.abc import Iterator
from datetime import time

import pytest
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, Library, a_library
from shuxiang.student_librarians.models import Post, Shift
from shuxiang.student_librarians.tests.factories import a_shift, an_appointed_helper
from shuxiang.timetable.models import Term
from shuxiang.timetable.tests.factories import a_term


@pytest.fixture
def library(db: None) -> Iterator[Library]:
    made = a_library(pupils=4)
    with scope(school=made.school):
        made.term = a_term(made.school)  # type: ignore[attr-defined]
        yield made


@pytest.fixture
def posts(library: Library) -> list[Post]:
    return [
        an_appointed_helper(reader, Term.objects.get(), by=library.librarian, now=NOW)
        for reader in library.pupils
    ]


@pytest.fixture
def noon(library: Library) -> list[Shift]:
    """Monday and Tuesday at noon, two helpers each."""
    return [
        a_shift(
            library.school,
            weekday=day,
            starts_at=time(12, 10),
            ends_at=time(13),
            now=NOW,
            name="中午",
        )
        for day in (0, 1)
    ]
