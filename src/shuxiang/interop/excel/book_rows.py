"""Read a row about a book: what its cells say, and what is wrong or doubtful about them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shuxiang.catalogue.rules import NewNumber
from shuxiang.formats import callnumber, clc, isbn, money, price
from shuxiang.formats.price import Price
from shuxiang.formats.text import TooLong
from shuxiang.interop.excel import values
from shuxiang.interop.excel.fields import BookField
from shuxiang.interop.excel.headers import Table
from shuxiang.interop.excel.sheets import Cell, Row, is_blank
from shuxiang.interop.excel.values import text_of, tidy
from shuxiang.interop.excel.verdicts import Reason, Where, Why

MOST_COPIES = 999
LONGEST_NAME = 300

_WHOLE_MARKS = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_MARKED_WITH_VOLUME = re.compile(
    r"《([^《》]+)》\s*[(（]?(第?[0-9一二三四五六七八九十百]{1,4}[册卷本集部辑]|[上中下前后][册卷集部]?)[)）]?"
)
_PINYIN = re.compile(r"注音|拼音")
_LABEL = re.compile(r"^(?:作者/译者|作者|出版信息|出版社|书名|定价|著者)\s*[::]\s*")
_NAME_AND_AUTHOR = re.compile(r"(.+?) / (.+)")
_LANGUAGES = {
    "中": "chi",
    "汉": "chi",
    "英": "eng",
    "日": "jpn",
    "俄": "rus",
    "法": "fre",
    "德": "ger",
}
_AS_WRITTEN = frozenset(
    {
        BookField.SUBTITLE,
        BookField.TRANSLATOR,
        BookField.PLACE,
        BookField.EDITION,
        BookField.PAGES,
        BookField.SERIES,
        BookField.SUBJECTS,
        BookField.SUMMARY,
        BookField.NOTE,
    }
)
_ISBN_DOUBTS = {
    isbn.Fault.CHECK_DIGIT: Reason.ISBN_CHECK_DIGIT,
    isbn.Fault.LENGTH: Reason.ISBN_LENGTH,
    isbn.Fault.NOT_A_BOOK: Reason.ISBN_UNREADABLE,
    isbn.Fault.UNREADABLE: Reason.ISBN_UNREADABLE,
}
_PRICE_DOUBTS = {
    price.Doubt.FOREIGN: Reason.PRICE_FOREIGN,
    price.Doubt.SEVERAL: Reason.PRICE_SEVERAL,
    price.Doubt.TYPED_POINT: Reason.PRICE_TYPED_POINT,
    price.Doubt.UNREADABLE: Reason.PRICE_UNREADABLE,
}


class BookRow(NamedTuple):
    """What one row says. `price_fen` is for one copy; `faults` refuse the row, `doubts` mark it."""

    where: Where
    name: str
    subtitle: str = ""
    volume: str = ""
    numbers: tuple[NewNumber, ...] = ()
    author: str = ""
    translator: str = ""
    publisher: str = ""
    place: str = ""
    published: str = ""
    year: int | None = None
    edition: str = ""
    pages: str = ""
    price_text: str = ""
    price_fen: int | None = None
    series: str = ""
    language: str = "chi"
    has_pinyin: bool | None = None
    subjects: str = ""
    summary: str = ""
    note: str = ""
    copies: int = 1
    barcodes: tuple[str, ...] = ()
    accession_numbers: tuple[str, ...] = ()
    call_number: str = ""
    clc: str = ""
    shelf: str = ""
    collection: str = ""
    faults: tuple[Why, ...] = ()
    doubts: tuple[Why, ...] = ()

    @property
    def isbns(self) -> tuple[str, ...]:
        return tuple([number.value for number in self.numbers if number.kind == "isbn"])

    @property
    def has_codes(self) -> bool:
        return bool(self.barcodes or self.accession_numbers)


class _Cells:
    """The cells of one row by field, and the reasons that reading them brings up."""

    __slots__ = ("_filled", "_table", "doubts", "faults", "number")

    def __init__(self, row: Row, places: Mapping[str, int], table: Table) -> None:
        cells, wide = row.cells, len(row.cells)
        self._filled = {
            field: cell
            for field, place in places.items()
            if place < wide and (cell := cells[place]) != ""
        }
        self._table = table
        self.number = row.number
        self.faults: list[Why] = []
        self.doubts: list[Why] = []

    def __getitem__(self, field: BookField) -> Cell:
        return self._filled.get(field)

    def text(self, field: BookField) -> str:
        return tidy(self._filled[field]) if field in self._filled else ""

    def as_written(self) -> dict[str, str]:
        """Give the words that a row keeps as they are, of those columns that have any."""
        return {field: tidy(self._filled[field]) for field in _AS_WRITTEN & self._filled.keys()}

    def rows_sharing(self, field: BookField) -> int:
        if not self._table.merged or field not in self._filled:
            return 1
        return self._table.merged.get((self.number, self._table.fields[field]), 1)


def read_table(table: Table) -> Iterator[BookRow]:
    """Read every row of a table."""
    places = table.fields
    for row in table.rows:
        where = Where(table.sheet, row.number, table.columns[0].place)
        yield _read(_Cells(row, places, table), where)


def _read(cells: _Cells, where: Where) -> BookRow:
    name, volume, author = _name(cells)
    numbers = _numbers(cells)
    read_price = price.read(_without_label(text_of(cells[BookField.PRICE])))
    barcodes, accession_numbers = _codes(cells)
    copies = _copies(cells, read_price, max(len(barcodes), len(accession_numbers)))
    _check_codes(cells, copies, barcodes, accession_numbers)
    call_number, class_number = _place(cells)
    published = _published(cells)
    return BookRow(
        where=where,
        name=name,
        volume=cells.text(BookField.VOLUME) or volume,
        numbers=numbers,
        author=author,
        publisher=_without_label(cells.text(BookField.PUBLISHER)),
        published=published,
        year=values.year_of(cells[BookField.PUBLISHED]),
        price_text=read_price.text,
        price_fen=_price(cells, read_price, copies),
        language=_language(cells.text(BookField.LANGUAGE)),
        has_pinyin=True if _PINYIN.search(name + cells.text(BookField.EDITION)) else None,
        copies=copies,
        barcodes=barcodes,
        accession_numbers=accession_numbers,
        call_number=call_number,
        clc=class_number,
        shelf=cells.text(BookField.SHELF)[:40],
        collection=cells.text(BookField.COLLECTION)[:40],
        faults=tuple(cells.faults),
        doubts=tuple(cells.doubts),
        **cells.as_written(),
    )


def _name(cells: _Cells) -> tuple[str, str, str]:
    """Give name, volume and author; marks 《》 round a whole name fall away."""
    name, volume = cells.text(BookField.NAME), ""
    author = _without_label(cells.text(BookField.AUTHOR))
    if not author and (both := _NAME_AND_AUTHOR.fullmatch(name)):
        name, author = both[1], both[2]
    if name.startswith("《"):
        if whole := _WHOLE_MARKS.fullmatch(name):
            name = whole[1].strip()
        elif parts := _MARKED_WITH_VOLUME.fullmatch(name):
            name, volume = parts[1].strip(), parts[2]
    if not name:
        cells.faults.append(Why(Reason.NO_NAME))
    if len(name) > LONGEST_NAME:
        cells.doubts.append(Why(Reason.TEXT_CUT))
    return name, volume, author


def _without_label(text: str) -> str:
    return _LABEL.sub("", text).strip() if text else ""


def _numbers(cells: _Cells) -> tuple[NewNumber, ...]:
    cell = cells[BookField.ISBN]
    written = text_of(cell).strip()
    if not written:
        return ()
    try:
        found = isbn.read_all(cell if isinstance(cell, float) else written)
    except isbn.LostDigits:
        cells.faults.append(Why(Reason.LOST_DIGITS, written))
        return ()
    if not any(map(str.isdigit, "".join([one.text for one in found]))):
        return ()  # words where a number should be: 无, 见版权页
    first = found[0]
    if first.fault and all(one.fault for one in found):
        cells.doubts.append(Why(_ISBN_DOUBTS[first.fault], first.text))
    return tuple([_number(one, written[:60]) for one in found])


def _number(read: isbn.Isbn, written: str) -> NewNumber:
    if read.isbn13:
        return NewNumber("isbn", read.isbn13, written, read.qualifier)
    kind = "unified" if read.unified else "wrong"
    return NewNumber(kind, read.unified or read.text[:40], written, read.qualifier)


def _codes(cells: _Cells) -> tuple[tuple[str, ...], tuple[str, ...]]:
    said = values.count_of(cells[BookField.COPIES])
    read = []
    for field in (BookField.BARCODE, BookField.ACCESSION_NUMBER):
        try:
            read.append(values.codes_of(cells[field], wanted=said))
        except values.LostDigits:
            cells.faults.append(Why(Reason.CODE_LOST_DIGITS, text_of(cells[field])))
            read.append(())
        except TooLong:
            cells.faults.append(Why(Reason.CODE_TOO_LONG, text_of(cells[field])[:80]))
            read.append(())
    return read[0], read[1]


def _copies(cells: _Cells, read_price: Price, codes: int) -> int:
    cell = cells[BookField.COPIES]
    if is_blank(cell) or not text_of(cell).strip():
        each = read_price.count if read_price.count > 1 and not read_price.is_for_set else 1
        return max(codes, each if codes == 0 else 1)
    count = values.count_of(cell)
    rows = cells.rows_sharing(BookField.COPIES)
    if count is None or count < 0:
        cells.faults.append(Why(Reason.COPIES_UNREADABLE, text_of(cell)))
    elif count == 0:
        cells.faults.append(Why(Reason.NO_COPIES))
    elif count > MOST_COPIES:
        cells.faults.append(Why(Reason.TOO_MANY_COPIES, str(count)))
    elif rows > 1:
        if count != rows:
            cells.doubts.append(Why(Reason.COPIES_MERGED, str(count)))
        return 1
    else:
        return count
    return 1


def _check_codes(
    cells: _Cells, copies: int, barcodes: tuple[str, ...], accession_numbers: tuple[str, ...]
) -> None:
    for codes in (barcodes, accession_numbers):
        if len(codes) > copies:
            cells.faults.append(Why(Reason.MORE_CODES_THAN_COPIES, f"{len(codes)} > {copies}"))
    if 0 < len(barcodes) < copies:
        cells.doubts.append(Why(Reason.FEWER_CODES_THAN_COPIES, f"{len(barcodes)} < {copies}"))


def _price(cells: _Cells, read_price: Price, copies: int) -> int | None:
    """Give the price of one copy: a set's price is shared out among its volumes."""
    if read_price.doubt:
        cells.doubts.append(Why(_PRICE_DOUBTS[read_price.doubt], read_price.text))
    if read_price.fen is None:
        return None
    rows = cells.rows_sharing(BookField.PRICE)
    if rows > 1:
        cells.doubts.append(Why(Reason.PRICE_FOR_SET, read_price.text))
        return read_price.fen // rows
    if read_price.is_for_set and read_price.count > 1 and copies > 1:
        if copies != read_price.count:
            cells.doubts.append(Why(Reason.PRICE_FOR_SET, read_price.text))
            return read_price.fen
        return read_price.fen // copies
    return read_price.fen


