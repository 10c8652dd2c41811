"""Call numbers (索书号): class number / book number, then edition and volume; and their order on the shelf.

The class is compared digit after digit, as a decimal string (I247.8 < I25); in a class, serial numbers
(种次号) are compared as whole numbers (9 < 64) and come before author numbers (著者号), compared as text.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from shuxiang.formats import clc
from shuxiang.formats.text import fold

_BOOK = re.compile(r"([^=:]*)(?:=([^=:]+))?(?::([^=:]+))?")
_TOKEN = re.compile(r"[0-9]+|[A-Z]+|.", re.DOTALL)

# Every code point of a key is one of 0-9 and A-Z, so that every collation of every database
# keeps the order of the bytes. The end comes before marks, these before digits, letters, and the rest.
_END = "0"
_CLASS_MARKS = {mark: str(place) for place, mark in enumerate('/-("=<+:', start=1)} | {
    ")": _END,
    ">": _END,
    ".": "",
}
_BOOK_MARKS = {mark: str(place) for place, mark in enumerate(".:(=-+/", start=1)} | {")": _END}
_NO_BOOK, _SERIAL, _AUTHOR = "0", "1", "2"
_LETTER, _SUFFIX, _OTHER, _UNCLASSED = "K", "L", "W", "Z"


class CallNumber(NamedTuple):
    """A call number in its parts; all but the class may be empty (I247.5/964=7:1: edition 7, volume 1)."""

    class_number: str
    book_number: str = ""
    edition: str = ""
    volume: str = ""

    @property
    def book_part(self) -> str:
        """Give what stands after the stroke: book number, edition, volume."""
        edition = f"={self.edition}" if self.edition else ""
        volume = f":{self.volume}" if self.volume else ""
        return f"{self.book_number}{edition}{volume}"

    @property
    def sort_key(self) -> str:
        """Give the key whose byte order is the shelf order."""
        return sort_key(self.class_number, self.book_part)

    def __str__(self) -> str:
        """Write it on one line: I247.5/123=2:1."""
        return f"{self.class_number}/{self.book_part}" if self.book_part else self.class_number

    def label_lines(self) -> tuple[str, ...]:
        """Give the lines of a spine label (书标), one below the other, without empty ones."""
        return tuple(line for line in (self.class_number, self.book_part) if line)


def read(raw: str) -> CallNumber | None:
    """Read `I247.5/123=2:1`; a line break or a blank may stand for the stroke. None for blank.

    The first stroke parts class and book number, so a class is no range here; it is normalised, not judged.
    A book part of another shape (two editions …) is kept whole as the book number.
    """
    plain = fold(raw)
    head, _, tail = plain.partition("/" if "/" in plain else " ")
    class_number, book_part = clc.normalise(head), clc.normalise(tail)
    if not class_number and not book_part:
        return None
    shape = _BOOK.fullmatch(book_part)
    if shape is None:
        return CallNumber(class_number, book_part)
    return CallNumber(class_number, shape[1], shape[2] or "", shape[3] or "")


def sort_key(class_number: str, book_number: str = "") -> str:
    """Give the key whose byte order, in every collation, is the shelf order; only 0-9 and A-Z.

    `book_number` may carry edition and volume (123=2:1), counted as numbers, the edition first. Letters
    after digits count by length, then as text (TP312X < TP312AL). What has no class stands last.
    """
    code = clc.normalise(class_number)
    return (
        f"{_class_code(code) if code else _UNCLASSED}{_END}{_book_code(clc.normalise(book_number))}"
    )


@lru_cache(maxsize=clc.KEPT)
def _class_code(class_number: str) -> str:
    code, after_digit = [], False
    for token in _TOKEN.findall(class_number):
        code.append(
            _digits(token) if _is_number(token) else _sign(token, _CLASS_MARKS, after_digit)
        )
        after_digit = _is_number(token)
    return "".join(code)


def _book_code(book_number: str) -> str:
    if not book_number:
        return _NO_BOOK
    counts = _is_number(book_number[0])
    code, after_digit = [_SERIAL if counts else _AUTHOR], False
    for token in _TOKEN.findall(book_number):
        if _is_number(token):
            code.append(_whole(token) if counts else _digits(token))
        else:
            code.append(_sign(token, _BOOK_MARKS, after_digit))
            counts = counts or token in _BOOK_MARKS  # an edition, a volume, a second work
        after_digit = _is_number(token)
    return "".join(code)


def _is_number(token: str) -> bool:
    return token.isascii() and token.isdigit()


def _digits(token: str) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in token)


def _whole(token: str) -> str:
    number = token.lstrip("0") or "0"
    return f"{len(number):02d}{number}"


def _sign(token: str, marks: dict[str, str], after_digit: bool) -> str:
    if token in marks:
        return marks[token]
    if not (token.isascii() and token.isalpha()):
        return f"{_OTHER}{ord(token):06X}"
    return (
        f"{_SUFFIX}{len(token):02d}{token}"
        if after_digit
        else "".join(_LETTER + letter for letter in token)
    )
