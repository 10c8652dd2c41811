"""Book numbers: ISBN (GB/T 5795-2006, ISO 2108) and, before 1987, the unified book number (全国统一书号)."""

import math
import re
from enum import StrEnum
from typing import NamedTuple

from stdnum import isbn as standard

from shuxiang.formats.text import fold

_PREFIX = re.compile(
    r"(?:ISBN(?:-?1[03](?=\D))?|(?:国际)?标准书号|(?:全国)?(?:统一)?书号)\s*:?\s*", re.IGNORECASE
)
_FEW_DIGITS = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_PARTING = re.compile(r"[;/,、|](?![^(]*\))|\s(?=(?:97[89]\d{10}|ISBN)\b)", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([^()]*)\)")
_NUMBER = re.compile(r"(\d[\d -]*[\dXx]|\d)\s*([^\dXx-].*)?")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−─", "-"))
_UNIFIED = re.compile(r"([A-Z]?)((?:1[0-7]|[1-9])\d{3}) ?[·.・•‧∙] ?(\d{1,5})")
_SERIES = re.compile(r"[A-Z]{1,2} ?[·.・•‧∙]? ?\d{1,5}")  # the tail of ISBN 7-80604-157-5/I·23
_LOST_ZEROS = "0" * 6  # 9.78754E+12, written out, ends in seven
_SHORT, _LONG = 10, 13
_BOOKS = ("978", "979")
_EXACT = 2**53  # a float tells every whole number below this


class LostDigits(ValueError):
    """A spreadsheet kept only the first digits (9.78E+12): the number can't be known any more."""


class Fault(StrEnum):
    """What is wrong with a number that is kept as it was written."""

    CHECK_DIGIT = "check-digit"
    LENGTH = "length"
    NOT_A_BOOK = "not-a-book"  # an article number (EAN-13) that begins with neither 978 nor 979
    UNREADABLE = "unreadable"


class Isbn(NamedTuple):
    """A book number as read: `isbn13` or `unified` when it is right, else a `fault`.

    `text` is the number as written, without blanks and hyphens; `qualifier` is a word beside it (平装, 上册).
    """

    text: str
    isbn13: str = ""
    unified: str = ""
    qualifier: str = ""
    fault: Fault | None = None

    @property
    def hyphenated(self) -> str:
        """Write an ISBN in its parts (978-7-5037-1744-4), anything else as it was found."""
        return str(standard.format(self.isbn13)) if self.isbn13 else self.unified or self.text

    @property
    def isbn10(self) -> str:
        """Give the ten digits of the years before 2007, or nothing (979 has none)."""
        return str(standard.to_isbn10(self.isbn13)) if self.isbn13.startswith("978") else ""


def read(raw: object) -> Isbn | None:
    """Read one book number out of a cell or a scan; of several the first that is right. None for blank.

    :raises LostDigits: the cell kept too few digits.
    """
    found = read_all(raw)
    return next((number for number in found if number.fault is None), found[0] if found else None)


def read_all(raw: object) -> tuple[Isbn, ...]:
    """Read all book numbers of a cell, in order: text, or a whole number as int or float.

    Hyphens, blanks, full-width digits and `ISBN` do no harm; ten digits become thirteen; `;` `/` `,` `、`
    part several. A wrong one is kept with its fault and never mended.

    :raises LostDigits: `9.78E+12`, a number that ends in six zeros, a float with a fraction
        (a unified number 10019·30 that has become 10019.3).
    """
    if isinstance(raw, str) and len(raw) == _LONG and raw.isascii() and raw.isdigit():
        return (_judge(raw, qualifier=""),)
    text = _as_text(raw).translate(_HYPHENS)
    pieces = [piece.strip() for piece in _PARTING.split(text) if piece.strip()]
    return tuple(
        _read_one(piece)
        for place, piece in enumerate(pieces)
        if place == 0 or not _SERIES.fullmatch(piece)
    )


def _as_text(raw: object) -> str:
    if isinstance(raw, float):
        if math.isnan(raw):
            return ""
        if not raw.is_integer() or raw >= _EXACT:
            raise LostDigits(str(raw))
        return str(int(raw))
    return "" if raw is None else fold(str(raw))


def _read_one(piece: str) -> Isbn:
    notes = [note.strip() for note in _BRACKETED.findall(piece)]
    bare = _PREFIX.sub("", _BRACKETED.sub(" ", piece).strip(), count=1).strip()
    if _FEW_DIGITS.fullmatch(bare):
        raise LostDigits(bare)
    unified = _UNIFIED.fullmatch(bare.upper())
    if unified:
        letter, number, serial = unified.groups()
        return Isbn(bare, unified=f"{letter}{number}·{serial}", qualifier=" ".join(notes))
    shape = _NUMBER.fullmatch(bare)
    if shape is None:
        return Isbn(bare, qualifier=" ".join(notes), fault=Fault.UNREADABLE)
    digits = shape[1].replace("-", "").replace(" ", "").upper()
    return _judge(
        digits, qualifier=" ".join([(shape[2] or "").split(":")[0].strip(), *notes]).strip()
    )


def _judge(digits: str, *, qualifier: str) -> Isbn:
    if len(digits) >= _SHORT and digits.endswith(_LOST_ZEROS):
        raise LostDigits(digits)
    if len(digits) == _LONG and digits.isdecimal() and digits.startswith(_BOOKS):
        if _checks(digits):
            return Isbn(digits, isbn13=digits, qualifier=qualifier)
    elif standard.is_valid(digits):
        return Isbn(digits, isbn13=str(standard.to_isbn13(digits)), qualifier=qualifier)
    return Isbn(digits, qualifier=qualifier, fault=_fault(digits))


def _checks(digits: str) -> bool:
    """Tell whether the weights 1 and 3 in turn make a sum that ends in 0 (ISO 2108)."""
    return (sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))) % 10 == 0


def _fault(digits: str) -> Fault:
    if "X" in digits[:-1] or (len(digits) == _LONG and digits.endswith("X")):
        return Fault.UNREADABLE
    if len(digits) not in (_SHORT, _LONG):
        return Fault.LENGTH
    if len(digits) == _LONG and not digits.startswith(_BOOKS):
        return Fault.NOT_A_BOOK
    return Fault.CHECK_DIGIT
