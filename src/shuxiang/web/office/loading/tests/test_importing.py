"""What a librarian sees when a list comes in."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from shuxiang.catalogue.actions import change_copy
from shuxiang.catalogue.models import Copy
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.worker import run
from shuxiang.readers.models import Reader
from shuxiang.readers.tests.factories import NOW, a_school, an_account

pytestmark = pytest.mark.django_db

BOOKS = [
    ["书名", "作者", "ISBN", "定价", "册数"],
    ["《星星的种子》", "林一著", "", "18.50元", 3],
    ["《河边的磨坊》", "周二著", "9.78E+12", "20元", 1],
]
READERS = [["姓名", "班级", "学号"], ["陈小满", "三(2)班", "0301"], ["吴安", "教师", "0007"]]


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def librarian(school):
    client = Client()
    client.force_login(an_account(school, Role.LIBRARIAN))
    return client


def a_file(rows, name="清单.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    page = io.BytesIO()
    book.save(page)
    return SimpleUploadedFile(name, page.getvalue())


def work_off(school):
    with scope(school=school):
        for job in Job.objects.unfinished().order_by("id"):
            run(job, clock=lambda: NOW)


def bring(client, school, kind, file):
    answer = client.post(reverse("loading.bring", args=[kind]), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    work_off(school)
    return answer.url


def test_r12_nothing_is_recorded_before_the_librarian_confirms(school, librarian):
    shown = librarian.get(bring(librarian, school, "books", a_file(BOOKS)))
    page = shown.content.decode()
    assert "星星的种子" in page
    assert "9.78E+12" in page
    with scope(school=school):
        assert not Copy.objects.exists()


def test_a_confirmed_list_comes_in_and_its_refused_rows_can_be_fetched(school, librarian):
    address = bring(librarian, school, "books", a_file(BOOKS))
    begun = librarian.post(f"{address}confirm/")
    assert "progress" in librarian.get(begun.url).content.decode()
    work_off(school)
    librarian.get(begun.url)
    with scope(school=school):
        assert [copy.price_fen for copy in Copy.objects.all()] == [1850, 1850, 1850]
    refused = librarian.get(f"{begun.url}refused.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(refused.streaming_content))).active
    assert [cell.value for cell in sheet[2]][1:4] == ["《河边的磨坊》", "周二著", "9.78E+12"]


def test_pressing_confirm_twice_takes_the_list_in_once(school, librarian):
    address = bring(librarian, school, "books", a_file(BOOKS))
    first = librarian.post(f"{address}confirm/")
    second = librarian.post(f"{address}confirm/")
    assert first.url == second.url
    work_off(school)
    with scope(school=school):
        assert Copy.objects.count() == 3


def test_a_list_without_headings_is_read_when_its_columns_are_named(school, librarian):
    rows = [[1, "《星星的种子》", "x"], [2, "《河边的磨坊》", "x"]]
    address = bring(librarian, school, "books", a_file(rows))
    asked = librarian.get(address, follow=True)
    assert asked.redirect_chain[-1][0] == f"{address}columns/"
    named = librarian.post(
        f"{address}columns/",
        {"take-0": "on", "column-0-0": "shelf", "column-0-1": "name", "column-0-2": ""},
    )
    work_off(school)
    again = librarian.get(named.url).content.decode()
    assert "河边的磨坊" in again


def test_what_was_said_of_a_heading_is_remembered(school, librarian):
    rows = [["书名", "印数"], ["星星的种子", 4]]
    address = bring(librarian, school, "books", a_file(rows))
    said = {"take-0": "on", "column-0-0": "name", "column-0-1": "copies"}
    librarian.post(f"{address}columns/", said)
    work_off(school)
    bring(librarian, school, "books", a_file([["书名", "印数"], ["河边的磨坊", 7]]))
    with scope(school=school):
        assert Job.objects.latest("id").report["copies"] == 7


def test_a_preview_that_no_longer_holds_is_made_anew(school, librarian):
    first = bring(librarian, school, "books", a_file(BOOKS))
    other = bring(librarian, school, "books", a_file(BOOKS))
    librarian.post(f"{other}confirm/")
    work_off(school)
    again = librarian.post(f"{first}confirm/")
    work_off(school)
    with scope(school=school):
        latest = Job.objects.latest("id")
        assert again.url == reverse("loading.see", args=[latest.pk])
        assert latest.report["counts"]["same"] == 1
        assert Copy.objects.count() == 3


def test_readers_come_in_with_their_classes(school, librarian):
    address = bring(librarian, school, "readers", a_file(READERS))
    librarian.post(f"{address}confirm/")
    work_off(school)
    with scope(school=school):
        found = Reader.objects.order_by("number").values_list("name", "number", "category")
        assert list(found) == [("吴安", "0007", "teacher"), ("陈小满", "0301", "pupil")]


def test_a_file_that_is_no_list_is_refused_with_words(school, librarian):
    picture = SimpleUploadedFile("清单.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    page = librarian.get(bring(librarian, school, "books", picture)).content.decode()
    with scope(school=school):
        assert Job.objects.get().error in page


def test_an_empty_file_is_refused_at_once(librarian):
    nothing = SimpleUploadedFile("清单.xlsx", b"")
    answer = librarian.post(reverse("loading.bring", args=["books"]), {"file": nothing})
    assert answer.status_code == 422


def test_a_list_that_was_given_up_is_forgotten(school, librarian):
    address = bring(librarian, school, "books", a_file(BOOKS))
    librarian.post(f"{address}give-up/")
    assert librarian.post(f"{address}confirm/").status_code == 404


def test_another_school_sees_nothing_of_it(school, librarian):
    address = bring(librarian, school, "books", a_file(BOOKS))
    stranger = Client()
    stranger.force_login(an_account(a_school("远山小学"), Role.LIBRARIAN))
    assert stranger.get(address).status_code == 404


def test_a_class_teacher_may_not_import(school):
    client = Client()
    client.force_login(an_account(school, Role.CLASS_TEACHER))
    assert client.get(reverse("loading.bring", args=["books"])).status_code == 403


def test_the_list_of_imports_teaches_while_it_is_empty(librarian):
    page = librarian.get(reverse("jobs.see_jobs")).content.decode()
    assert reverse("loading.empty_list", args=["books"]) in page


@pytest.mark.parametrize("kind", ["books", "readers"])
def test_the_empty_list_is_understood_when_it_comes_back(school, librarian, kind):
    empty = librarian.get(reverse("loading.empty_list", args=[kind]))
    book = openpyxl.load_workbook(io.BytesIO(empty.content))
    book.worksheets[0].append(["陈小满", "三(2)班"])
    page = io.BytesIO()
    book.save(page)
    bring(librarian, school, kind, SimpleUploadedFile("表.xlsx", page.getvalue()))
    with scope(school=school):
        assert Job.objects.get().report["counts"]["new"] == 1


def take_in(client, school, kind, file):
    begun = client.post(f"{bring(client, school, kind, file)}confirm/").url
    work_off(school)
    return begun


def test_an_import_is_taken_back_after_looking_at_what_goes_and_what_stays(school, librarian):
    address = take_in(librarian, school, "books", a_file(BOOKS))
    with scope(school=school):
        kept = Copy.objects.earliest("pk")
        change_copy(copy=kept, changes={"note": "签名本"}, by=None, now=NOW)
    assert f"{address}take-back/" in librarian.get(address).content.decode()
    shown = librarian.get(f"{address}take-back/").content.decode()
    assert kept.accession_number in shown
    assert "导入后改动过" in shown
    begun = librarian.post(f"{address}take-back/")
    assert librarian.get(begun.url).status_code == 200
    work_off(school)
    assert librarian.get(begun.url, follow=True).redirect_chain[-1][0] == address
    with scope(school=school):
        assert Copy.objects.get() == kept
    assert f"{address}take-back/" not in librarian.get(address).content.decode()


def test_readers_whom_a_list_brought_are_taken_back(school, librarian):
    address = take_in(librarian, school, "readers", a_file(READERS))
    librarian.post(f"{address}take-back/")
    work_off(school)
    with scope(school=school):
        assert not Reader.objects.exists()
    assert "2 位读者" in librarian.get(address).content.decode()
