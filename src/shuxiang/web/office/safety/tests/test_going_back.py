"""Going back to a backup from the office: who may, what is said before, what is refused."""

from __future__ import annotations

import gc
from zipfile import ZipFile

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now
from django_scopes import scope

from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.backup import actions, doorbell, folders, queries
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.models import Job
from shuxiang.readers.models import Reader
from shuxiang.readers.tests.factories import SECRET, a_reader, a_school

SEE, MAKE = reverse("backup.see"), reverse("backup.make")


@pytest.fixture(autouse=True)
def attended():
    """As in the process of a server that is started again when it ends."""
    doorbell.attended.set()
    yield
    doorbell.attended.clear()
    doorbell.asked.clear()


@pytest.fixture
def librarian(signed_in):
    browser = signed_in(Role.LIBRARIAN)
    browser.post(MAKE)
    return browser


def made():
    (backup,) = queries.backups_in(folders.chosen_folder())
    return backup


def address():
    return reverse("backup.ask_to_restore", args=[made().name])


def next_start():
    """What the server's next process does before it opens: nothing that was open before is there."""
    gc.collect()  # a connection that the frames of a refusal still hold
    actions.finish_restore(clock=now, check=list)


def test_the_page_says_what_will_happen_and_shows_then_beside_now(librarian, school):
    with scope(school=school):
        a_reader(school)
    assert address() in librarian.get(SEE).content.decode()
    page = librarian.get(address()).content.decode()
    assert "所有人都会退出登录" in page
    assert "另外保存一份" in page
    assert [cell.split("<")[0] for cell in page.split('<td class="r num">')[1:3]] == ["0", "1"]


def test_with_the_password_everything_is_as_it_was_and_everybody_signs_in_again(librarian, school):
    with scope(school=school):
        a_reader(school)
    begun = librarian.post(address(), {"password": SECRET}, follow=True)
    assert "正在恢复到备份" in begun.content.decode()
    assert doorbell.asked.is_set()
    asking = {"HX-Request": "true"}
    assert librarian.get(reverse("backup.see_restoring"), headers=asking).status_code == 204
    next_start()
    with scope(school=school):
        assert not Reader.objects.exists()
        assert Entry.objects.filter(verb="backup.restore", by__isnull=False).count() == 1
    assert librarian.get(SEE).status_code == 302


def test_afterwards_the_page_tells_where_the_state_before_is_kept(librarian, signed_in):
    librarian.post(address(), {"password": SECRET})
    next_start()
    page = signed_in(Role.LIBRARIAN).get(SEE).content.decode()
    assert "没有矛盾" in page
    if connection.vendor == "sqlite":
        assert ".before-" in page


@pytest.mark.parametrize("typed", [{}, {"password": ""}, {"password": "wrong"}])
def test_without_the_password_nothing_is_asked_for(librarian, typed):
    librarian.post(address(), typed)
    assert not queries.is_going_back()
    assert not doorbell.asked.is_set()


def test_a_file_damaged_inside_is_refused_in_words(librarian):
    page = bytearray(made().path.read_bytes())
    with ZipFile(made().path) as members:
        rows = [each for each in members.infolist() if not each.filename.startswith("manifest")]
    longest = max(rows, key=lambda member: member.compress_size)
    page[longest.header_offset + 80 + longest.compress_size // 2] ^= 0xFF
    made().path.write_bytes(page)
    for answer in (librarian.get(address()), librarian.post(address(), {"password": SECRET})):
        assert "什么都没有改动" in answer.content.decode()
    assert not queries.is_going_back()


def test_a_disk_pulled_out_after_the_question_changes_nothing_and_is_told(librarian, school):
    librarian.post(address(), {"password": SECRET})
    with scope(school=school):
        a_reader(school)
    made().path.unlink()
    next_start()
    with scope(school=school):
        assert Reader.objects.count() == 1
    page = librarian.get(SEE).content.decode()
    assert "没有恢复到" in page
    assert "找不到这个文件" in page or "没有这个文件" in page


def test_work_that_was_under_way_then_does_not_begin_again(librarian, school):
    made().path.unlink()
    with scope(school=school):
        jobs.start(school=school, kind="excel.import", by=None, now=now())
    librarian.post(MAKE)
    librarian.post(address(), {"password": SECRET})
    next_start()
    with scope(school=school):
        assert Job.objects.get().state == "failed"


def test_a_server_that_falls_over_it_again_and_again_gives_it_up(librarian):
    librarian.post(address(), {"password": SECRET})

    class Killed(BaseException):
        pass

    def killed():
        raise Killed

    for _ in range(3):
        with pytest.raises(Killed):
            actions.finish_restore(clock=killed, check=list)
    next_start()
    assert not queries.is_going_back()
    told = queries.last_going_back(now=now())
    assert told
    assert told.refusal == "unforeseen"


def test_a_server_that_nobody_starts_again_tells_the_command_instead(librarian):
    doorbell.attended.clear()
    page = librarian.get(SEE).content.decode()
    assert address() not in page
    assert "shuxiang restore" in page
    assert librarian.post(address(), {"password": SECRET}).status_code == 302
    assert not queries.is_going_back()


def test_on_a_districts_server_no_school_goes_back_alone(librarian):
    name = made().name
    a_school("望湖小学")
    librarian.post(MAKE)
    assert reverse("backup.ask_to_restore", args=[name]) not in librarian.get(SEE).content.decode()
    answer = librarian.post(reverse("backup.ask_to_restore", args=[name]), {"password": SECRET})
    assert answer.status_code == 302
    assert not queries.is_going_back()


@pytest.mark.parametrize("role", [Role.CLASS_TEACHER, Role.HELPER, Role.PRINCIPAL])
def test_nobody_else_may(signed_in, role):
    address = reverse("backup.ask_to_restore", args=["shuxiang-20260101-000000.zip"])
    assert signed_in(role).get(address).status_code == 403
