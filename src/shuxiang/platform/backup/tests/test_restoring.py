from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta
from errno import EXDEV
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django_scopes import scope, scopes_disabled

from shuxiang.platform.audit.models import Entry
from shuxiang.platform.backup import (
    actions,
    archive,
    postgres_home,
    rows,
    sqlite,
    sqlite_home,
    staging,
)
from shuxiang.platform.backup.failures import BackupRefused
from shuxiang.platform.backup.homes import this_home
from shuxiang.platform.backup.rules import Engine, Refusal, Why
from shuxiang.platform.backup.tests.conftest import NOW
from shuxiang.platform.schools import actions as schools
from shuxiang.platform.schools.models import School, SchoolYear

LATER = NOW + timedelta(hours=3)


def make(now=NOW):
    return actions.make(why=Why.ASKED, by=None, now=now)


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


def without_audit(every):
    """Leave out the audit, and Django's own permissions and kinds: each migration makes them anew."""
    apart = {"audit_entry", "auth_permission", "django_content_type"}
    return {table: found for table, found in every.items() if table not in apart}


def database():
    return Path(connection.settings_dict["NAME"])


def enter_more(school):
    with scope(school=school):
        schools.open_year(school=school, first_year=2040, by=None, now=LATER)


def packed_again(backup, change):
    """Pack a backup once more, with one of its members changed, in a whole archive."""
    with zipfile.ZipFile(backup.path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
    return again.getvalue()


def wrong_byte(backup):
    """Turn one bit over in the middle of the longest member."""
    spoilt = bytearray(backup.path.read_bytes())
    with zipfile.ZipFile(backup.path) as packed:
        longest = max(packed.infolist(), key=lambda entry: entry.compress_size)
    spoilt[longest.header_offset + 80 + longest.compress_size // 2] ^= 1
    return bytes(spoilt)


def other_content(backup):
    def change(members):
        name = next(name for name in members if name.endswith((".sqlite3", "schools_school.jsonl")))
        members[name] = members[name].replace("青禾".encode(), "望湖".encode())

    return packed_again(backup, change)


def other_manifest(backup):
    def change(members):
        members["manifest.json"] = members["manifest.json"].replace("青禾".encode(), b"abcdef")

    return packed_again(backup, change)


def one_more_member(backup):
    return packed_again(backup, lambda members: members.update({"files/../../evil": b""}))


def of_a_newer_version(backup):
    def change(members):
        manifest = json.loads(members["manifest.json"])
        manifest["migrations"]["schools"].append("0099_from_tomorrow")
        members["manifest.json"] = json.dumps(manifest).encode()
        members["seal.json"] = json.dumps({"key": "another home's", "mac": ""}).encode()

    return packed_again(backup, change)


def of_another_school(backup):
    def change(members):
        manifest = json.loads(members["manifest.json"])
        manifest["schools"][0]["created_at"] = "2020-09-01T00:00:00+00:00"
        members["manifest.json"] = json.dumps(manifest).encode()
        members["seal.json"] = json.dumps({"key": "another home's", "mac": ""}).encode()

    return packed_again(backup, change)


WRONG = [
    (wrong_byte, Refusal.DAMAGED),
    (lambda backup: backup.path.read_bytes()[:-100], Refusal.DAMAGED),
    (lambda backup: backup.path.read_bytes()[: backup.size // 2], Refusal.DAMAGED),
    (lambda backup: b"", Refusal.NOT_A_BACKUP),
    (lambda backup: b"SQLite format 3\0" + b"\0" * 4096, Refusal.NOT_A_BACKUP),
    (lambda backup: packed_again(backup, lambda m: m.pop("manifest.json")), Refusal.NOT_A_BACKUP),
    (lambda backup: packed_again(backup, lambda m: m.pop("seal.json")), Refusal.NOT_A_BACKUP),
    (lambda backup: packed_again(backup, lambda m: m.popitem()), Refusal.NOT_A_BACKUP),
    (other_content, Refusal.TAMPERED),
    (other_manifest, Refusal.TAMPERED),
    (one_more_member, Refusal.TAMPERED),
    (of_a_newer_version, Refusal.NEWER),
    (of_another_school, Refusal.OTHER_SCHOOL),
]


@pytest.mark.parametrize(("spoil", "refusal"), WRONG)
def test_what_should_not_come_back_is_refused_and_nothing_changes(school, tmp_path, spoil, refusal):
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(spoil(make()))
    enter_more(school)
    before = every_row()
    with pytest.raises(BackupRefused) as refused:
        actions.restore(path=wrong, now=LATER)
    assert refused.value.refusal is refusal
    assert every_row() == before


def test_a_file_that_is_not_there_is_refused(school, tmp_path):
    with pytest.raises(BackupRefused) as refused:
        actions.restore(path=tmp_path / "none.zip", now=LATER)
    assert refused.value.refusal is Refusal.MISSING


def test_every_row_comes_back_as_it_was(school):
    before = every_row()
    backup = make()
    enter_more(school)
    actions.restore(path=backup.path, now=LATER)
    after = every_row()
    assert without_audit(after) == without_audit(before)
    assert after["audit_entry"][:-1] == before["audit_entry"]
    with scopes_disabled():
        assert Entry.objects.get(verb="backup.restore").details["name"] == backup.name


def test_new_rows_get_new_keys_afterwards(school):
    actions.restore(path=make().path, now=LATER)
    other = schools.create_school(name="望湖小学", by=None, now=LATER)
    assert other.pk == school.pk + 1


def test_the_state_before_is_kept_and_can_be_opened(school, is_sqlite):
    backup = make()
    enter_more(school)
    aside = actions.restore(path=backup.path, now=LATER).aside
    if is_sqlite:
        with sqlite.opened(Path(aside)) as kept:
            found = kept.execute("SELECT max(first_year) FROM schools_schoolyear").fetchone()
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max(first_year) FROM {aside}.schools_schoolyear")  # noqa: S608
            found = cursor.fetchone()
            cursor.execute(f"DROP SCHEMA {aside} CASCADE")
    assert found == (2040,)
    with scope(school=school):
        assert not SchoolYear.objects.filter(first_year=2040).exists()


def test_files_come_back_and_those_there_are_kept(school, home):
    (home / "files").mkdir()
    (home / "files" / "cover.jpg").write_bytes(b"then")
    backup = make()
    (home / "files" / "cover.jpg").write_bytes(b"now")
    actions.restore(path=backup.path, now=LATER)
    assert (home / "files" / "cover.jpg").read_bytes() == b"then"
    (aside,) = home.glob("files.before-*")
    assert (aside / "cover.jpg").read_bytes() == b"now"


def left_by_a_power_cut(tmp_path, change):
    """Change something, and leave it waiting beside the database as a server that died does."""
    journal = Path(f"{database()}-wal")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    change()
    shutil.copy(journal, tmp_path / "hot")
    shutil.copy(database(), tmp_path / "database")
    connections.close_all()
    shutil.copy(tmp_path / "database", database())
    shutil.copy(tmp_path / "hot", journal)


@pytest.mark.sqlite("the write-ahead log of a file")
def test_what_a_power_cut_left_waiting_is_kept_with_the_state_before(school, tmp_path):
    backup, before = make(), every_row()
    left_by_a_power_cut(tmp_path, lambda: enter_more(school))
    aside = actions.restore(path=backup.path, now=LATER).aside
    assert without_audit(every_row()) == without_audit(before)
    with sqlite.opened(Path(aside)) as kept:
        found = kept.execute("SELECT max(first_year) FROM schools_schoolyear").fetchone()
    assert found == (2040,)


@pytest.mark.sqlite("the write-ahead log of a file")
def test_a_journal_that_nobody_folded_in_does_not_spoil_what_comes_back(school, tmp_path):
    backup, before = make(), every_row()
    archive.unpack(backup.path, into=tmp_path / "unpacked")
    left_by_a_power_cut(tmp_path, lambda: School.objects.update(name="改名小学"))
    aside = sqlite_home.exchange(tmp_path / "unpacked" / "database.sqlite3", now=LATER)
    assert without_audit(every_row()) == without_audit(before)
    with sqlite.opened(Path(aside)) as kept:
        assert kept.execute("SELECT name FROM schools_school").fetchone() == ("改名小学",)


@pytest.mark.sqlite("a file to damage")
@pytest.mark.parametrize("damage", ["header", "middle", "cut", "empty"])
def test_a_damaged_database_is_replaced_and_kept_as_it_is(school, damage):
    backup, before = make(), every_row()
    connections.close_all()
    with database().open("rb+") as page:
        size = page.seek(0, os.SEEK_END)
        match damage:
            case "header":
                page.seek(0)
                page.write(b"\0" * 100)
            case "middle":
                page.seek(4096)
                page.write(os.urandom(size // 2))
            case "cut":
                page.truncate(size // 3 + 7)
            case "empty":
                page.truncate(0)
    spoilt = database().read_bytes()
    aside = actions.restore(path=backup.path, now=LATER).aside
    assert without_audit(every_row()) == without_audit(before)
    assert Path(aside).read_bytes()[: len(spoilt)] == spoilt


def test_it_is_refused_while_another_program_has_the_database_open(school, tmp_path):
    backup = make()
    wait = "import sys; print('open', flush=True); sys.stdin.read()"
    if connection.vendor == "sqlite":
        use = (
            f"import shuxiang.config, sqlite3\nc = sqlite3.connect({str(database())!r})\n"
            "c.execute('PRAGMA user_version').fetchone()\n"
        )
    else:
        settings = connection.settings_dict
        use = (
            "import psycopg\n"
            f"c = psycopg.connect(dbname={settings['NAME']!r}, user={settings['USER']!r},"
            f" password={settings['PASSWORD']!r}, host={settings['HOST']!r},"
            f" port={settings['PORT'] or 5432!r})\n"
        )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", use + wait], stdin=pipe, stdout=pipe) as other:
        assert other.stdout
        other.stdout.readline()
        before = every_row()
        with pytest.raises(BackupRefused) as refused:
            actions.restore(path=backup.path, now=LATER)
        other.communicate(b"")
    assert refused.value.refusal is Refusal.IN_USE
    assert every_row() == before


@pytest.mark.sqlite("a file to take away")
def test_an_empty_home_takes_any_schools_backup(school):
    backup, before = make(), every_row()
    connections.close_all()
    for name in ("", *sqlite.SIDECARS):
        Path(f"{database()}{name}").unlink(missing_ok=True)
    restored = actions.restore(path=backup.path, now=LATER)
    assert restored.aside == ""
    assert without_audit(every_row()) == without_audit(before)


@pytest.mark.sqlite("a file that comes from another disk")
def test_the_database_may_lie_on_another_disk_than_the_home(school, monkeypatch):
    backup, before = make(), every_row()
    enter_more(school)

    def within_a_disk(move):
        def moved(source, target, **how):
            disks = {Path(end).parent == database().parent for end in (source, target)}
            if len(disks) > 1:
                raise OSError(EXDEV, "Invalid cross-device link")
            return move(source, target, **how)

        return moved

    for way in ("rename", "replace"):
        monkeypatch.setattr(os, way, within_a_disk(getattr(os, way)))
    actions.restore(path=backup.path, now=LATER)
    assert without_audit(every_row()) == without_audit(before)


def test_an_older_backup_is_brought_up_to_date(school):
    newest = max(name for app, name in MigrationLoader(None).disk_migrations if app == "axes")
    call_command("migrate", "axes", "0005", verbosity=0)
    try:
        backup = actions.make_before_upgrade(now=NOW)
    finally:
        call_command("migrate", "axes", verbosity=0)
    before = every_row()
    assert backup.manifest
    assert newest not in backup.manifest.migrations["axes"]
    actions.restore(path=backup.path, now=LATER)
    assert ("axes", newest) in MigrationRecorder(connection).applied_migrations()
    assert without_audit(every_row()) == without_audit(before)


def test_rows_go_into_the_other_kind_of_database(school, tmp_path, is_sqlite):
    before = every_row()
    backup = tmp_path / "other.zip"
    write = rows_of_this_home if is_sqlite else file_of_this_home
    write(backup, tmp_path)
    enter_more(school)
    actions.restore(path=backup, now=LATER)
    assert without_audit(every_row()) == without_audit(before)


@pytest.mark.sqlite("rows written of a file, for the other kind")
def test_a_backup_of_rows_with_a_row_missing_is_refused(school, tmp_path):
    backup = tmp_path / "other.zip"
    rows_of_this_home(backup, tmp_path, but=lambda found: found[1:])
    before = every_row()
    with pytest.raises(BackupRefused) as refused:
        actions.restore(path=backup, now=LATER)
    assert refused.value.refusal is Refusal.DAMAGED
    assert every_row() == before


def facts():
    return {
        "migrations": postgres_home._migrations(connection),
        "schools": this_home().marks(),
        "counts": {name: len(found) for name, found in every_row().items()},
    }


def rows_of_this_home(path, tmp_path, but=lambda found: found):
    def lines(table):
        found = but(list(rows.read(table, using="default")))
        return rows.to_lines(rows.columns(table), found)

    members = {
        f"rows/{table._meta.db_table}.jsonl": partial(lines, table)
        for table in rows.tables(connection)
    }
    contents = archive.Contents(engine=Engine.ROWS, members=members, **facts())
    archive.write(path, contents, why=Why.ASKED, made_at=NOW)


def file_of_this_home(path, tmp_path):
    file = tmp_path / "of-rows.sqlite3"
    staging.migrate(f"sqlite:///{file}")
    settings = {"ENGINE": "shuxiang.platform.database", "NAME": str(file), "OPTIONS": {}}
    with rows.borrowed("file", settings):
        rows.fill("file", lambda t: (rows.columns(t), rows.read(t, using="default")))
    sqlite_home._fold(file)
    members = {"database.sqlite3": lambda: archive.pages_of(file)}
    contents = archive.Contents(engine=Engine.SQLITE, members=members, **facts())
    archive.write(path, contents, why=Why.ASKED, made_at=NOW)
