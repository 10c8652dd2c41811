"""Hand-written statements say what their twins in the ORM say, and keep two schools apart."""

from datetime import timedelta
from itertools import product

import pytest
from django_scopes import scope

from shuxiang.circulation import actions
from shuxiang.circulation.queries import hot
from shuxiang.circulation.queries.policy import policy_of
from shuxiang.circulation.tests import twins
from shuxiang.circulation.tests.factories import NOW, TODAY, a_library
from shuxiang.readers.models import Restriction

DAY = timedelta(days=1)


@pytest.fixture
def busy(library):
    """A library with everything in it that the statements count, beside one with equal numbers."""
    other = a_library()
    with scope(school=other.school):
        for pupil, copy in ((0, 0), (1, 1)):
            other.lend(copy=copy, pupil=pupil)
        other.place_hold(copy=0, pupil=2)
    library.lend(copy=0, pupil=0)
    library.lend(copy=1, pupil=0)
    library.lend(copy=2, pupil=1, in_room=True)
    library.place_hold(copy=0, pupil=1)
    library.place_hold(copy=0, pupil=2)
    for days in (-5, 5):
        Restriction.objects.create(
            school=library.school,
            reader=library.pupils[2],
            why="停借",
            from_on=TODAY + days * DAY,
            until_on=TODAY + (days + 7) * DAY,
        )
    return library


@pytest.mark.parametrize("days", [-1000, 0, 1, 6, 40])
def test_the_facts_of_a_loan_equal_their_twin(busy, days):
    day = TODAY + days * DAY
    for reader, copy in product(busy.pupils, busy.copies):
        said = hot.facts(
            busy.school.pk, reader=reader.pk, copy=copy.pk, holding=copy.holding_id, day=day
        )
        assert said == twins.facts(reader=reader, copy=copy, day=day)


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_the_clock_equals_its_twin(busy, minutes):
    moment = NOW + timedelta(minutes=minutes)
    assert hot.is_later_than(busy.school.pk, moment) == twins.is_later_than(busy.school, moment)


def test_what_is_kept_of_the_rules_changes_with_the_rules(library):
    before = policy_of(library.school, TODAY)
    assert policy_of(library.school, TODAY) is before
    row = {"category": "pupil", "max_loans": 5}
    actions.change_terms(school=library.school, row=row, by=library.librarian, now=NOW)
    after = policy_of(library.school, TODAY)
    terms = after.terms(category="pupil", grade=3, collection=None)
    assert terms is not None
    assert terms.max_loans == 5


def test_a_desk_act_leaves_the_rules_in_memory(library):
    before = policy_of(library.school, TODAY)
    library.lend()
    assert policy_of(library.school, TODAY) is before
