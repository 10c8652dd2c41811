from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django_scopes import scope, scopes_disabled

from shuxiang.circulation.models import Hold
from shuxiang.clockwork.scheduler import Scheduler
from shuxiang.clockwork.tests.conftest import a_whole_library
from shuxiang.interop.excel import asking, keeping
from shuxiang.interop.excel.fields import Kind
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.backup import folders, queries
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.schools import actions as schools

MORNING = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 8:30 at the school

pytestmark = pytest.mark.django_db(transaction=True)


class Clock:
    def __init__(self, moment):
        self.moment = moment

    def __call__(self):
        return self.moment


def backups():
    return [backup.name for backup in queries.backups_in(folders.home_folder())]


def test_at_the_start_what_was_missed_is_done_and_then_again_after_its_hour(home):
    library = a_whole_library()
    clock = Clock(MORNING)
    clockwork = Scheduler(clock=clock)
    for _ in range(3):
        clockwork.look()
    assert backups() == ["shuxiang-20261124-083000.zip"]
    clock.moment = MORNING + timedelta(hours=8, minutes=1)
    clockwork.look()
    assert backups() == ["shuxiang-20261124-163100.zip", "shuxiang-20261124-083000.zip"]
    with scope(school=library.school):
        assert Entry.objects.filter(verb="backup.make").count() == 2


def test_a_server_that_starts_again_makes_no_second_backup_of_the_day(home):
    a_whole_library()
    Scheduler(clock=Clock(MORNING)).look()
    Scheduler(clock=Clock(MORNING + timedelta(hours=1))).look()
    assert len(backups()) == 1


def test_a_hold_that_nobody_fetched_ends_by_itself(home):
    library = a_whole_library()
    with scope(school=library.school):
        library.lend(0, 0)
        library.place_hold(0, 1)
        library.take_back(0)
        hold = Hold.objects.get()
        assert hold.state == Hold.State.READY
    Scheduler(clock=Clock(MORNING + timedelta(days=30))).look()
    with scope(school=library.school):
        hold.refresh_from_db()
        assert hold.state == Hold.State.EXPIRED


def test_what_fails_is_tried_again_in_an_hour_and_does_not_stop_the_rest(home, tmp_path):
    library = a_whole_library()
    (home / "backups").write_text("a file where the folder should be")
    clock = Clock(MORNING)
    clockwork = Scheduler(clock=clock)
    failures = []
    for minutes in (0, 10, 61):
        clock.moment = MORNING + timedelta(minutes=minutes)
        clockwork.look()
        with scope(school=library.school):
            failures.append(Entry.objects.filter(verb="backup.note_failure").count())
    assert failures == [1, 1, 2]
    (home / "backups").unlink()
    clock.moment = MORNING + timedelta(minutes=122)
    clockwork.look()
    assert len(backups()) == 1


def test_every_school_is_served_by_its_own_clock(home):
    a_whole_library()
    with scopes_disabled():
        schools.create_school(name="天山小学", zone="Asia/Urumqi", by=None, now=MORNING)
    clock = Clock(MORNING)
    clockwork = Scheduler(clock=clock)
    clockwork.look()
    assert len({key for key in clockwork._done if key[0] == "forget"}) == 2


def test_it_runs_beside_the_server_and_leaves_when_told(home):
    a_whole_library()
    connections.close_all()
    clockwork = Scheduler(clock=Clock(MORNING))
    clockwork.start()
    clockwork.leave(seconds=60)
    assert not clockwork.is_alive()
    assert len(backups()) == 1


def brought(library, name):
    """Bring a list that nobody confirms, as of two months ago."""
    job = asking.bring(
        school=library.school,
        kind=Kind.READERS,
        name=name,
        chunks=["姓名,班级\n陈小满,三(2)班\n".encode()],
        by=library.librarian,
        now=MORNING,
    )
    folder = keeping.folder_of(job.file)
    os.utime(folder, times=((MORNING - timedelta(days=60)).timestamp(),) * 2)
    return job, folder


def test_files_that_were_brought_and_left_lying_go_after_a_month(home):
    library = a_whole_library()
    with scope(school=library.school):
        _waiting, stays = brought(library, "在读.csv")
        shown, goes = brought(library, "名单.csv")
        Job.objects.filter(pk=shown.pk).update(state="done")
    Scheduler(clock=Clock(MORNING)).look()
    assert (stays.exists(), goes.exists()) == (True, False)
