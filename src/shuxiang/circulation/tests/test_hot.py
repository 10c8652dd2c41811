"""Hand-written statements say what their twins in the ORM say, and keep two schools apart."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from shuxiang.catalogue.actions import change_shelf
from shuxiang.catalogue.models import Copy, Holding
from shuxiang.circulation import actions
from shuxiang.circulation.queries import hot
from shuxiang.circulation.queries.policy import policy_of
from shuxiang.circulation.tests import twins
from shuxiang.circulation.tests.factories import NOW, TODAY, a_library
from shuxiang.readers.models import Photo, Reader, Restriction

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
    Photo.objects.create(
        school=library.school, reader=library.pupils[0], jpeg=b"", digest="one", kept_at=NOW
    )
    holding = library.copies[1].holding
    holding.changes = {"name": "自家的书", "volume": "上"}
    holding.save(update_fields=["changes"])
    return library


@pytest.mark.parametrize("days", [-1000, 0, 1, 6, 40])
def test_what_speaks_for_a_loan_equals_its_twin(busy, days):
    asked = {"day": TODAY + days * DAY, "nonce": "", "latest": NOW}
    for reader, copy in product(busy.pupils, Copy.objects.order_by("pk")):
        said = hot.to_lend(busy.school, reader=reader.pk, copy=copy.pk, **asked)
        assert said == twins.to_lend(reader=reader, copy=copy, **asked)


def test_what_a_return_must_know_equals_its_twin(busy):
    for copy in Copy.objects.order_by("pk"):
        said = hot.to_take_back(busy.school, copy=copy.pk, nonce="", latest=NOW)
        twin = twins.to_take_back(copy=copy, nonce="", latest=NOW)
        assert said == twin
        if said.loan:
            same_facts(said.loan, twin.loan)


@pytest.mark.parametrize("code", ["B00001", "B00002", "B00003", "B00004", "B99999", ""])
def test_a_copy_at_the_desk_equals_its_twin(busy, code):
    said, twin = hot.copy_at_desk(busy.school, code), twins.copy_at_desk(busy.school, code)
    assert said == twin
    if said and twin:
        same_facts(said[0], twin[0])
        same_facts(said[0].holding, twin[0].holding)
        same_facts(said[0].holding.title, twin[0].holding.title)
        assert (said[1] is None) == (twin[1] is None)


@pytest.mark.parametrize("days", [-1000, 0, 1, 6, 40])
@pytest.mark.parametrize("since", [-1, 0, 1])
def test_what_the_desk_shows_of_a_reader_equals_its_twin(busy, days, since):
    asked = {"day": TODAY + days * DAY, "since": TODAY + since * DAY}
    for reader in busy.pupils:
        assert hot.of_reader(reader, **asked) == twins.of_reader(reader, **asked)
    seen = hot.of_reader(busy.pupils[0], **asked)
    assert (seen.lines[1].title, seen.photo) == ("自家的书 上", "one")


def test_a_reader_at_the_desk_is_the_reader(busy):
    busy.take_back(copy=1, nonce="done")
    for reader in busy.pupils:
        for nonce, happened in (("", False), ("new", False), ("done", True)):
            found = hot.reader_at_desk(busy.school, reader.pk, nonce=nonce)
            assert found == (reader, happened)
            same_facts(found[0], reader)


@pytest.mark.parametrize("minutes", [-1, 0, 1])
@pytest.mark.parametrize("nonce", ["", "done", "new"])
def test_what_every_act_must_know_equals_its_twin(busy, minutes, nonce):
    busy.take_back(copy=1, nonce="done")
    asked = {"nonce": nonce, "latest": NOW + timedelta(minutes=minutes)}
    assert hot.known(busy.school, **asked) == twins.known(busy.school, **asked)


def test_the_rows_of_another_school_are_not_there(busy):
    other = a_library()
    with pytest.raises(Reader.DoesNotExist):
        hot.to_lend(
            busy.school,
            reader=busy.pupils[0].pk,
            copy=other.copies[0].pk,
            day=TODAY,
            nonce="",
            latest=NOW,
        )
    with pytest.raises(Copy.DoesNotExist):
        hot.to_take_back(busy.school, copy=other.copies[0].pk, nonce="", latest=NOW)
    assert hot.reader_at_desk(busy.school, other.pupils[0].pk) is None


def same_facts(said, twin):
    """Compare every column that was read; two rows with one key are equal however they differ."""
    read = [field.attname for field in said._meta.concrete_fields if field.attname in said.__dict__]
    assert {name: getattr(said, name) for name in read} == {
        name: getattr(twin, name) for name in read
    }


def test_what_is_kept_of_the_rules_changes_with_the_rules(library):
    before = policy_of(library.school, TODAY)
    assert policy_of(library.school, TODAY) is before
    row = {"category": "pupil", "max_loans": 5}
    actions.change_terms(school=library.school, row=row, by=library.librarian, now=NOW)
    after = policy_of(library.school, TODAY)
    terms = after.terms(category="pupil", grade=3, collection=None)
    assert terms is not None
    assert terms.max_loans == 5


def test_where_titles_stand_equals_its_twin(busy):
    copy = busy.copies[3]
    copy.shelf = change_shelf(school=busy.school, code="文学 4", name="", by=None, now=NOW)
    copy.save(update_fields=["shelf"])
    with scopes_disabled():
        everywhere = list(Holding.objects.values_list("pk", flat=True))
    said = hot.at_shelves(busy.school, everywhere)
    assert len(said) == 4
    assert set(said) == twins.at_shelves(busy.school, everywhere)
    assert hot.at_shelves(busy.school, []) == []
    copies = hot.copies_at(busy.school, everywhere)
    assert len(copies) == 4
    assert copies == twins.copies_at(busy.school, everywhere)


def test_a_desk_act_leaves_the_rules_in_memory(library):
    before = policy_of(library.school, TODAY)
    library.lend()
    assert policy_of(library.school, TODAY) is before


def test_no_statement_reads_a_table_from_end_to_end(busy):
    reader, copy = busy.pupils[0], busy.copies[0]
    with CaptureQueriesContext(connection) as asked:
        hot.copy_at_desk(busy.school, "B00001")
        hot.reader_at_desk(busy.school, reader.pk)
        hot.to_lend(busy.school, reader=reader.pk, copy=copy.pk, day=TODAY, nonce="n", latest=NOW)
        hot.to_take_back(busy.school, copy=copy.pk, nonce="n", latest=NOW)
        hot.of_reader(reader, day=TODAY, since=TODAY)
        busy.act(nonce="n").done(busy.school)
        hot.at_shelves(busy.school, [copy.holding_id])
        hot.copies_at(busy.school, [copy.holding_id])
    assert len(asked) == 8
    for query in asked.captured_queries:
        assert not reads_from_end_to_end(query["sql"]), query["sql"]


def reads_from_end_to_end(statement):
    """Let the database say how it would find the rows, were the tables large.

    All rows of a school are as bad as all rows; the `last` entry of a school is one.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {statement}")
            return any("Seq Scan" in row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        steps = [row[3] for row in cursor.fetchall() if " last USING " not in row[3]]
    return any(step.startswith("SCAN") or step.endswith("(school_id=?)") for step in steps)
