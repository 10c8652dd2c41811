"""The audit keeps what was done: once, for ever, and each school its own."""

from datetime import UTC, datetime

import pytest
from django.db import Error, transaction
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from shuxiang.platform.audit.actions import record
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.audit.queries import NonceReused, digest, done_before
from shuxiang.platform.schools.models import School

NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)


@pytest.fixture
def school(db):
    school = School.objects.create(name="石桥小学", code="shiqiao", created_at=NOW)
    with scope(school=school):
        record("schools.create_school", school, school=school, by=None, at=NOW)
        yield school


@pytest.mark.parametrize(
    "change", [lambda e: e.update(verb="nothing"), lambda e: e._raw_delete("default")]
)
def test_the_database_refuses_to_change_or_delete_an_entry(school, change):
    with pytest.raises(Error, match="audit entries"), transaction.atomic():
        change(Entry.objects.filter(school=school))
    assert Entry.objects.get().verb == "schools.create_school"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: list(Entry.objects.all()),
        Entry.objects.count,
        Entry.objects.exists,
        lambda: Entry.objects.exclude(verb="x"),
        lambda: Entry.objects.filter(verb="x").first(),
        lambda: Entry.objects.in_bulk([1]),
        lambda: Entry.objects.update(verb="x"),
    ],
)
def test_r58_a_question_without_a_school_raises(db, ask):
    with pytest.raises(ScopeError):
        ask()


def test_another_schools_entries_are_not_seen(school):
    other = School.objects.create(name="青禾小学", code="qinghe", created_at=NOW)
    with scope(school=other):
        assert not Entry.objects.exists()


def test_an_act_is_found_by_its_number_and_content(school):
    content = digest(code="B00001", reader=7)
    entry = Entry.objects.create(
        school=school, verb="circulation.lend", at=NOW, nonce="n1", digest=content
    )
    assert done_before(school=school, nonce="n1", content=content) == entry
    assert done_before(school=school, nonce="n2", content=content) is None
    assert done_before(school=school, nonce="", content=content) is None
    with pytest.raises(NonceReused):
        done_before(school=school, nonce="n1", content=digest(code="B00002", reader=7))
