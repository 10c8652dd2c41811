"""Tables are found by their headings, wherever these stand."""

from __future__ import annotations

import pytest

from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.headers import find_tables, table_by_hand
from shuxiang.interop.excel.sheets import Merge, Workbook, filled


def book(*grids, merges=(), hidden=()):
    return Workbook(
        sheets=tuple(
            filled(
                name=f"表{number}",
                grid=[list(row) for row in grid],
                merges=merges,
                is_hidden=number in hidden,
            )
            for number, grid in enumerate(grids, start=1)
        )
    )


def tables(found, kind=Kind.BOOKS, learned=None, sheet=None):
    return find_tables(found, kind=kind, learned=learned or {}, sheet=sheet)


def fields(table):
    return {str(field): place for field, place in table.fields.items()}


def names(table):
    return [row.cells[table.fields["name"]] for row in table.rows]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("书 名", "name"), ("图书名称", "name"), ("题名*", "name"), ("书籍名称", "name"),
        ("ＩＳＢＮ号", "isbn"), ("ISBN（必填）", "isbn"), ("定价(元)", "price"), ("馆藏本数", "copies"),
        ("第一责任者", "author"), ("登录号", "accession_number"), ("條碼號", "barcode"), ("索书号", "call_number"),
        ("书籍位置", "shelf"), ("出版年月", "published"), ("丛书名", "series"),
    ],
)  # fmt: skip
def test_headings_are_known_by_their_synonyms(written, field):
    (table,) = tables(book([["书名" if field != "name" else "作者", written], ["a", "b"]]))
    assert fields(table)[field] == 1


def test_the_heading_is_found_below_titles_and_the_total_is_left_out():
    grid = [
        ["青禾小学图书登记表", "", ""],
        ["2026年9月", "", "制表人：周"],
        ["序号", "书名", "册数"],
        [1, "星星的种子", 3],
        [2, "河边的磨坊", 2],
        ["合计", "", 5],
        ["制表人：周敏", "", ""],
    ]
    (table,) = tables(book(grid))
    assert names(table) == ["星星的种子", "河边的磨坊"]
    assert [row.number for row in table.between] == [6]


def test_a_heading_of_two_lines_is_read_by_its_lower_line():
    grid = [
        ["书名", "出版", "", "价格"],
        ["", "出版社", "出版年", ""],
        ["星星的种子", "甲社", "2011", "5元"],
    ]
    merges = (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(0, 3, 1, 3))
    (table,) = tables(book(grid, merges=merges))
    assert fields(table) == {"name": 0, "publisher": 1, "published": 2, "price": 3}


def test_two_lists_side_by_side_are_two_tables_and_repeated_headings_no_rows():
    grid = [
        ["位置", "书名", "", "位置", "书名"],
        [1, "星星的种子", "", 5, "河边的磨坊"],
        ["位置", "书名", "", "位置", "书名"],
        [2, "风车", "", "", ""],
    ]
    left, right = tables(book(grid))
    assert names(left) == ["星星的种子", "风车"]
    assert names(right) == ["河边的磨坊"]


def test_the_sheet_is_chosen_by_its_headings():
    found = book([["姓名", "班级"], ["陈小满", "三(2)班"]], [["书名", "作者"], ["星星", "林一"]])
    assert [table.sheet for table in tables(found)] == ["表2"]
    assert [table.sheet for table in tables(found, Kind.READERS)] == ["表1"]


def test_sheets_with_the_same_columns_are_one_list_and_hidden_ones_are_left_aside():
    grid = [["姓名", "学号"], ["陈小满", "1"]]
    found = book(grid, grid, grid, hidden=(3,))
    assert [table.sheet for table in tables(found, Kind.READERS)] == ["表1", "表2"]
    assert [table.sheet for table in tables(found, Kind.READERS, sheet="表3")] == ["表3"]


def test_a_list_without_headings_is_not_guessed():
    assert tables(book([[1, "《星星的种子》"], [2, "《河边的磨坊》"]])) == ()


def test_columns_named_by_hand_make_a_table():
    sheet = book([[1, "《星星的种子》"], [2, "《河边的磨坊》"]]).sheets[0]
    (table,) = table_by_hand(sheet, kind=Kind.BOOKS, fields=["shelf", "name"])
    assert names(table) == ["《星星的种子》", "《河边的磨坊》"]


def test_what_was_said_by_hand_stands_above_the_synonyms():
    found = book([["书名", "数量", "印数"], ["星星", 9, 2]])
    (table,) = tables(found, learned={"数量": "", "印数": "copies"})
    assert fields(table) == {"name": 0, "copies": 2}


def test_identity_numbers_are_left_aside():
    grid = [["姓名", "学籍号", "身份证号", "学号"], ["陈小满", "G1", "1", "0301"]]
    (table,) = tables(book(grid), Kind.READERS)
    assert fields(table) == {"name": 0, "number": 3}
