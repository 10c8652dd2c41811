"""The commands of a librarian's terminal, whole."""

from __future__ import annotations

import argparse
import re
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.utils.translation import override
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW
from shuxiang.clockwork.backups import before_upgrade
from shuxiang.clockwork.commands import backup, check_data, restore
from shuxiang.clockwork.tests.conftest import a_whole_library
from shuxiang.platform.terminal import CommandFailed
from shuxiang.readers.models import Reader

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def chinese():
    with override("zh-hans"):
        yield


def typed(command, *words):
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(words))


def file_named_in(said):
    found = re.search(r"/\S+?\.zip", said)
    assert found
    return found[0]


def test_backup_says_where_it_is_and_what_is_in_it(home, capsys):
    a_whole_library()
    assert typed(backup) == 0
    said = capsys.readouterr().out
    assert Path(file_named_in(said)).exists()
    assert "石桥小学：读者 3 人，馆藏 4 册" in said


def test_backup_that_cannot_be_made_says_what_to_do(home):
    a_whole_library()
    (home / "backups").write_text("in the way")
    with pytest.raises(CommandFailed, match="请选择文件夹"):
        typed(backup)


def test_restore_asks_nobody_who_is_not_there_and_changes_nothing(home, capsys):
    a_whole_library()
    typed(backup)
    assert typed(restore, file_named_in(capsys.readouterr().out)) == 1
    assert "什么都没有改动" in capsys.readouterr().out


def test_restore_goes_back_and_ends_with_the_check(home, capsys):
    library = a_whole_library()
    typed(backup)
    file = file_named_in(capsys.readouterr().out)
    with scope(school=library.school):
        Reader.objects.filter(pk=library.pupils[0].pk).update(name="改错的名字")
    assert typed(restore, file, "--yes") == 0
    assert "各项记录互相吻合" in capsys.readouterr().out
    with scope(school=library.school):
        assert Reader.objects.get(pk=library.pupils[0].pk).name == "学生1"


def test_restore_of_something_else_says_what_it_is(home, tmp_path):
    a_whole_library()
    holiday = tmp_path / "holiday.zip"
    with zipfile.ZipFile(holiday, "w") as packed:
        packed.writestr("photo.jpg", b"jpeg")
    with pytest.raises(CommandFailed, match="不是书香的备份"):
        typed(restore, str(holiday), "--yes")


def test_check_data_ends_with_1_if_anything_is_broken(home, capsys):
    a_whole_library()
    assert typed(check_data) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_copy SET price_fen = 1999 WHERE barcode = 'B00001'")
    assert typed(check_data) == 1
    assert "石桥小学：" in capsys.readouterr().out


@pytest.mark.sqlite("PostgreSQL has no switch that lets such a row in")
def test_check_data_finds_a_row_that_points_at_nothing(home, capsys):
    library = a_whole_library()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("UPDATE readers_reader SET account_id = 987654 WHERE card = 'R00001'")
        cursor.execute("PRAGMA foreign_keys = ON")
    assert typed(check_data) == 1
    assert "readers_reader" in capsys.readouterr().out
    with scope(school=library.school):
        Reader.objects.update(account=None)


def test_before_an_upgrade_a_backup_is_made_or_nothing_is_changed(home, capsys):
    a_whole_library()
    before_upgrade(now=NOW)
    assert "升级前已备份" in capsys.readouterr().out
    for made in (home / "backups").iterdir():
        made.unlink()
    (home / "backups").rmdir()
    (home / "backups").write_text("in the way")
    with pytest.raises(CommandFailed, match="什么都没有改动"):
        before_upgrade(now=NOW)
