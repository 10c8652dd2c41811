"""Eight desks lend and take back while backups are made; then one of them comes back."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection
from django_scopes import scope

from shuxiang.catalogue.actions import index_lacking
from shuxiang.circulation.tests.factories import NOW, Library
from shuxiang.clockwork.commands import check_data
from shuxiang.clockwork.tests.conftest import a_whole_library
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.backup import actions, archive, rows
from shuxiang.platform.backup.rules import Why
from shuxiang.readers import actions as readers
from shuxiang.readers.models import Photo

DESKS, BACKUPS = 8, 3


class Desk(Thread):
    """Lends a book and takes it back, over and over, and keeps what was acknowledged."""

    def __init__(self, library: Library, number: int, closed: Event) -> None:
        super().__init__(daemon=True)
        self.library, self.number, self.closed = library, number, closed
        self.acknowledged: list[int] = []
        self.fault: Exception | None = None

    def run(self):
        second = timedelta(seconds=1)  # eight clocks, no two of them minutes apart
        try:
            with scope(school=self.library.school):
                while not self.closed.is_set():
                    now = NOW + second * len(self.acknowledged)
                    loan = self.library.lend(self.number, self.number, now=now)
                    self.acknowledged.append(Entry.objects.get(subject_id=loan.pk, **LENT).pk)
                    entry = self.library.take_back(self.number, now=now + second)
                    self.acknowledged.append(entry.pk)
        except Exception as fault:
            self.fault = fault
        finally:
            connection.close()


LENT = {"verb": "circulation.lend", "subject_label": "circulation.Loan"}


def every_row():
    """Write down every table but the stamp of the school, which each entry of the audit moves."""
    found = {}
    for table in rows.tables(connection):
        names = rows.columns(table)
        found[table._meta.db_table] = [
            [value for name, value in zip(names, row, strict=True) if name != "stamp"]
            for row in rows.read(table, using="default")
        ]
    return found


def entries_in(found):
    return {row[0] for row in found["audit_entry"]}


def _photograph(library):
    """Let a pupil have a portrait of all the bytes that there are."""
    facts = {"school": library.school, "by": None, "now": NOW}
    readers.allow_photos(consent="家长同意书", **facts)
    Photo.objects.create(
        school=library.school,
        reader=library.pupils[0],
        jpeg=bytes(range(256)),
        digest="all",
        kept_at=NOW,
    )


@pytest.mark.django_db(transaction=True)
def test_r56_a_backup_under_load_holds_all_that_was_acknowledged_and_comes_back_row_by_row(home):
    library, closed = a_whole_library(pupils=DESKS, copies=DESKS), Event()
    with scope(school=library.school):
        _photograph(library)
    desks = [Desk(library, number, closed) for number in range(DESKS)]
    for desk in desks:
        desk.start()
    made = []
    for number in range(BACKUPS):
        while sum(len(desk.acknowledged) for desk in desks) < 60 * (number + 1):
            closed.wait(0.01)
        acknowledged = [pk for desk in desks for pk in list(desk.acknowledged)]
        backup = actions.make(why=Why.ASKED, by=None, now=NOW + timedelta(seconds=number))
        made.append((backup, acknowledged))
    closed.set()
    for desk in desks:
        desk.join()
    assert [desk.fault for desk in desks] == [None] * DESKS
    for backup, acknowledged in made if connection.vendor == "sqlite" else made[-1:]:
        manifest = archive.check(backup.path).manifest
        actions.restore(path=backup.path, now=NOW + timedelta(hours=1))
        index_lacking()
        found = every_row()
        assert set(acknowledged) <= entries_in(found)
        counts = {name: len(each) for name, each in found.items()}
        assert counts["circulation_loan"] == manifest.counts["circulation_loan"]
        assert counts["audit_entry"] == manifest.counts["audit_entry"] + 1  # the restoring itself
        assert list(check_data.everything()) == []
    before = every_row()
    again = actions.make(why=Why.ASKED, by=None, now=NOW + timedelta(hours=2))
    actions.restore(path=again.path, now=NOW + timedelta(hours=3))
    after = every_row()
    assert after.pop("audit_entry")[:-1] == before.pop("audit_entry")
    assert after == before
