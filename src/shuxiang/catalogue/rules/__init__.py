"""Decide: which title is which, which number comes next, what the registers count. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import count as counting
from typing import NamedTuple

from shuxiang.formats import callnumber, clc, isbn
from shuxiang.formats.text import match_key


class Fault(StrEnum):
    """Why a copy can't be taken in, changed or withdrawn as asked."""

    NO_NAME = "no_name"
    NO_SUCH_TITLE = "no_such_title"
    BARCODE_TAKEN = "barcode_taken"
    BARCODE_IS_A_CARD = "barcode_is_a_card"
    BARCODE_TWICE = "barcode_twice"
    BARCODE_TOO_LONG = "barcode_too_long"
    NUMBER_TAKEN = "number_taken"
    NUMBER_TWICE = "number_twice"
    NUMBER_TOO_LONG = "number_too_long"
    NEGATIVE_PRICE = "negative_price"
    TAKEN_IN_AS_WITHDRAWN = "taken_in_as_withdrawn"
    ALREADY_WITHDRAWN = "already_withdrawn"
    IN_CLASS_BOX = "in_class_box"
    IN_TRANSIT = "in_transit"
    BEFORE_IT_CAME = "before_it_came"
    CALL_NUMBER_TAKEN = "call_number_taken"
    CLASS_UNKNOWN = "class_unknown"


class Doubt(StrEnum):
    """Why somebody should look at a title again."""

    SHARED_NUMBER = "shared_number"
    CUT_SHORT = "cut_short"


class Correction(StrEnum):
    """Why a posting without a document was made."""

    PRICE_CHANGED = "price_changed"
    CLASS_CHANGED = "class_changed"


class NewNumber(NamedTuple):
    """A number printed on a book: `kind` is isbn, wrong or unified; an isbn has 13 digits."""

    kind: str
    value: str
    written: str = ""
    qualifier: str = ""


class NewContributor(NamedTuple):
    """A person or body behind a title and the trade's word for what they did (著, 编, 译, 绘)."""

    name: str
    role: str = ""
    country: str = ""


class NewTitle(NamedTuple):
    """A bibliographic record as it comes in."""

    name: str
    subtitle: str = ""
    volume: str = ""
    series: str = ""
    series_number: str = ""
    author: str = ""
    contributors: tuple[NewContributor, ...] = ()
    edition: str = ""
    place: str = ""
    publisher: str = ""
    year: int | None = None
    published: str = ""
    pages: str = ""
    price: Decimal | None = None
    price_text: str = ""
    language: str = "chi"
    clc: str = ""
    audience: str = ""
    has_pinyin: bool | None = None
    subjects: str = ""
    summary: str = ""
    note: str = ""
    numbers: tuple[NewNumber, ...] = ()
    doubt: str = ""
    source: str = ""
    raw: str = ""
    raw_format: str = ""


class NewCopy(NamedTuple):
    """A copy as it comes in, of a new title or (`title_id`) of one in the union catalogue.

    `shelf` and `collection` are a code and a name; one that the school has not yet is made.
    A `price_fen` of None means that nobody knows it: the registers then count 0.
    """

    title: NewTitle | None = None
    title_id: int | None = None
    barcode: str = ""
    accession_number: str = ""
    shelf: str = ""
    collection: str = ""
    call_number: str = ""
    price_fen: int | None = None
    volume: str = ""
    note: str = ""
    standing: str = "on_shelf"


@dataclass(frozen=True, slots=True)
class CopyFault:
    """What is wrong with the copy at a place in the list that was handed in (from 0)."""

    place: int
    fault: Fault
    value: str = ""


def numbers_read(written: str) -> tuple[NewNumber, ...]:
    """Read the ISBNs of a book as typed or scanned; a wrong one is kept as wrong.

    :raises LostDigits: if a spreadsheet has kept only the first digits
    """
    return tuple(_number(read) for read in isbn.read_all(written))


def _number(read: isbn.Isbn) -> NewNumber:
    if read.isbn13:
        return NewNumber("isbn", read.isbn13, written=read.text, qualifier=read.qualifier)
    kind = "unified" if read.unified else "wrong"
    return NewNumber(kind, read.unified or read.text, written=read.text, qualifier=read.qualifier)


# Which title is which


class Match(StrEnum):
    SAME = "same"
    NAME_ONLY = "name_only"  # nothing but the name to go by: the same within one school
    SHARES_NUMBER = "shares_number"  # one ISBN, two different titles
    DIFFERENT = "different"


class Identity(NamedTuple):
    """What tells one title from another, all of it made plain."""

    name: str
    volume: str = ""
    author: str = ""
    publisher: str = ""
    year: int | None = None
    isbns: frozenset[str] = frozenset()

    @property
    def has_only_a_name(self) -> bool:
        return not (self.author or self.publisher or self.year)


_VOLUME_MARK = re.compile(r"[0-9一二三四五六七八九十百上中下前后续册卷辑集部]")


def identity(
    *,
    name: str,
    volume: str = "",
    author: str = "",
    publisher: str = "",
    year: int | None = None,
    isbns: Iterable[str] = (),
) -> Identity:
    """Make plain what tells a title from another."""
    return Identity(
        match_key(name),
        match_key(volume) if volume else "",
        match_key(author) if author else "",
        match_key(publisher) if publisher else "",
        year,
        frozenset(isbns),
    )


