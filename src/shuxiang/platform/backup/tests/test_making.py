from __future__ import annotations

import os
import resource
import stat
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django_scopes import scope

from shuxiang.platform.audit.models import Entry
from shuxiang.platform.backup import actions, archive, folders, queries, sqlite
from shuxiang.platform.backup.failures import BackupFailed, trouble_of_sqlite
from shuxiang.platform.backup.rules import Trouble, Why
from shuxiang.platform.backup.tests.conftest import NOW
from shuxiang.platform.schools import actions as schools


def make(why=Why.ASKED, now=NOW):
    return actions.make(why=why, by=None, now=now)


def verbs(school):
    with scope(school=school):
        return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


@contextmanager
def no_file_longer_than(size):
    """Let the disk refuse what is longer, as a full one does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_backup_is_one_private_file_that_tells_what_is_in_it(school):
    backup = make()
    assert backup.name == "shuxiang-20261123-102000.zip"
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    manifest = archive.check(backup.path).manifest
    assert [mark.name for mark in manifest.schools] == ["青禾小学"]
    assert manifest.counts["schools_school"] == 1
    assert os.listdir(backup.path.parent) == [backup.name]


def test_the_audit_and_the_first_page_know_when_it_was(school):
    make()
    assert verbs(school)[-1] == "backup.make"
    last = queries.last_backup(now=NOW + timedelta(days=2))
    assert (last.made_at, last.is_late, last.trouble) == (NOW, False, None)
    assert queries.last_backup(now=NOW + timedelta(days=4)).is_late


def test_files_beside_the_database_come_along(school, home):
    (home / "files" / "covers").mkdir(parents=True)
    (home / "files" / "covers" / "西游记.jpg").write_bytes(b"jpeg")
    assert "files/covers/西游记.jpg" in archive.check(make().path).manifest.members


def test_it_goes_to_the_folder_that_the_school_chose(school, stick):
    with scope(school=school):
        actions.choose_folder(school=school, folder=str(stick), by=None, now=NOW)
    assert make().path.parent == stick


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("backups", Trouble.NOT_ABSOLUTE),
        ("/nowhere/at/all", Trouble.FOLDER_MISSING),
        (__file__, Trouble.NOT_A_FOLDER),
    ],
)
def test_a_folder_that_cannot_take_backups_is_not_chosen(school, name, trouble):
    before = folders.chosen_folder()
    with pytest.raises(BackupFailed) as failed, scope(school=school):
        actions.choose_folder(school=school, folder=name, by=None, now=NOW)
    assert failed.value.trouble is trouble
    assert folders.chosen_folder() == before


def test_an_unplugged_disk_is_said_when_asked_for(school, choose, stick):
    choose(stick / "gone")
    with pytest.raises(BackupFailed) as failed:
        make()
    assert failed.value.trouble is Trouble.FOLDER_MISSING
    assert verbs(school)[-1] == "backup.note_failure"


def test_an_unplugged_disk_sends_the_daily_one_home_and_stays_red(school, choose, stick):
    choose(stick / "gone")
    backup = make(Why.DAILY)
    assert backup.path.parent == folders.home_folder()
    last = queries.last_backup(now=NOW)
    assert (last.made_at, last.is_late, last.trouble) == (None, True, Trouble.FOLDER_MISSING)


def test_the_empty_place_of_an_unplugged_disk_is_not_taken_for_the_disk(
    school, choose, stick, monkeypatch
):
    choose(stick)
    with monkeypatch.context() as plugged_in:
        plugged_in.setattr(folders, "_device", lambda folder: folder == stick)
        make()
    with pytest.raises(BackupFailed) as failed:
        make()
    assert failed.value.trouble is Trouble.FOLDER_MISSING


def test_a_disk_that_is_full_leaves_nothing_half_written(school, stick, choose, is_sqlite):
    choose(stick)
    with no_file_longer_than(60_000 if is_sqlite else 4_000), pytest.raises(BackupFailed) as failed:
        make()
    assert failed.value.trouble in {Trouble.FILE_TOO_BIG, Trouble.DISK_FAILED}
    assert os.listdir(stick) == []
    assert make().path.exists()


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("database or disk is full", Trouble.DISK_FULL),
        ("database disk image is malformed", Trouble.DATABASE_DAMAGED),
        ("file is not a database", Trouble.DATABASE_DAMAGED),
        ("disk I/O error", Trouble.DISK_FAILED),
    ],
)
def test_what_sqlite_says_is_understood(said, trouble):
    assert trouble_of_sqlite(Exception(said)) is trouble


def test_too_little_room_is_said_before_writing(school, stick):
    with pytest.raises(BackupFailed) as failed:
        folders.check_space(stick, 1 << 60)
    assert failed.value.trouble is Trouble.DISK_FULL


@pytest.mark.sqlite("a file to damage")
def test_a_damaged_database_is_not_passed_off_as_a_backup(school):
    make()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("UPDATE schools_schoolyear SET school_id = 99")
        cursor.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(BackupFailed) as failed:
        make(Why.DAILY, NOW + timedelta(days=1))
    assert failed.value.trouble is Trouble.DATABASE_DAMAGED
    assert len(queries.backups_in(folders.home_folder())) == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE schools_schoolyear SET school_id = %s", [school.pk])


def test_old_backups_go_but_not_those_of_another_school(school, home):
    folder = folders.home_folder()
    for back in range(9, 0, -1):
        make(now=NOW - timedelta(days=back))
    stranger = folder / "shuxiang-20200101-000000.zip"
    stranger.write_bytes(b"not ours")
    make()
    assert stranger.exists()
    names = [b.name for b in queries.backups_in(folder) if b.is_ours]
    assert "shuxiang-20261117-102000.zip" in names  # the seventh day
    assert "shuxiang-20261116-102000.zip" not in names


def test_two_in_one_second_are_two_files(school):
    assert [make().name, make().name] == [
        "shuxiang-20261123-102000.zip",
        "shuxiang-20261123-102000-2.zip",
    ]


def test_a_folder_on_a_network_drive_is_told_from_the_list_of_mounts():
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n//nas/share /media/共享\\040盘 cifs rw 0 0\n"
        "/dev/sdb1 /media/共享\\040盘/stick vfat rw 0 0\n"
    )
    kinds = {
        "/media/共享 盘/backup": "cifs",
        "/media/共享 盘/stick/backup": "vfat",
        "/media": "ext4",
    }
    assert {path: folders.filesystem_of(Path(path), mounts) for path in kinds} == kinds


def test_a_backup_can_be_taken_away_only_with_a_trace(school):
    backup = make()
    with scope(school=school):
        path = actions.download(school=school, name=backup.name, by=None, now=NOW)
    assert path == backup.path
    assert verbs(school)[-1] == "backup.download"


def test_a_backup_with_two_schools_is_taken_away_by_neither(school):
    schools.create_school(name="望湖小学", by=None, now=NOW)
    backup = make()
    with scope(school=school), pytest.raises(queries.BackupMissing):
        actions.download(school=school, name=backup.name, by=None, now=NOW)


@pytest.mark.parametrize("name", ["../secret-key", "/etc/passwd", "nothing.zip", ""])
def test_nothing_but_a_backup_is_taken_away(school, name):
    make()
    with scope(school=school), pytest.raises(queries.BackupMissing):
        actions.download(school=school, name=name, by=None, now=NOW)


@pytest.mark.sqlite("the write-ahead log of a file")
def test_the_copy_has_what_was_committed_a_moment_ago(school, tmp_path):
    with scope(school=school):
        schools.open_year(school=school, first_year=2031, by=None, now=NOW)
    copy = tmp_path / "copy.sqlite3"
    sqlite.copy(Path(connection.settings_dict["NAME"]), copy)
    with sqlite.opened(copy) as still:
        assert still.execute("SELECT max(first_year) FROM schools_schoolyear").fetchone() == (2031,)
    assert [p.name for p in tmp_path.glob("copy*")] == ["copy.sqlite3"]


def test_the_last_good_file_is_found_without_the_database(school):
    make()
    newer = make(now=NOW + timedelta(days=1))
    newer.path.write_bytes(newer.path.read_bytes()[:-9])
    good = queries.last_good_file()
    assert good is not None
    assert good.made_at == NOW