def _place(cells: _Cells) -> tuple[str, str]:
    """Give call number and class; a call number without a book number is a class alone."""
    written = cells.text(BookField.CALL_NUMBER)
    said_class, said_number = cells.text(BookField.CLC), cells.text(BookField.BOOK_NUMBER)
    if not written and said_class and said_number:
        written = f"{said_class}/{said_number}"
    read = callnumber.read(written) if written else None
    class_number = said_class or (read.class_number if read else "")
    plain = clc.normalise(class_number)
    if not clc.main_class(plain):
        plain = ""
        if class_number and class_number[0].isascii():
            cells.doubts.append(Why(Reason.CLASS_UNREADABLE, class_number))
    return (str(read) if read and read.class_number and read.book_part else ""), plain


def _published(cells: _Cells) -> str:
    said, month = cells.text(BookField.PUBLISHED), cells.text(BookField.MONTH)
    return f"{said}-{month}" if said and month else said.removesuffix(" 00:00:00")


def _language(said: str) -> str:
    if len(said) == 3 and said.isascii():  # noqa: PLR2004 - a code of ISO 639-2
        return said.lower()
    return next((code for word, code in _LANGUAGES.items() if said.startswith(word)), "chi")


def yuan(fen: int | None) -> str:
    """Write a price for a preview; nothing when nobody knows it."""
    return "" if fen is None else money.to_text(fen)