def identity_of(new: NewTitle) -> Identity:
    """Make plain what tells a new title from another."""
    return identity(
        name=new.name,
        volume=new.volume,
        author=new.author,
        publisher=new.publisher,
        year=new.year,
        isbns=[number.value for number in new.numbers if number.kind == "isbn"],
    )


def compare(one: Identity, other: Identity) -> Match:
    """Tell whether two records describe one title: by ISBN and a similar name, else by all else."""
    if one.isbns & other.isbns:
        alike = _alike(one.name + one.volume, other.name + other.volume)
        return Match.SAME if alike else Match.SHARES_NUMBER
    if one.isbns and other.isbns:
        return Match.DIFFERENT
    if one[:-1] != other[:-1]:
        return Match.DIFFERENT
    return Match.NAME_ONLY if one.has_only_a_name else Match.SAME


def _alike(one: str, other: str) -> bool:
    """Tell whether one name is the other with words behind it that name no volume."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    return len(short) > 1 and long.startswith(short) and not _VOLUME_MARK.search(long[len(short) :])


# Which number comes next

ACCESSION_NUMBERS = "accession"  # the name of the sequence
_LONGEST_RUNNING_NUMBER = 18  # what a sequence can count to


def running_number(written: str) -> int | None:
    """Read an accession number that a sequence could give; None for one with letters in it."""
    if written.isascii() and written.isdigit() and len(written) <= _LONGEST_RUNNING_NUMBER:
        return int(written)
    return None


def accession_text(number: int, *, digits: int) -> str:
    """Write an accession number with zeros in front."""
    return f"{number:0{digits}d}"


LABEL_NUMBERS = "label"  # the row of numbers for labels that can't bear the accession number
_ON_A_LABEL = re.compile(r"[0-9A-Z][0-9A-Z./-]{3,13}")


def can_be_a_barcode(number: str) -> bool:
    """Tell whether an accession number can stand on a label: neither so short that a slip of the
    hand makes another one, nor so long that no scanner reads it, and of signs that all scanners know.
    """
    return _ON_A_LABEL.fullmatch(number) is not None


def label_text(number: int) -> str:
    """Write a number of the row of labels; its letter keeps it apart from accession numbers."""
    return f"T{number:07d}"


def serial(book_number: str) -> int | None:
    """Read the 种次号 that a book number begins with (123=2:1 → 123)."""
    digits = re.match(r"[0-9]{1,9}(?![0-9A-Za-z])", book_number)
    return int(digits[0]) if digits else None


def free_serials(taken: Collection[int], *, fill_gaps: bool) -> Iterator[int]:
    """Give the serial numbers of a class that are free, in order: all, or those after the last."""
    if fill_gaps:
        used = set(taken)
        return (number for number in counting(1) if number not in used)
    return counting(max(taken, default=0) + 1)


# What the registers count

LONGEST_CLASS = 40
UNCLASSIFIED = ""


@lru_cache(maxsize=4096)
def class_of(code: str) -> str:
    """Write a class number as the catalogue keeps it; empty if it names none of the main classes."""
    plain = clc.normalise(code)
    return plain if clc.main_class(plain) and len(plain) <= LONGEST_CLASS else ""


@lru_cache(maxsize=4096)
def main_class_of(*codes: str) -> str:
    """Tell the letter under which the registers count a book: of the first code that has one."""
    for code in codes:
        if found := clc.main_class(code):
            return found.letter
    return UNCLASSIFIED


def read_call_number(written: str) -> callnumber.CallNumber | None:
    """Read a call number that can stand as it is: a class and a book number, neither too long."""
    read = callnumber.read(written) if written else None
    if read is None or not (read.class_number and read.book_part):
        return None
    fits = max(len(read.class_number), len(read.book_part)) <= LONGEST_CLASS
    return read if fits else None


@dataclass(slots=True)
class Sum:
    """Copies and money, signed."""

    copies: int = 0
    money_fen: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.copies + other.copies, self.money_fen + other.money_fen)

    def __neg__(self) -> Sum:
        return Sum(-self.copies, -self.money_fen)

    def __sub__(self, other: Sum) -> Sum:
        return self + -other

    def __bool__(self) -> bool:
        return bool(self.copies or self.money_fen)


@dataclass(slots=True)
class Tally:
    """Sums by class: what a document posts, or what a register shows."""

    by_class: dict[str, Sum] = field(default_factory=dict)

    def add(self, letter: str, copies: int, money_fen: int) -> None:
        self.by_class[letter] = self.by_class.get(letter, Sum()) + Sum(copies, money_fen)

    @property
    def total(self) -> Sum:
        return sum(self.by_class.values(), Sum())


def tally(lines: Iterable[tuple[str, int]]) -> Tally:
    """Count copies given as (class, money in fen)."""
    counted = Tally()
    for letter, money_fen in lines:
        counted.add(letter, 1, money_fen)
    return counted


STAYS_OUT_OF_REACH: dict[str, Fault] = {
    "withdrawn": Fault.ALREADY_WITHDRAWN,
    "in_class_box": Fault.IN_CLASS_BOX,
    "in_transit": Fault.IN_TRANSIT,
}


def may_withdraw(standing: str) -> Fault | None:
    """Tell why a copy of this standing can't be struck off the books, if it can't."""
    return STAYS_OUT_OF_REACH.get(standing)
