"""What was shown is taken in: once, in pieces, and on to the end after a crash."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest
from django_scopes import scope

from shuxiang.catalogue.actions import open_accession, take_in
from shuxiang.catalogue.models import AccessionBatch, Copy, Posting, Title
from shuxiang.catalogue.rules import NewCopy, NewTitle
from shuxiang.interop.excel import keeping, preview, running
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.preview import Choices
from shuxiang.interop.excel.sheets import Fault, FileRefused
from shuxiang.interop.excel.tests import files
from shuxiang.interop.excel.verdicts import Verdict
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.queries import this_runner
from shuxiang.platform.jobs.rules import State
from shuxiang.readers.models import Reader, Restriction, SchoolClass
from shuxiang.readers.tests.factories import NOW, TODAY, a_school

pytestmark = pytest.mark.django_db

BOOKS: list[list[Any]] = [
    ["书名", "作者", "ISBN", "定价", "册数", "条码号", "架位"],
    ["《星星的种子》", "(美)林一著 ; 周二译", "9787532778812", "18.50元", 2, "B1;B2", "A1"],
    ["《河边的磨坊》", "周二著", "", "CNY20", 3, "", "A2"],
    ["《风车》", "何青著", "9.78E+12", "9元", 1, "", ""],
    ["合计", "", "", "", 6, "", ""],
]
READERS: list[list[Any]] = [
    ["借书号", "姓名", "单位", "借书权限", "借书额度"],
    ["0003", "吴安", "教师", "开通", 5],
    ["6101", "陈小满", "六甲", "开通", 2],
    ["6102", "何青", "六甲", "暂停", 2],
    ["1026", "林书言", "一年级", "开通", 4],
]


@pytest.fixture
def school():
    made = a_school()
    with scope(school=made):
        yield made


def shown(school, path, kind=Kind.BOOKS, **chosen):
    choices = Choices(kind=kind, name=path.name, **chosen)
    folder = keeping.new_folder(school)
    report = preview.prepare(
        school=school, file=path, choices=choices, folder=keeping.folder_of(folder), today=TODAY
    )
    return choices, folder, report


def begun(school, path, kind=Kind.BOOKS, **chosen):
    choices, folder, report = shown(school, path, kind, **chosen)
    params = {"choices": choices.as_params(), "report": report}
    job = jobs.start(
        school=school, kind=running.IMPORT, by=None, now=NOW, params=params, file=folder
    )
    jobs.claim(job, runner=this_runner(), now=NOW)
    return job


def taken_in(school, path, kind=Kind.BOOKS, **chosen):
    job = begun(school, path, kind, **chosen)
    running.take_in(job, lambda: NOW)
    assert job.state == State.DONE, job.error
    return job


def counts(report):
    return {verdict: number for verdict, number in report["counts"].items() if number}


def test_r12_books_come_in_with_their_copies_prices_and_places(school, tmp_path):
    job = taken_in(school, files.xlsx(tmp_path / "a.xlsx", BOOKS))
    assert counts(job.report) == {Verdict.NEW: 2, Verdict.REFUSED: 1}
    copies = Copy.objects.order_by("id").values_list("barcode", "price_fen", "shelf__code")
    assert list(copies) == [("B1", 1850, "A1"), ("B2", 1850, "A1"), *[("", 2000, "A2")] * 3]
    assert AccessionBatch.objects.get().source == AccessionBatch.Source.OPENING
    assert sum(Posting.objects.values_list("copies", flat=True)) == 5


def test_who_wrote_and_who_translated_is_kept(school, tmp_path):
    taken_in(school, files.xlsx(tmp_path / "a.xlsx", BOOKS))
    title = Title.objects.get(name="星星的种子")
    assert list(title.contributors.values_list("name", "role", "country")) == [
        ("林一", "著", "美"),
        ("周二", "译", ""),
    ]


def test_r12_the_same_file_twice_changes_nothing(school, tmp_path):
    path = files.xlsx(tmp_path / "a.xlsx", BOOKS)
    taken_in(school, path)
    before = list(Copy.objects.order_by("id").values())
    again = taken_in(school, path)
    assert counts(again.report) == {Verdict.SAME: 2, Verdict.REFUSED: 1}
    assert list(Copy.objects.order_by("id").values()) == before


def test_lists_side_by_side_twice_change_nothing(school, tmp_path):
    rows: list[list[Any]] = [
        ["位置", "书名"] * 3,
        *([1, f"甲{n}", 2, f"乙{n}", 3, f"丙{n}"] for n in "天地人"),
    ]
    path = files.xlsx(tmp_path / "a.xlsx", rows)
    assert counts(taken_in(school, path).report) == {Verdict.NEW: 9}
    assert counts(taken_in(school, path).report) == {Verdict.SAME: 9}


def test_further_copies_come_in_when_that_is_chosen(school, tmp_path):
    path = files.xlsx(tmp_path / "a.xlsx", [["书名", "册数"], ["星星的种子", 2]])
    taken_in(school, path)
    taken_in(school, path, further_copies=True)
    assert Copy.objects.count() == 4
    assert Title.objects.count() == 1


def test_a_changed_shelf_and_price_are_written(school, tmp_path):
    taken_in(school, files.xlsx(tmp_path / "a.xlsx", BOOKS))
    moved: list[list[Any]] = [BOOKS[0], ["星星的种子", "", "9787532778812", "19元", 1, "B1", "C7"]]
    job = taken_in(school, files.xlsx(tmp_path / "b.xlsx", moved))
    assert counts(job.report) == {Verdict.CHANGED: 1}
    copies = Copy.objects.filter(barcode="B1").values_list("price_fen", "shelf__code")
    assert list(copies) == [(1900, "C7")]


def test_nothing_is_written_by_a_preview(school, tmp_path):
    shown(school, files.xlsx(tmp_path / "a.xlsx", BOOKS))
    assert not Copy.objects.exists()
    assert not Title.objects.exists()


def test_a_list_of_loans_is_not_taken_for_the_stock(school, tmp_path):
    rows: list[list[Any]] = [["借书日期", "书名", "借阅人"], ["2026-09-01", "星星的种子", "何青"]]
    with pytest.raises(FileRefused) as refused:
        shown(school, files.xlsx(tmp_path / "a.xlsx", rows))
    assert refused.value.fault is Fault.LOANS


class _Killed(BaseException):
    """The process is gone; nothing catches this."""


def dying_clock(calls):
    left = iter(range(calls))

    def clock():
        if next(left, None) is None:
            raise _Killed
        return NOW

    return clock


@pytest.mark.parametrize("calls", [2, 3, 4, 5])
def test_r12_an_import_that_was_cut_off_goes_on_where_it_was(school, tmp_path, calls):
    rows: list[list[Any]] = [["书名", "册数"], *([f"书{n}", 2] for n in range(450))]
    job = begun(school, files.xlsx(tmp_path / "a.xlsx", rows))
    with pytest.raises(_Killed):
        running.take_in(job, dying_clock(calls))
    job = Job.objects.select_related("school").get(pk=job.pk)
    assert Copy.objects.count() == 2 * job.done
    running.take_in(job, lambda: NOW)
    assert Copy.objects.count() == 900
    assert AccessionBatch.objects.count() == 1
    assert counts(job.report) == {Verdict.NEW: 450}


def test_a_number_taken_since_the_preview_stops_its_row_alone(school, tmp_path):
    job = begun(school, files.xlsx(tmp_path / "a.xlsx", BOOKS))
    other = open_accession(school=school, source="gift", received_on=TODAY, by=None, now=NOW)
    book = NewCopy(title=NewTitle(name="别的书"), barcode="B2")
    take_in(accession=other, copies=[book], by=None, now=NOW)
    running.take_in(job, lambda: NOW)
    assert job.report["counts"][Verdict.REFUSED] == 2
    assert Copy.objects.filter(holding__title__name="河边的磨坊").count() == 3
    assert not Copy.objects.filter(barcode="B1").exists()


def test_r12_refused_rows_come_back_with_reasons_and_no_formula(school, tmp_path):
    rows: list[list[Any]] = [["书名", "作者", "ISBN"], ["=HYPERLINK(1)", "@何青", "9.78E+12"]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    _, folder, _ = shown(school, path)
    book = openpyxl.load_workbook(keeping.folder_of(folder) / "refused.xlsx")
    cells = list(book.active[2])
    assert [cell.value for cell in cells[1:]] == ["=HYPERLINK(1)", "@何青", "9.78E+12"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[1].quotePrefix


def test_the_file_of_refused_rows_comes_in_once_it_is_mended(school, tmp_path):
    _, folder, _ = shown(school, files.xlsx(tmp_path / "a.xlsx", BOOKS))
    path = keeping.folder_of(folder) / "refused.xlsx"
    book = openpyxl.load_workbook(path)
    book.active["D2"] = "9787532778812"
    book.save(path)
    assert counts(taken_in(school, path).report) == {Verdict.NEW: 1}


def test_readers_come_in_with_classes_limits_and_pauses(school, tmp_path):
    path = files.xlsx(tmp_path / "a.xlsx", READERS)
    taken_in(school, path, Kind.READERS)
    found = Reader.objects.order_by("card").values_list("card", "category", "limit")
    assert list(found) == [
        ("0003", "teacher", 5),
        ("1026", "pupil", 4),
        ("6101", "pupil", None),
        ("6102", "pupil", None),
    ]
    assert sorted(SchoolClass.objects.values_list("cohort", "number", "mark")) == [
        (2021, 1, "甲"),
        (2026, 1, ""),
    ]
    assert Restriction.objects.get().reader.card == "6102"
    again = taken_in(school, path, Kind.READERS)
    assert counts(again.report) == {Verdict.SAME: 4}


def test_a_reader_moves_and_gets_a_card_by_a_later_list(school, tmp_path):
    taken_in(school, files.xlsx(tmp_path / "a.xlsx", READERS), Kind.READERS)
    later: list[list[Any]] = [["借书号", "姓名", "单位"], ["6101", "陈小满", "六乙"]]
    job = taken_in(school, files.xlsx(tmp_path / "b.xlsx", later), Kind.READERS)
    assert counts(job.report) == {Verdict.CHANGED: 1}
    stay = Reader.objects.get(card="6101").memberships.get(until_on=None)
    assert stay.school_class.mark == "乙"
