"""What speaks against taking copies in. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from shuxiang.catalogue.models import Copy, Title
from shuxiang.catalogue.rules import CopyFault, Fault, NewCopy
from shuxiang.formats.text import TooLong, scan_code
from shuxiang.platform.database.plain import among
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School

LONGEST_NUMBER = 40


def plain_code(written: str) -> str:
    """Write a barcode or accession number as a scanner would send it.

    :raises TooLong: over 64 characters
    """
    return scan_code(written) if written else ""


def take_in_faults(*, school: School, copies: Sequence[NewCopy]) -> list[CopyFault]:
    """List all that is wrong with copies that shall come in, in their order."""
    faults = [fault for place, new in enumerate(copies) for fault in _own_faults(place, new)]
    barcodes = [_code_if_short(new.barcode) for new in copies]
    numbers = [_code_if_short(new.accession_number) for new in copies]
    faults += _told_twice(barcodes, Fault.BARCODE_TWICE)
    faults += _told_twice(numbers, Fault.NUMBER_TWICE)
    faults += _taken_barcodes(school, barcodes)
    faults += _taken_numbers(school, numbers)
    faults += _missing_titles(copies)
    return sorted(faults, key=lambda fault: fault.place)


def _own_faults(place: int, new: NewCopy) -> Iterator[CopyFault]:
    if new.title_id is None and not (new.title and new.title.name.strip()):
        yield CopyFault(place, Fault.NO_NAME)
    if new.price_fen is not None and new.price_fen < 0:
        yield CopyFault(place, Fault.NEGATIVE_PRICE, str(new.price_fen))
    if new.standing == "withdrawn":
        yield CopyFault(place, Fault.TAKEN_IN_AS_WITHDRAWN)
    if new.barcode.strip() and not _code_if_short(new.barcode):
        yield CopyFault(place, Fault.BARCODE_TOO_LONG, new.barcode[:80])
    number = new.accession_number
    if number.strip() and not 0 < len(_code_if_short(number)) <= LONGEST_NUMBER:
        yield CopyFault(place, Fault.NUMBER_TOO_LONG, number[:80])


def _code_if_short(written: str) -> str:
    try:
        return plain_code(written)
    except TooLong:
        return ""


def _told_twice(codes: Sequence[str], fault: Fault) -> Iterator[CopyFault]:
    seen: set[str] = set()
    for place, code in enumerate(codes):
        if code and code in seen:
            yield CopyFault(place, fault, code)
        seen.add(code)


def barcode_kinds(*, school: School, codes: Iterable[str]) -> dict[str, str]:
    """Tell which of some codes name a living copy or reader of the school, and which of the two."""
    wanted = [code for code in codes if code]
    living = '"retired_at" IS NULL'
    return dict(among(Barcode, ["code", "kind"], "code", wanted, where=living, school_id=school.pk))


def _taken_barcodes(school: School, barcodes: Sequence[str]) -> Iterator[CopyFault]:
    kinds = barcode_kinds(school=school, codes=barcodes)
    for place, code in enumerate(barcodes):
        if kind := kinds.get(code):
            is_card = kind == Barcode.Kind.READER
            yield CopyFault(
                place, Fault.BARCODE_IS_A_CARD if is_card else Fault.BARCODE_TAKEN, code
            )


def _taken_numbers(school: School, numbers: Sequence[str]) -> Iterator[CopyFault]:
    wanted = [number for number in numbers if number]
    column = "accession_number"
    taken = {number for (number,) in among(Copy, [column], column, wanted, school_id=school.pk)}
    for place, number in enumerate(numbers):
        if number in taken:
            yield CopyFault(place, Fault.NUMBER_TAKEN, number)


def _missing_titles(copies: Sequence[NewCopy]) -> Iterator[CopyFault]:
    wanted = {new.title_id for new in copies if new.title_id is not None}
    there = {title for (title,) in among(Title, ["id"], "id", wanted)}
    for place, new in enumerate(copies):
        if new.title_id is not None and new.title_id not in there:
            yield CopyFault(place, Fault.NO_SUCH_TITLE, str(new.title_id))
