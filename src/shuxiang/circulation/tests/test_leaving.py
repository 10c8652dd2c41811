"""A reader who leaves waits for nothing any more, and what lay ready goes to the next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shuxiang.catalogue.models import Standing
from shuxiang.circulation.actions import see_off
from shuxiang.circulation.models import Hold
from shuxiang.circulation.queries import broken_invariants
from shuxiang.circulation.tests.factories import NOW, TODAY
from shuxiang.platform.audit.models import Entry
from shuxiang.readers.actions import AlreadyLeft
from shuxiang.readers.models import Reader

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def let_leave(library, pupil=1):
    return see_off(reader=library.pupils[pupil], on=TODAY, by=library.librarian, now=LATER)


def test_a_hold_that_waits_is_ended(library):
    library.lend(0, 0)
    library.place_hold(0, 1)
    assert let_leave(library) == 1
    assert Hold.objects.get().state == Hold.State.CANCELLED
    assert broken_invariants(library.school) == []


def test_a_copy_that_lay_ready_goes_to_the_next_who_waits(library):
    library.lend(0, 0)
    library.place_hold(0, 1)
    library.place_hold(0, 2)
    library.take_back(0)
    let_leave(library)
    assert Hold.objects.get(reader=library.pupils[2]).state == Hold.State.READY
    library.copies[0].refresh_from_db()
    assert library.copies[0].standing == Standing.SET_ASIDE


def test_with_nobody_else_waiting_it_goes_to_its_shelf(library):
    library.lend(0, 0)
    library.place_hold(0, 1)
    library.take_back(0)
    let_leave(library)
    library.copies[0].refresh_from_db()
    assert library.copies[0].standing == Standing.TO_BE_SHELVED


def test_leaving_is_one_act_with_one_entry_and_a_refusal_changes_nothing(library):
    library.lend(0, 0)
    library.place_hold(0, 1)
    before = Entry.objects.count()
    let_leave(library)
    assert Entry.objects.count() == before + 1
    with pytest.raises(AlreadyLeft):
        let_leave(library)
    assert Reader.objects.filter(left_on=TODAY).count() == 1
