"""Look into a zipped workbook before it is opened: bombs, far cells, hidden rows. Pure."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from shuxiang.interop.excel.sheets import Fault, FileRefused

MOST_PARTS = 2_000
MOST_UNPACKED = 500 * 2**20
FAR_ROWS = 1_000  # a gap of so many rows parts a stray cell from the table
FAR_COLUMN = 256  # the last one of old Excel

_ENCRYPTED = 0x1
_ROW = re.compile(rb"<row\b[^>]*?(?:/>|>.*?</row>)", re.DOTALL)
_ROW_NUMBER = re.compile(rb"<row\b[^>]*?\br=\"(\d+)\"")
_HIDDEN_ROW = re.compile(rb"<row\b(?=[^>]*?\bhidden=\"(?:1|true)\")[^>]*?\br=\"(\d+)\"")
_FAR_CELL = re.compile(rb"<c\b[^>]*?\br=\"([A-Z]{2,3})\d+\"[^>]*?(?:/>|>.*?</c>)", re.DOTALL)
_FAR_NAME = re.compile(rb"r=\"([A-Z]{2,3})\d+\"")  # begins with what is found quickly
_UNCOUNTED = re.compile(rb"<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>|(?=</c>))")
_SPACES = {
    "main": "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "strict": "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
}
_REL_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


class Finding(NamedTuple):
    """What the eye of a person would see in a sheet, and the reader of cells does not tell."""

    hidden_rows: frozenset[int] = frozenset()
    formulas_without_values: int = 0
    far_cells: int = 0


def check_members(path: Path) -> None:
    """Refuse what would fill the memory or the disk, by the zip's own table of contents.

    :raises FileRefused: too many parts, too big when unpacked, a password, a broken zip
    """
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise FileRefused(Fault.BROKEN) from broken
    if len(members) > MOST_PARTS:
        raise FileRefused(Fault.TOO_MANY_PARTS, {"count": len(members)})
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise FileRefused(
            Fault.UNPACKS_TOO_BIG,
            {"megabytes": unpacked // 2**20, "most": MOST_UNPACKED // 2**20},
        )
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise FileRefused(Fault.PASSWORD)


def members(path: Path) -> frozenset[str]:
    """Name the parts of a zip."""
    with zipfile.ZipFile(path) as package:
        return frozenset(package.namelist())


def look(path: Path, *, cleaned: Path) -> dict[str, Finding]:
    """Look at every sheet of an xlsx, by name; write a copy without far cells to `cleaned` if there are any.

    A stray cell in the last row or column would make the table as big as the whole sheet.
    """
    findings: dict[str, Finding] = {}
    mended: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as package:
        for name, member in _sheets(package).items():
            page = _unpack(package, member)
            near, far_cells = _without_far_cells(page)
            if far_cells:
                mended[member] = near
            findings[name] = Finding(
                hidden_rows=frozenset(int(row) for row in _HIDDEN_ROW.findall(near)),
                formulas_without_values=len(_UNCOUNTED.findall(near)),
                far_cells=far_cells,
            )
        if mended:
            _copy(package, to=cleaned, mended=mended)
    return findings


def _unpack(package: zipfile.ZipFile, member: str) -> bytes:
    """Unpack one part, and trust the table of contents no further than it proves right."""
    with package.open(member) as part:
        page = part.read(MOST_UNPACKED + 1)
    if len(page) > MOST_UNPACKED:
        raise FileRefused(Fault.UNPACKS_TOO_BIG, {"megabytes": len(page) // 2**20, "most": 500})
    return page


def _sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """Tell which part holds which sheet; nothing if the workbook does not say it as usual."""
    try:
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 - in a limited child
        links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for space in _SPACES.values():
        for sheet in book.iter(f"{space}sheet"):
            target = targets.get(next((sheet.get(key) for key in _REL_ID if sheet.get(key)), None))
            if target:
                member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                found[sheet.get("name", "")] = member
    there = set(package.namelist())
    return {name: member for name, member in found.items() if member in there}


def _without_far_cells(page: bytes) -> tuple[bytes, int]:
    if any(_column(name) > FAR_COLUMN for name in set(_FAR_NAME.findall(page))):
        page, dropped = _drop_far_columns(page)
    else:
        dropped = 0
    numbers = [int(number) for number in _ROW_NUMBER.findall(page)]
    if not numbers or max(numbers) - min(numbers) < len(numbers) + FAR_ROWS:
        return page, dropped
    block = _table_block(numbers)
    far = 0

    def keep(row: re.Match[bytes]) -> bytes:
        nonlocal far
        number = _ROW_NUMBER.match(row[0])
        if number is None or int(number[1]) in block:
            return row[0]
        far += _has_value(row[0])
        return b""

    return _ROW.sub(keep, page), dropped + far


def _drop_far_columns(page: bytes) -> tuple[bytes, int]:
    dropped = 0

    def keep(cell: re.Match[bytes]) -> bytes:
        nonlocal dropped
        if _column(cell[1]) <= FAR_COLUMN:
            return cell[0]
        dropped += _has_value(cell[0])
        return b""

    return _FAR_CELL.sub(keep, page), dropped


def _has_value(part: bytes) -> bool:
    return b"<v>" in part or b"<is>" in part


def _table_block(numbers: Iterable[int]) -> range:
    """Of blocks of rows that are far from each other, give the one with the most rows."""
    blocks: list[list[int]] = []
    for number in sorted(numbers):
        if blocks and number - blocks[-1][-1] <= FAR_ROWS:
            blocks[-1].append(number)
        else:
            blocks.append([number])
    biggest = max(blocks, key=len)
    return range(biggest[0], biggest[-1] + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _copy(package: zipfile.ZipFile, *, to: Path, mended: dict[str, bytes]) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for member in package.namelist():
            copy.writestr(member, mended.get(member) or package.read(member))
