"""Open a stranger's table file safely, by what it is and not by what it is called."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from shuxiang.interop.excel import safety, text_files
from shuxiang.interop.excel.sheets import (
    Cell,
    Fault,
    FileRefused,
    Merge,
    Oddity,
    Remark,
    Sheet,
    Workbook,
    filled,
)
from shuxiang.platform.jobs import child

BIGGEST = 100 * 2**20
MOST_ROWS = 300_000
MEGABYTES = 2_500  # a child's address space; the table of a stray cell alone takes 400
SECONDS = 180.0

_OLE, _ZIP, _EMPTY_ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"PK\x05\x06"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_OTHER_FILES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"\x1f\x8b",
)
_BARE_BIFF = (
    b"\x09\x00",
    b"\x09\x02",
    b"\x09\x04",
    b"\x09\x08",
)  # Excel 2 to 4, without a container
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


def read(path: Path, *, name: str) -> Workbook:
    """Read a file in a child process with a limit on memory and time; nothing is recorded.

    `name` is what its owner calls it.

    :raises FileRefused: with the reason why it is not read
    """
    try:
        size = path.stat().st_size
    except OSError as gone:
        raise FileRefused(Fault.GONE, {"name": name}) from gone
    if size > BIGGEST:
        raise FileRefused(
            Fault.TOO_BIG, {"megabytes": size // 2**20, "most": BIGGEST // 2**20, "name": name}
        )
    try:
        book: Workbook = child.run_limited(
            read_here, (str(path), name), megabytes=MEGABYTES, seconds=SECONDS
        )
    except child.ChildFailed as failed:
        raise FileRefused(Fault.TOO_HEAVY, {"name": name}) from failed
    return book


def read_here(path: str, name: str, *, tell: Callable[[int], None]) -> Workbook:
    """Read a file in this process: what the child does.

    :raises FileRefused: with the reason why it is not read
    """
    head = _head(Path(path))
    if not head:
        raise FileRefused(Fault.EMPTY, {"name": name})
    book = _read(Path(path), head, name)
    tell(sum(len(sheet.rows) for sheet in book.sheets))
    if not any(sheet.rows for sheet in book.sheets):
        raise FileRefused(Fault.NO_ROWS, {"name": name})
    if max(len(sheet.rows) for sheet in book.sheets) > MOST_ROWS:
        raise FileRefused(Fault.TOO_MANY_ROWS, {"most": MOST_ROWS})
    return book


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _read(path: Path, head: bytes, name: str) -> Workbook:
    if head.startswith(_EMPTY_ZIP) or head.startswith(_OTHER_FILES):
        raise FileRefused(Fault.NOT_A_TABLE, {"name": name})
    if head.startswith(_BARE_BIFF):
        raise FileRefused(Fault.SAVE_AS_XLSX, {"name": name})
    if head.startswith(_ZIP):
        return _read_zipped(path, name)
    if head.startswith(_OLE):
        if _ENCRYPTED_PART in path.read_bytes():
            raise FileRefused(Fault.PASSWORD, {"name": name})
        return _read_old(path, name)
    return _read_text(path, name)


def _read_old(path: Path, name: str) -> Workbook:
    """Read an old workbook under a name that says so: only then is a password told from damage."""
    with tempfile.TemporaryDirectory() as folder:
        named = Path(folder) / "book.xls"
        shutil.copyfile(path, named)
        return _read_workbook(named, name, {})


def _read_zipped(path: Path, name: str) -> Workbook:
    safety.check_members(path)
    members = safety.members(path)
    if not members.intersection(_WORKBOOKS):
        raise FileRefused(Fault.NOT_A_TABLE, {"name": name})
    if "xl/workbook.xml" not in members:
        return _read_workbook(path, name, {})
    with tempfile.TemporaryDirectory() as folder:
        cleaned = Path(folder) / "cleaned.xlsx"
        findings = safety.look(path, cleaned=cleaned)
        if not cleaned.exists():
            shutil.copyfile(path, cleaned)  # whatever it was called
        return _read_workbook(cleaned, name, findings)


def _read_workbook(path: Path, name: str, findings: dict[str, safety.Finding]) -> Workbook:
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            hidden = {
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible is not SheetVisibleEnum.Visible
            }
            sheets = tuple(
                _sheet(workbook.get_sheet_by_name(title), title in hidden, findings.get(title))
                for title in workbook.sheet_names
            )
    except CalamineError as error:
        fault = Fault.PASSWORD if "password" in str(error).lower() else Fault.BROKEN
        raise FileRefused(fault, {"name": name}) from error
    return Workbook(sheets=sheets, remarks=tuple(_remarks(sheets, findings)))


def _sheet(found: CalamineSheet, is_hidden: bool, finding: safety.Finding | None) -> Sheet:
    if found.start is None:
        return Sheet(name=found.name, rows=(), is_hidden=is_hidden)
    before: list[list[Cell]] = [[] for _ in range(found.start[0])]
    merges = tuple(Merge(*first, *last) for first, last in found.merged_cell_ranges or ())
    padding: list[Cell] = [""] * found.start[1]
    return filled(
        name=found.name,
        grid=before + [padding + list(cells) for cells in found.to_python(skip_empty_area=True)],
        merges=merges,
        hidden_rows=finding.hidden_rows if finding else frozenset(),
        is_hidden=is_hidden,
    )


def _remarks(sheets: tuple[Sheet, ...], findings: dict[str, safety.Finding]) -> list[Remark]:
    hidden = tuple(sheet.name for sheet in sheets if sheet.is_hidden and sheet.rows)
    remarks = [Remark(Oddity.HIDDEN_SHEETS, times=len(hidden), names=hidden)] if hidden else []
    for sheet in sheets:
        finding = findings.get(sheet.name, safety.Finding())
        counts = {
            Oddity.HIDDEN_ROWS: sum(row.is_hidden for row in sheet.rows),
            Oddity.FORMULAS_WITHOUT_VALUES: finding.formulas_without_values,
            Oddity.FAR_CELLS: finding.far_cells,
        }
        remarks += [Remark(oddity, sheet.name, count) for oddity, count in counts.items() if count]
    return remarks


def _read_text(path: Path, name: str) -> Workbook:
    text, replaced = text_files.decode(path.read_bytes())
    remarks = [Remark(Oddity.BAD_CHARACTERS, times=replaced)] if replaced else []
    if text_files.is_html(text):
        grids = text_files.html_grids(text)
        remarks.append(Remark(Oddity.HTML))
    elif text_files.is_other_markup(text):
        raise FileRefused(Fault.SAVE_AS_XLSX, {"name": name})
    else:
        grids = [text_files.csv_grid(text)]
        if name.lower().endswith((".xls", ".xlsx")):
            remarks.append(Remark(Oddity.TEXT_NAMED_XLS))
    titles = [Path(name).stem] if len(grids) == 1 else [str(n + 1) for n in range(len(grids))]
    sheets = tuple(filled(name=title, grid=grid) for title, grid in zip(titles, grids, strict=True))
    return Workbook(sheets=sheets, remarks=tuple(remarks))
