"""Files as schools have them, and as nobody should, made for the tests."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from xlwt.CompoundDoc import XlsDoc

BEGINNING = 0x809  # a record of an old workbook that is never scrambled


def xlsx(path: Path, rows: Sequence[Sequence[Any]], *, title: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def xls(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("图书")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            sheet.write(number, place, value)
    book.save(str(path))
    return path


def zip_bomb(path: Path) -> Path:
    """A workbook whose sheet unpacks to 600 MB of blanks."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(600):
                part.write(b" " * 2**20)
    return path


def lying_zip(path: Path) -> Path:
    """A bomb whose table of contents says that it is small."""
    zip_bomb(path)
    page = bytearray(path.read_bytes())
    place = page.rindex(b"PK\x01\x02")
    page[place + 24 : place + 28] = struct.pack("<I", 1000)
    path.write_bytes(bytes(page))
    return path


def encrypted(path: Path) -> Path:
    """The outside of a workbook with a password: an OLE container with an encrypted part."""
    inside = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + inside + b"\0" * 3_000)
    return path


def encrypted_xls(path: Path) -> Path:
    """An old workbook with a password: a FILEPASS record, and what follows is scrambled."""
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("图书").write(0, 0, "书名")
    plain, made, place = book.get_biff_data(), b"", 0
    while place + 4 <= len(plain):
        kind, length = struct.unpack("<HH", plain[place : place + 4])
        body = plain[place + 4 : place + 4 + length]
        is_beginning = kind == BEGINNING
        scrambled = body if is_beginning else bytes(byte ^ 0x5A for byte in body)
        made += plain[place : place + 4] + scrambled
        if is_beginning and place == 0:
            made += struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + b"\x11" * 48
        place += 4 + length
    XlsDoc().save(str(path), made)
    return path
