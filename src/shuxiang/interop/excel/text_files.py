"""Tables that are text: csv in whatever encoding and dialect, and HTML that calls itself a workbook. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from shuxiang.interop.excel.sheets import Cell, Fault, FileRefused

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_REPLACED = "\ufffd"
_MOST_REPLACED = 1 / 500
_SAMPLE = 4_000  # bytes that tell UTF-16 without a mark
_DELIMITERS = (",", "\t", ";", "|", "，")
_LOOKED_AT = 60  # rows that tell the delimiter
_PROTECTED = re.compile(r'="([^"]*)"|\'(?=\d)(.*)', re.DOTALL)  # ="007" and '007 keep zeros
_NAMED_DELIMITER = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MOST_SPAN = 1_000


def decode(page: bytes) -> tuple[str, int]:
    """Give the text of a file, and how many characters could not be read.

    :raises FileRefused: not a text, or in no encoding of Chinese
    """
    for mark, encoding in _MARKS:
        if page.startswith(mark):
            return _decoded(page[len(mark) :], encoding)
    wide = _wide_encoding(page[:_SAMPLE])
    if wide:
        return _decoded(page, wide)
    if b"\0" in page:
        raise FileRefused(Fault.NOT_A_TABLE)
    as_utf8 = _try(page, "utf-8")
    found = as_utf8 if not as_utf8[1] else min(as_utf8, _try(page, "gb18030"), key=lambda t: t[1])
    return _checked(*found)


def _wide_encoding(sample: bytes) -> str | None:
    """Tell UTF-16 without its mark by the empty halves of its digits, commas and line ends."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 20 < len(sample) or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decoded(page: bytes, encoding: str) -> tuple[str, int]:
    return _checked(*_try(page, encoding))


def _try(page: bytes, encoding: str) -> tuple[str, int]:
    text = page.decode(encoding, errors="replace")
    return text, text.count(_REPLACED)


def _checked(text: str, replaced: int) -> tuple[str, int]:
    head = text[:_SAMPLE]
    if sum(not (char.isprintable() or char.isspace()) for char in head) * 10 > len(head):
        raise FileRefused(Fault.NOT_A_TABLE)
    if replaced > max(2, len(text) * _MOST_REPLACED):
        raise FileRefused(Fault.UNKNOWN_ENCODING)
    return text.replace("\0", ""), replaced


def csv_grid(text: str) -> list[list[Cell]]:
    """Part a text into rows and cells; every cell stays text, so zeros stay."""
    named = _NAMED_DELIMITER.match(text)
    delimiter = named[1] if named else _delimiter(text)
    body = text[named.end() :] if named else text
    return [[_unprotected(cell) for cell in cells] for cells in _rows(body, delimiter)]


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(10 * 2**20)
    return csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, skipinitialspace=True)


def _delimiter(text: str) -> str:
    """Choose what parts most rows into the same number of columns, and more than one."""
    sample = "".join(text[: 400 * _LOOKED_AT].splitlines(keepends=True)[:_LOOKED_AT])

    def fitness(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(cells) for cells in _rows(sample, delimiter) if any(cells))
        widths.pop(1, None)
        if not widths:
            return (0.0, 0)
        width, rows = widths.most_common(1)[0]
        return (rows / max(1, sum(widths.values())) * rows, width)

    return max(_DELIMITERS, key=fitness)


def _unprotected(cell: str) -> str:
    shape = _PROTECTED.fullmatch(cell.strip())
    return (shape[1] or shape[2] or "") if shape else cell


def is_html(text: str) -> bool:
    """Tell a web page with a table in it, such as many systems write and name .xls."""
    head = text[:2_000].lstrip().lower()
    return head.startswith("<") and "<table" in text.lower()


def is_other_markup(text: str) -> bool:
    """Tell the XML of Excel 2003 and a saved web archive: Excel opens them, this house does not."""
    head = text[:2_000].lstrip().lower()
    return head.startswith(("mime-version:", "<?xml", "<html", "<!doctype"))


def html_grids(text: str) -> list[list[list[Cell]]]:
    """Read the tables of a web page, cells over several columns or rows repeated downwards."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    return [grid for grid in reader.grids if grid]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[list[list[Cell]]] = []
        self._cell: list[str] | None = None
        self._spans = (1, 1)
        self._pending: dict[tuple[int, int], str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self.grids.append([])
            self._pending = {}
        elif tag == "tr" and self.grids:
            self._end_cell()
            self.grids[-1].append([])
        elif tag in ("td", "th") and self.grids and self.grids[-1]:
            self._end_cell()
            said = dict(attrs)
            self._cell, self._spans = [], (_span(said.get("rowspan")), _span(said.get("colspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text, (high, wide) = "".join(self._cell).strip(), self._spans
        self._cell = None
        grid = self.grids[-1]
        row = len(grid) - 1
        cells = grid[row]
        while (row, len(cells)) in self._pending:
            cells.append(self._pending.pop((row, len(cells))))
        column = len(cells)
        cells.extend([text, *[""] * (wide - 1)])
        for below in range(1, high):
            self._pending[(row + below, column)] = text


def _span(said: str | None) -> int:
    return min(max(int(said), 1), _MOST_SPAN) if said and said.isdigit() else 1
