"""An empty list to fill in: the columns that the import knows, with an example."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.headers import EXAMPLE

# Chinese on purpose, whatever the language of the screen: the list is for a Chinese school's staff.
COLUMNS: Mapping[Kind, Sequence[tuple[str, str, int]]] = {
    Kind.BOOKS: (
        ("书名", "西游记", 30),
        ("作者", "吴承恩著", 18),
        ("出版社", "人民文学出版社", 20),
        ("出版年", "2004", 9),
        ("ISBN", "978-7-02-000873-5", 20),
        ("定价", "47.20", 9),
        ("册数", "3", 7),
        ("条码号", "", 16),
        ("登录号", "", 14),
        ("索书号", "I242.4/12", 14),
        ("分类号", "", 12),
        ("架位", "A3", 9),
        ("藏书区", "", 12),
        ("丛书名", "", 18),
        ("备注", "", 18),
    ),
    Kind.READERS: (
        ("姓名", "林书言", 14),
        ("班级", "三(2)班", 12),
        ("学号", "20240302", 14),
        ("座号", "5", 7),
        ("借书证号", "", 16),
        ("读者类型", "学生", 12),
        ("可借册数", "", 10),
        ("借书权限", "开通", 10),
    ),
}


def workbook(kind: Kind) -> bytes:
    """Make the list: a header over text columns, so that zeros stay, and a sheet with an example."""
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#F3EFE6", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        for name in ("图书" if kind is Kind.BOOKS else "读者", EXAMPLE):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            for place, (header, example, width) in enumerate(COLUMNS[kind]):
                sheet.set_column(place, place, width, text)
                sheet.write_string(0, place, header, bold)
                if name == EXAMPLE:
                    sheet.write_string(1, place, example, text)
    return page.getvalue()
