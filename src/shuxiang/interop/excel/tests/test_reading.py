"""Files of every kind are opened by what they are, and none takes the house down."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from shuxiang.interop.excel import reading
from shuxiang.interop.excel.sheets import Fault, FileRefused, Oddity
from shuxiang.interop.excel.tests import files

ROWS = [["书名", "作者"], ["星星的种子", "林一"], ["河边的磨坊", "周二"]]


def read(path, name=None):
    return reading.read_here(str(path), name or path.name, tell=lambda _rows: None)


def cells(book, sheet=0):
    return [list(row.cells) for row in book.sheets[sheet].rows]


def test_an_xlsx_is_read_in_a_child(tmp_path):
    book = reading.read(files.xlsx(tmp_path / "a.xlsx", ROWS), name="a.xlsx")
    assert cells(book) == ROWS


def test_an_old_xls_is_read(tmp_path):
    assert cells(read(files.xls(tmp_path / "a.xls", ROWS))) == ROWS


@pytest.mark.parametrize(
    ("make", "called"),
    [(files.xls, "a.xlsx"), (files.xls, "source"), (files.xlsx, "a.xls"), (files.xlsx, "source")],
)
def test_a_workbook_is_read_whatever_it_is_called(tmp_path, make, called):
    path = make(tmp_path / "book", ROWS) if make is files.xls else make(tmp_path / "b.xlsx", ROWS)
    assert cells(read(path.rename(tmp_path / called))) == ROWS


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_csv_is_read_in_every_encoding_and_dialect(tmp_path, encoding, delimiter):
    text = "\r\n".join(
        delimiter.join(row) for row in [["书名", "作者", "册数"], *([["丂丒", "匸囧", "12"]] * 9)]
    )
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert cells(read(path))[1] == ["丂丒", "匸囧", "12"]


def test_a_gbk_character_that_ends_like_a_bar_does_not_part_a_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("书名,作者\n倈倈,陒陒\n".encode("gbk"))
    assert cells(read(path)) == [["书名", "作者"], ["倈倈", "陒陒"]]


def test_zeros_protected_from_excel_come_through(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('姓名,学号\n陈小满,="00301"\n吴安,\'00302\n', encoding="utf-8")
    assert [row[1] for row in cells(read(path))[1:]] == ["00301", "00302"]


def test_commas_and_line_ends_inside_quotes_stay_inside(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('书名,简介\n星星,"一,二\n三"\n', encoding="utf-8")
    assert cells(read(path))[1] == ["星星", "一,二\n三"]


def test_a_web_page_named_xls_is_read_as_a_table(tmp_path):
    path = tmp_path / "导出.xls"
    page = "<html><body><table><tr><th>书名</th><th>架位</th></tr><tr><td rowspan=2>星星</td><td>1</td></tr><tr><td>2</td></tr></table>"
    path.write_bytes(page.encode("gbk"))
    book = read(path)
    assert cells(book) == [["书名", "架位"], ["星星", "1"], ["星星", "2"]]
    assert [remark.oddity for remark in book.remarks] == [Oddity.HTML]


def test_a_text_named_xls_is_read_as_text(tmp_path):
    path = tmp_path / "导出.xls"
    path.write_bytes("书名\t作者\n星星\t林一\n".encode("gbk"))
    book = read(path)
    assert cells(book)[1] == ["星星", "林一"]
    assert [remark.oddity for remark in book.remarks] == [Oddity.TEXT_NAMED_XLS]


@pytest.mark.parametrize("stray", ["A1048576", "XFD2", "XFD1048576"])
def test_a_stray_cell_far_away_does_no_harm(tmp_path, stray):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active[stray] = "x"
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert cells(found) == ROWS
    assert [remark.oddity for remark in found.remarks] == [Oddity.FAR_CELLS]


def test_merged_cells_fill_the_rows_below(tmp_path):
    book = openpyxl.Workbook()
    for row in [["班级", "姓名"], ["三(2)班", "陈小满"], [None, "吴安"], [None, "何青"]]:
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    book.save(tmp_path / "a.xlsx")
    assert [row[0] for row in cells(read(tmp_path / "a.xlsx"))] == ["班级", *["三(2)班"] * 3]


def test_dates_stay_dates_and_formulas_have_their_values(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["书名", "出版日期", "总价"])
    book.active.append(["星星", date(2011, 3, 1), "=1+1"])
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert cells(found)[1][1] == date(2011, 3, 1)
    assert found.remarks[0][:3] == (Oddity.FORMULAS_WITHOUT_VALUES, "Sheet", 1)


def test_hidden_sheets_and_rows_are_told(tmp_path):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    other = book.create_sheet("旧表")
    other.append(["书名"])
    other.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert [row.is_hidden for row in found.sheets[0].rows] == [False, False, True]
    assert {remark.oddity for remark in found.remarks} == {
        Oddity.HIDDEN_SHEETS,
        Oddity.HIDDEN_ROWS,
    }


def refusal(path, name=None):
    with pytest.raises(FileRefused) as refused:
        reading.read(path, name=name or path.name)
    return refused.value.fault


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path):
    assert refusal(files.zip_bomb(tmp_path / "a.xlsx")) is Fault.UNPACKS_TOO_BIG


def test_a_bomb_that_lies_about_its_size_is_refused_too(tmp_path):
    assert refusal(files.lying_zip(tmp_path / "a.xlsx")) in (Fault.BROKEN, Fault.TOO_HEAVY)


def test_two_hundred_megabytes_are_refused_unread(tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    assert refusal(path) is Fault.TOO_BIG


@pytest.mark.parametrize("called", ["a.xls", "a.xlsx", "source"])
@pytest.mark.parametrize("make", [files.encrypted, files.encrypted_xls])
def test_a_password_is_told_whatever_the_file_is_called(tmp_path, make, called):
    assert refusal(make(tmp_path / called)) is Fault.PASSWORD


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"%PDF-1.4 ...", Fault.NOT_A_TABLE),
        (b"\x89PNG\r\n\x1a\n", Fault.NOT_A_TABLE),
        (b"PK\x03\x04 cut off", Fault.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Fault.BROKEN),
        (b"\x00\x01\x02\x03" * 40, Fault.NOT_A_TABLE),
        (b"\xff\xfe", Fault.NO_ROWS),
        (b"\n\n , ,\n", Fault.NO_ROWS),
        (b"<?xml version='1.0'?><Workbook/>", Fault.SAVE_AS_XLSX),
        (b"MIME-Version: 1.0\n", Fault.SAVE_AS_XLSX),
    ],
)
def test_what_is_no_table_is_refused_with_the_right_words(tmp_path, content, fault):
    path = tmp_path / "清单.xls"
    path.write_bytes(content)
    assert refusal(path) is fault


def test_a_word_file_named_xlsx_is_refused(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert refusal(tmp_path / "a.xlsx") is Fault.NOT_A_TABLE


def test_a_file_that_is_gone_is_told(tmp_path):
    assert refusal(tmp_path / "a.xlsx") is Fault.GONE
