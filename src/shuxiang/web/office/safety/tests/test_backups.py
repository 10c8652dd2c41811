from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from django_scopes import scope

from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.backup import folders, queries
from shuxiang.readers.tests.factories import SECRET, a_school

SEE, MAKE, FOLDER = (reverse(f"backup.{what}") for what in ("see", "make", "choose_folder"))


def download_of(backup):
    return reverse("backup.download", args=[backup.name])


def only_backup():
    (backup,) = queries.backups_in(folders.chosen_folder())
    return backup


def test_before_the_first_backup_the_page_is_red_and_says_how_to_begin(signed_in):
    page = signed_in(Role.LIBRARIAN).get(SEE).content.decode()
    assert "还没有备份过" in page
    assert "sx-notice is-bad" in page
    assert "请按“立即备份”" in page


def test_one_press_makes_a_backup_and_says_where_it_is(signed_in):
    browser = signed_in(Role.LIBRARIAN)
    page = browser.post(MAKE, follow=True).content.decode()
    assert f"已备份到 {folders.home_folder()}，并核对无误" in page
    assert "上次备份：" in page
    assert "已核对" in page
    assert only_backup().name in page  # in the line that tells how to go back


def test_looking_makes_no_backup(signed_in):
    assert signed_in(Role.LIBRARIAN).get(MAKE).status_code == 405
    assert queries.backups_in(folders.home_folder()) == []


def test_a_folder_that_is_not_there_is_said_and_what_was_typed_stays(signed_in):
    answer = signed_in(Role.LIBRARIAN).post(FOLDER, {"folder": "/nowhere/disk"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "找不到文件夹 /nowhere/disk" in page
    assert 'value="/nowhere/disk"' in page


def test_a_good_folder_is_used_from_then_on_and_can_be_taken_back(signed_in, tmp_path):
    stick = tmp_path / "U 盘"
    stick.mkdir()
    browser = signed_in(Role.LIBRARIAN)
    browser.post(FOLDER, {"folder": str(stick)})
    browser.post(MAKE)
    assert only_backup().path.parent == stick
    assert f'value="{stick}"' in browser.get(SEE).content.decode()
    browser.post(FOLDER, {"folder": ""})
    assert folders.chosen_folder() == folders.home_folder()


def test_an_unplugged_disk_stays_on_the_page_until_it_works_again(signed_in, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    browser = signed_in(Role.LIBRARIAN)
    browser.post(FOLDER, {"folder": str(stick)})
    browser.post(MAKE)
    only_backup().path.unlink()
    stick.rmdir()
    browser.post(MAKE)
    assert "的备份没有做成" in browser.get(SEE).content.decode()
    stick.mkdir()
    browser.post(MAKE)
    assert "的备份没有做成" not in browser.get(SEE).content.decode()


def test_a_damaged_file_is_shown_as_damaged(signed_in):
    browser = signed_in(Role.LIBRARIAN)
    browser.post(MAKE)
    only_backup().path.write_bytes(only_backup().path.read_bytes()[:-50])
    page = browser.get(SEE).content.decode()
    assert "已损坏" in page
    assert "已核对" not in page


def test_the_administrator_downloads_with_the_password_and_it_is_written_down(signed_in, school):
    browser = signed_in(Role.SCHOOL_ADMIN)
    browser.post(MAKE)
    answer = browser.post(download_of(only_backup()), {"password": SECRET})
    content = b"".join(answer.streaming_content)
    assert zipfile.ZipFile(BytesIO(content)).testzip() is None
    assert answer["Cache-Control"] == "no-store"
    with scope(school=school):
        assert Entry.objects.filter(verb="backup.download", by__isnull=False).count() == 1


@pytest.mark.parametrize("typed", [{}, {"password": ""}, {"password": "wrong"}])
def test_without_the_password_nothing_leaves(signed_in, school, typed):
    browser = signed_in(Role.SCHOOL_ADMIN)
    browser.post(MAKE)
    answer = browser.post(download_of(only_backup()), typed)
    assert not answer.streaming
    with scope(school=school):
        assert not Entry.objects.filter(verb="backup.download").exists()


def test_a_librarian_does_not_download(signed_in):
    browser = signed_in(Role.LIBRARIAN)
    browser.post(MAKE)
    assert browser.get(download_of(only_backup())).status_code == 403
    assert download_of(only_backup()) not in browser.get(SEE).content.decode()


def test_on_a_districts_server_no_school_sees_figures_or_takes_the_file(signed_in):
    a_school("望湖小学")
    browser = signed_in(Role.SCHOOL_ADMIN)
    browser.post(MAKE)
    page = browser.get(SEE).content.decode()
    assert "读者" not in page.split("<table")[1]
    assert browser.get(download_of(only_backup())).status_code == 404
    assert browser.post(FOLDER, {"folder": "/tmp"}).status_code == 404  # noqa: S108


@pytest.mark.parametrize("name", ["..", "secret-key", "shuxiang-20200101-000000.zip"])
def test_nothing_else_is_given(signed_in, name):
    address = f"/office/backups/{name}/download"
    assert signed_in(Role.SCHOOL_ADMIN).get(address).status_code == 404
