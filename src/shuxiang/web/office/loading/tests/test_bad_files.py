"""What a librarian reads when a file is not what it should be: what happened, and what to do."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_scopes import scope

from shuxiang.catalogue.models import Copy, Title
from shuxiang.interop.excel import reading
from shuxiang.interop.excel.tests import files
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.worker import run
from shuxiang.readers.models import Reader
from shuxiang.readers.tests.factories import NOW, a_school, an_account

pytestmark = pytest.mark.django_db

BOOKS: list[list[Any]] = [["书名", "作者"], ["星星的种子", "林一"], ["河边的磨坊", "周二"]]
PAGE = "<html><body><table><tr><td>书名</td></tr><tr><td>星星的种子</td></tr></table></body></html>"


class Case(NamedTuple):
    """A file, and what the page says of it."""

    what: str
    name: str
    make: Callable[[Path], object]
    says: tuple[str, ...]
    kind: str = "books"


def text(content: str, encoding: str = "gbk") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content.encode(encoding))


def sheet(
    rows: list[list[Any]], change: Callable[[Any], object] | None = None
) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        if change:
            change(book)
        book.save(path)

    return make


def with_hidden_parts(book: Any) -> None:
    book.active.row_dimensions[3].hidden = True
    other = book.create_sheet("旧表")
    other.append(["书名"])
    other.append(["旧书"])
    other.sheet_state = "hidden"


def with_a_stray_cell(book: Any) -> None:
    book.active["A1048576"] = "x"


REFUSED = [
    Case(
        "a picture",
        "清单.xlsx",
        lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50),
        ("不是表格", "什么也没有记录", "请选择"),
    ),
    Case("a password", "清单.xlsx", files.encrypted, ("密码", "什么也没有记录", "去掉密码")),
    Case("a password, old", "清单.xls", files.encrypted_xls, ("密码", "什么也没有记录")),
    Case("a zip bomb", "清单.xlsx", files.zip_bomb, ("MB", "什么也没有记录", "新工作簿")),
    Case("no rows", "清单.csv", text("\n\n , ,\n"), ("没有", "什么也没有记录", "请选择")),
    Case(
        "cut off",
        "清单.xlsx",
        lambda p: p.write_bytes(b"PK\x03\x04 cut off"),
        ("损坏", "什么也没有记录"),
    ),
    Case("headings alone", "清单.xlsx", sheet(BOOKS[:1]), ("没有", "什么也没有记录", "请选择")),
]
SHOWN = [
    Case("a web page named xls", "导出.xls", text(PAGE), ("星星的种子", "网页")),
    Case(
        "a text named xls",
        "导出.xls",
        text("书名\t作者\n星星的种子\t林一\n"),
        ("星星的种子", "文本"),
    ),
    Case(
        "hidden sheets and rows",
        "a.xlsx",
        sheet(BOOKS, with_hidden_parts),
        ("河边的磨坊", "隐藏", "旧表"),
    ),
    Case("a stray cell", "a.xlsx", sheet(BOOKS, with_a_stray_cell), ("河边的磨坊", "离表格很远")),
    Case(
        "formulas",
        "a.xlsx",
        sheet([["书名", "定价"], ["星星的种子", "=1+1"]]),
        ("星星的种子", "公式"),
    ),
    Case(
        "two tables side by side",
        "a.xlsx",
        sheet([["书名", "位置", "书名", "位置"], ["星星的种子", 1, "河边的磨坊", 2]]),
        ("星星的种子", "河边的磨坊"),
    ),
    Case(
        "a row with one barcode twice",
        "a.xlsx",
        sheet([["书名", "册数", "条码号"], ["星星的种子", 2, "B1;B1"]]),
        ("不导入", "B1"),
    ),
    Case(
        "a class that is made",
        "a.xlsx",
        sheet([["姓名", "班级"], ["陈小满", "三(9)班"]]),
        ("陈小满", "新建班级"),
        "readers",
    ),
    Case(
        "a class that can't be",
        "a.xlsx",
        sheet([["姓名", "班级"], ["陈小满", "高三(1)班"]]),
        ("不导入", "高三(1)班"),
        "readers",
    ),
]


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def librarian(school, client):
    client.force_login(an_account(school, Role.LIBRARIAN))
    return client


def brought(case: Case, school, librarian, tmp_path) -> str:
    """Bring the file and give the text of the page that follows."""
    path = tmp_path / case.name
    case.make(path)
    file = SimpleUploadedFile(case.name, path.read_bytes())
    answer = librarian.post(reverse("loading.bring", args=[case.kind]), {"file": file})
    with scope(school=school):
        for job in Job.objects.unfinished():
            run(job, clock=lambda: NOW)
    page = librarian.get(answer.url, follow=True) if answer.status_code == 302 else answer
    with scope(school=school):
        assert (Copy.objects.count(), Title.objects.count(), Reader.objects.count()) == (0, 0, 0)
    return html.unescape(page.content.decode())


@pytest.mark.parametrize("case", [*REFUSED, *SHOWN], ids=lambda case: case.what)
def test_r12_the_page_says_what_is_odd_and_nothing_is_recorded(case, school, librarian, tmp_path):
    page = brought(case, school, librarian, tmp_path)
    main = re.sub(r"<[^>]*>|\s+", " ", page[page.index("<main") : page.index("</main>")])
    assert [words for words in case.says if words not in main] == [], main


def test_a_list_without_headings_asks_what_its_columns_hold(school, librarian, tmp_path):
    case = Case("no header", "a.xlsx", sheet([[1, "《星星的种子》"], [2, "《河边的磨坊》"]]), ())
    page = brought(case, school, librarian, tmp_path)
    assert "什么也没有记录" in page
    assert "星星的种子" in page


def test_a_file_that_is_too_big_is_refused_at_once(school, librarian, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "BIGGEST", 2**20)  # two hundred megabytes would only be slower
    case = Case("too big", "a.xlsx", lambda path: path.write_bytes(b"x" * 3 * 2**20), ())
    page = brought(case, school, librarian, tmp_path)
    assert "3 MB" in page
    assert "最大" in page or "最多" in page
    assert not list(tmp_path.glob("files/imports/*/*"))
