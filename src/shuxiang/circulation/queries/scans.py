"""What a scan asks for. Reads only; the desk then calls one action."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shuxiang.catalogue.models import Copy, Standing
from shuxiang.catalogue.queries import copies_by_isbn, copy_by_code, find_titles
from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries import hot
from shuxiang.formats import isbn
from shuxiang.formats.text import TooLong, fold, scan_code
from shuxiang.platform.numbers.queries import kind_of, living_codes, other_school_of
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import find_readers, reader_by_card

BOUNCE = timedelta(seconds=5)
"""A scanner that reads one label twice, and a helper who presses twice, do it within this."""
CHOICES = 9  # as many as there are digits to choose by
SHORTEST_LABEL = 4


class Kind(StrEnum):
    SHOW_READER = "show_reader"
    LEND = "lend"
    TAKE_BACK = "take_back"
    NEEDS_READER = "needs_reader"
    CHOOSE = "choose"
    SAME_AGAIN = "same_again"
    ALL_OUT = "all_out"
    """Every copy of the title is out; `copies` tells which."""
    OTHER_SCHOOL = "other_school"
    RUN_TOGETHER = "run_together"
    TOO_LONG = "too_long"
    UNKNOWN = "unknown"
    UNKNOWN_BOOK = "unknown_book"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the desk is set to when a scan comes in."""

    school: School
    now: datetime
    reader: Reader | None = None
    returns_only: bool = False
    in_room: bool = False


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What a scan means here: one thing to do, or why there is none."""

    kind: Kind
    code: str = ""
    reader: Reader | None = None
    copy: Copy | None = None
    readers: tuple[Reader, ...] = ()
    copies: tuple[Copy, ...] = ()
    school_name: str = ""
    codes: tuple[str, ...] = ()


def read_scan(raw: str, desk: Desk) -> Scan:
    """Tell what a scan or a typed word means at a desk that is set so."""
    if not fold(raw):
        return Scan(kind=Kind.NOTHING)
    try:
        code = scan_code(raw)
    except TooLong:
        return Scan(kind=Kind.TOO_LONG)
    if code and (seen := hot.copy_at_desk(desk.school, code)):
        return _read_copy(*seen, desk, code=code)
    return _read_rest(raw, code, desk)


def _read_rest(raw: str, code: str, desk: Desk) -> Scan:
    """Tell what is meant by anything but the label of a copy on the books."""
    known = kind_of(school=desk.school, code=code) if code else None
    copy = copy_by_code(desk.school, code) if code and known != "reader" else None
    reader = reader_by_card(desk.school, code) if code and known != "copy" else None
    if copy and reader and code not in (copy.barcode, reader.card):
        return Scan(kind=Kind.CHOOSE, code=code, readers=(reader,), copies=(copy,))
    if copy and (copy.barcode == code or not reader or reader.left_on):
        return read_copy(copy, desk, code=code)
    if reader:
        return Scan(kind=Kind.SHOW_READER, code=code, reader=reader)
    return _read_isbn(code, desk) or _read_words(raw, code, desk) or _unknown(code, desk)


def read_copy(copy: Copy, desk: Desk, *, code: str = "") -> Scan:
    """Tell what bringing this copy to the desk means."""
    return _read_copy(copy, Loan.objects.on_hand().filter(copy=copy).first(), desk, code=code)


def _read_copy(copy: Copy, loan: Loan | None, desk: Desk, *, code: str) -> Scan:
    if loan and desk.reader and not desk.returns_only and _just_lent(loan, desk):
        return Scan(kind=Kind.SAME_AGAIN, code=code, copy=copy, reader=desk.reader)
    if loan or desk.returns_only:
        return Scan(kind=Kind.TAKE_BACK, code=code, copy=copy, reader=desk.reader)
    if desk.reader:
        return Scan(kind=Kind.LEND, code=code, copy=copy, reader=desk.reader)
    if copy.standing in (Standing.LOST, Standing.MISSING):
        return Scan(kind=Kind.TAKE_BACK, code=code, copy=copy)
    return Scan(kind=Kind.NEEDS_READER, code=code, copy=copy)


def _just_lent(loan: Loan, desk: Desk) -> bool:
    same_reader = desk.reader is not None and loan.reader_id == desk.reader.pk
    return same_reader and desk.now - loan.lent_at < BOUNCE


def _read_isbn(code: str, desk: Desk) -> Scan | None:
    """An ISBN names a title: choose the copy that it must mean, or ask."""
    number = isbn.read(code) if code[:3] in ("978", "979") else None
    if number is None or number.isbn13 is None:
        return None
    copies = copies_by_isbn(desk.school, number.isbn13)
    if not copies:
        return Scan(kind=Kind.UNKNOWN_BOOK, code=number.isbn13)
    out = {
        loan.copy_id: loan for loan in Loan.objects.on_hand().filter(copy__in=copies).order_by("id")
    }
    own = [copy for copy in copies if desk.reader and _is_with(desk.reader, out.get(copy.pk))]
    if own:
        return read_copy(own[0], desk, code=code)
    if desk.reader and not desk.returns_only:
        return _one_that_is_in(copies, out, desk, code)
    lent = [copy for copy in copies if copy.pk in out]
    if len(lent) == 1 or (not lent and len(copies) == 1):
        return read_copy((lent or copies)[0], desk, code=code)
    return Scan(kind=Kind.CHOOSE, code=code, copies=tuple(lent or copies)[:CHOICES])


def _is_with(reader: Reader, loan: Loan | None) -> bool:
    return loan is not None and loan.reader_id == reader.pk


def _one_that_is_in(copies: list[Copy], out: Container[int], desk: Desk, code: str) -> Scan:
    """Take any copy without a label, or the only copy; between labelled ones the desk asks."""
    there = [copy for copy in copies if copy.pk not in out]
    if not there:
        return Scan(kind=Kind.ALL_OUT, code=code, copies=tuple(copies)[:CHOICES])
    shelved = [
        copy for copy in there if copy.standing in (Standing.ON_SHELF, Standing.TO_BE_SHELVED)
    ]
    unlabelled = [copy for copy in shelved if not copy.barcode]
    if unlabelled or len(shelved) == 1:
        return read_copy((unlabelled or shelved)[0], desk, code=code)
    return Scan(kind=Kind.CHOOSE, code=code, copies=tuple(shelved or there)[:CHOICES])


def _read_words(raw: str, code: str, desk: Desk) -> Scan | None:
    """A name, pinyin or initials: one reader is meant, or the desk asks."""
    if code.isdigit():
        return None
    today = desk.school.day(desk.now)
    readers = find_readers(desk.school, raw, CHOICES, today)
    holdings = find_titles(desk.school, raw, CHOICES)
    copies = tuple(
        Copy.objects.on_the_books()
        .filter(school=desk.school, holding__in=holdings)
        .select_related("holding__title", "shelf", "collection", "school")
        .order_by("holding", "accession_number")[:CHOICES]
    )
    if len(readers) == 1 and not copies:
        return Scan(kind=Kind.SHOW_READER, code=code, reader=readers[0])
    if readers or copies:
        return Scan(kind=Kind.CHOOSE, code=code, readers=tuple(readers), copies=copies)
    return None


def _unknown(code: str, desk: Desk) -> Scan:
    if school := other_school_of(school=desk.school, code=code):
        return Scan(kind=Kind.OTHER_SCHOOL, code=code, school_name=school.name)
    splits = [
        (code[:cut], code[cut:]) for cut in range(SHORTEST_LABEL, len(code) - SHORTEST_LABEL + 1)
    ]
    known = living_codes(school=desk.school, codes={half for split in splits for half in split})
    for split in splits:
        if known.issuperset(split):
            return Scan(kind=Kind.RUN_TOGETHER, code=code, codes=split)
    return Scan(kind=Kind.UNKNOWN, code=code)
