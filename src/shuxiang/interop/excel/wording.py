"""What is said about files, rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shuxiang.interop.excel.fields import IGNORED, BookField, Kind, ReaderField
from shuxiang.interop.excel.sheets import Fault, FileRefused, Oddity
from shuxiang.interop.excel.verdicts import Reason, Verdict, Why

KINDS: Mapping[Kind, Promise] = {
    Kind.BOOKS: gettext_lazy("Books"),
    Kind.READERS: gettext_lazy("Readers"),
}

VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.NEW: pgettext_lazy("row", "New"),
    Verdict.SAME: pgettext_lazy("row", "Already here"),
    Verdict.CHANGED: pgettext_lazy("row", "Changed"),
    Verdict.DOUBTFUL: pgettext_lazy("row", "Look again"),
    Verdict.REFUSED: pgettext_lazy("row", "Not taken in"),
}

FAULTS: Mapping[Fault, Promise] = {
    Fault.GONE: gettext_lazy(
        "There is no file %(name)s. Nothing was recorded. Look at its name and its folder."
    ),
    Fault.EMPTY: gettext_lazy(
        "The file %(name)s is empty. Nothing was recorded. Choose the file that holds the list."
    ),
    Fault.TOO_BIG: gettext_lazy(
        "The file %(name)s has %(megabytes)s MB; up to %(most)s MB are read. Nothing was recorded. "
        "Take pictures out of it, or part it into several files."
    ),
    Fault.UNPACKS_TOO_BIG: gettext_lazy(
        "This workbook becomes %(megabytes)s MB when it is unpacked; up to %(most)s MB are read. "
        "Nothing was recorded. Copy the list alone into a new workbook and save that."
    ),
    Fault.TOO_MANY_PARTS: gettext_lazy(
        "This workbook has %(count)s parts inside, far more than a list needs. Nothing was recorded. "
        "Copy the list alone into a new workbook and save that."
    ),
    Fault.TOO_MANY_ROWS: gettext_lazy(
        "A sheet has more than %(most)s rows. Nothing was recorded. Part the list into several files."
    ),
    Fault.TOO_HEAVY: gettext_lazy(
        "The file %(name)s needs more memory or time than a list does. Nothing was recorded. "
        "Copy the list alone into a new workbook and save that."
    ),
    Fault.PASSWORD: gettext_lazy(
        "The file is protected by a password. Nothing was recorded. "
        "Open it in Excel or WPS, take the password away, save it and choose it again."
    ),
    Fault.NOT_A_TABLE: gettext_lazy(
        "The file %(name)s is no table. Nothing was recorded. Choose an Excel or CSV file."
    ),
    Fault.SAVE_AS_XLSX: gettext_lazy(
        "The file %(name)s is written in a very old or unusual way. Nothing was recorded. "
        "Open it in Excel or WPS, save it as “Excel workbook (*.xlsx)” and choose that."
    ),
    Fault.BROKEN: gettext_lazy(
        "The file is damaged or was not copied to its end. Nothing was recorded. "
        "Open it in Excel or WPS and save it again, or fetch it once more."
    ),
    Fault.UNKNOWN_ENCODING: gettext_lazy(
        "The characters of this text file can't be read. Nothing was recorded. "
        "Open it in Excel or WPS and save it as “Excel workbook (*.xlsx)”."
    ),
    Fault.LOANS: gettext_lazy(
        "The file %(name)s lists loans, not the stock: each book would come in as often as it was "
        "lent. Nothing was recorded. Choose the list of the stock."
    ),
    Fault.NO_ROWS: gettext_lazy(
        "There is no row in the file %(name)s. Nothing was recorded. "
        "Choose the file that holds the list."
    ),
}

ODDITIES: Mapping[Oddity, Promise] = {
    Oddity.HTML: gettext_lazy("The file is really a web page; its tables were read."),
    Oddity.TEXT_NAMED_XLS: gettext_lazy(
        "The file is really a text with commas or tabs; it was read as such."
    ),
    Oddity.HIDDEN_SHEETS: gettext_lazy("Hidden sheets were left aside: %(names)s."),
    Oddity.HIDDEN_ROWS: gettext_lazy(
        "%(times)s rows of “%(sheet)s” are hidden in Excel, perhaps by a filter; they are read like the others."
    ),
    Oddity.FORMULAS_WITHOUT_VALUES: gettext_lazy(
        "%(times)s formulas of “%(sheet)s” have no value in the file and count as empty. "
        "Open it in Excel or WPS and save it once to have them."
    ),
    Oddity.FAR_CELLS: gettext_lazy(
        "%(times)s cells or rows far away from the list in “%(sheet)s” were left aside."
    ),
    Oddity.BAD_CHARACTERS: gettext_lazy(
        "%(times)s characters could not be read; they are shown as �."
    ),
}

REASONS: Mapping[Reason, Promise] = {
    Reason.NO_NAME: gettext_lazy("There is no name in this row."),
    Reason.NO_READER_NAME: gettext_lazy("Nobody is named in this row."),
    Reason.NO_CLASS: gettext_lazy("There is no class in this row."),
    Reason.LOST_DIGITS: gettext_lazy(
        "Excel kept only the first digits of the ISBN (%(value)s). Look it up on the book: "
        "format the column as text, type all digits."
    ),
    Reason.CODE_LOST_DIGITS: gettext_lazy(
        "Excel kept only the first digits of the number (%(value)s). "
        "Format the column as text, type all digits."
    ),
    Reason.CODE_TOO_LONG: gettext_lazy("The number is too long for a label: %(value)s."),
    Reason.CODE_TWICE: gettext_lazy(
        "This number is given to several books in the file: %(value)s."
    ),
    Reason.CODE_IS_A_CARD: gettext_lazy("A reader's card has this number: %(value)s."),
    Reason.CODE_ON_OTHER_BOOK: gettext_lazy(
        "Another book of the school has this number: %(value)s."
    ),
    Reason.CODES_DISAGREE: gettext_lazy(
        "Barcode and accession number belong to two different copies: %(value)s."
    ),
    Reason.WITHDRAWN: gettext_lazy("This copy was struck off the books: %(value)s."),
    Reason.MORE_CODES_THAN_COPIES: gettext_lazy("There are more numbers than copies: %(value)s."),
    Reason.COPIES_UNREADABLE: gettext_lazy("“%(value)s” is no number of copies."),
    Reason.NO_COPIES: gettext_lazy("The number of copies is 0, so there is nothing to take in."),
    Reason.TOO_MANY_COPIES: gettext_lazy("%(value)s copies of one book can't be right."),
    Reason.SHARED_ISBN: gettext_lazy(
        "Another title has the same ISBN: %(value)s. They are kept apart."
    ),
    Reason.ISBN_CHECK_DIGIT: gettext_lazy(
        "The last digit of the ISBN does not fit (%(value)s); one digit may be wrong. It is kept as it is."
    ),
    Reason.ISBN_LENGTH: gettext_lazy(
        "The ISBN has too few or too many digits (%(value)s). It is kept as it is."
    ),
    Reason.ISBN_UNREADABLE: gettext_lazy("This is no ISBN (%(value)s). It is kept as it is."),
    Reason.PRICE_UNREADABLE: gettext_lazy(
        "The price can't be read: %(value)s. The registers count 0."
    ),
    Reason.PRICE_FOREIGN: gettext_lazy(
        "The price is not in yuan: %(value)s. The registers count 0."
    ),
    Reason.PRICE_SEVERAL: gettext_lazy(
        "There are several prices (%(value)s); the first was taken."
    ),
    Reason.PRICE_TYPED_POINT: gettext_lazy("The point of the price was guessed: %(value)s."),
    Reason.PRICE_FOR_SET: gettext_lazy("The price is that of a whole set: %(value)s."),
    Reason.COPIES_MERGED: gettext_lazy(
        "The number of copies (%(value)s) stands for several rows; one copy a row was taken."
    ),
    Reason.CLASS_UNREADABLE: gettext_lazy("This is no class number of the 中图法: %(value)s."),
    Reason.CALL_NUMBER_SHARED: gettext_lazy(
        "Another title has the call number %(value)s; this one gets the next free number of its class."
    ),
    Reason.FEWER_CODES_THAN_COPIES: gettext_lazy(
        "There are fewer barcodes than copies (%(value)s); the others have no label yet."
    ),
    Reason.TEXT_CUT: gettext_lazy("The name is very long; only its beginning is kept."),
    Reason.SAID_BEFORE: gettext_lazy("The same line stands in row %(value)s."),
    Reason.FURTHER_COPIES: gettext_lazy("%(value)s further copies come in."),
    Reason.PRICE: gettext_lazy("Price: %(value)s."),
    Reason.SHELF: gettext_lazy("Shelf: %(value)s."),
    Reason.COLLECTION: gettext_lazy("Collection: %(value)s."),
    Reason.BARCODE: gettext_lazy("Barcode: %(value)s."),
    Reason.NO_CLASS_OF_THIS_GRADE: gettext_lazy("The school has no such grade: %(value)s."),
    Reason.CLASS_UNREADABLE_REFUSED: gettext_lazy("“%(value)s” can't be read as a class."),
    Reason.WHICH_CLASS: gettext_lazy("“%(value)s” has several classes; write which one."),
    Reason.CLASS_MISSING: gettext_lazy(
        "The class %(value)s does not exist. Add it, or let the import make it."
    ),
    Reason.NUMBER_TWICE: gettext_lazy("Several rows have the student number %(value)s."),
    Reason.CARD_TWICE: gettext_lazy("Several rows have the card number %(value)s."),
    Reason.CARD_IS_A_BOOK: gettext_lazy("A book has the number of this card: %(value)s."),
    Reason.NUMBER_OF_ANOTHER: gettext_lazy("A reader with another name has the number %(value)s."),
    Reason.CARD_OF_ANOTHER: gettext_lazy("Another reader has the card %(value)s."),
    Reason.LIMIT_UNREADABLE: gettext_lazy("“%(value)s” is no number of books."),
    Reason.NUMBER_LOST_DIGITS: gettext_lazy(
        "Excel kept only the first digits of the number (%(value)s). "
        "Format the column as text, type all digits."
    ),
    Reason.NAME_TOO_LONG: gettext_lazy("This name is too long: %(value)s."),
    Reason.NAME_TWICE: gettext_lazy(
        "%(value)s stands twice in this class, without a number to tell who is who."
    ),
    Reason.ZEROS_ADDED: gettext_lazy("Zeros lost by Excel were put back: %(value)s."),
    Reason.PERMISSION_UNKNOWN: gettext_lazy(
        "“%(value)s” was not understood; the reader may borrow."
    ),
    Reason.NO_CLASS_SAID: gettext_lazy("No class is said; the reader comes in without one."),
    Reason.CLASS: gettext_lazy("Moves to %(value)s."),
    Reason.LIMIT: gettext_lazy("May have %(value)s books."),
    Reason.CARD: gettext_lazy("Card: %(value)s."),
    Reason.NUMBER: gettext_lazy("Number: %(value)s."),
    Reason.SEAT: gettext_lazy("Seat number: %(value)s."),
    Reason.CATEGORY: gettext_lazy("Another kind of reader."),
    Reason.PAUSED: gettext_lazy("May not borrow for now: %(value)s."),
    Reason.TAKEN_MEANWHILE: gettext_lazy(
        "While the import ran, somebody else used this number or changed this record: %(value)s."
    ),
}

FIELDS: Mapping[str, Promise] = {
    BookField.NAME: gettext_lazy("Name of the book"),
    BookField.SUBTITLE: gettext_lazy("Subtitle"),
    BookField.VOLUME: gettext_lazy("Volume"),
    BookField.ISBN: gettext_lazy("ISBN"),
    BookField.AUTHOR: gettext_lazy("Author"),
    BookField.TRANSLATOR: gettext_lazy("Translator"),
    BookField.PUBLISHER: gettext_lazy("Publisher"),
    BookField.PLACE: gettext_lazy("Place of publication"),
    BookField.PUBLISHED: gettext_lazy("Date of publication"),
    BookField.MONTH: gettext_lazy("Month of publication"),
    BookField.EDITION: gettext_lazy("Edition"),
    BookField.PAGES: gettext_lazy("Number of pages"),
    BookField.PRICE: gettext_lazy("Price"),
    BookField.SERIES: gettext_lazy("Series"),
    BookField.LANGUAGE: gettext_lazy("Language"),
    BookField.SUBJECTS: gettext_lazy("Subjects"),
    BookField.SUMMARY: gettext_lazy("Summary"),
    BookField.NOTE: gettext_lazy("Note"),
    BookField.COPIES: gettext_lazy("Number of copies"),
    BookField.BARCODE: gettext_lazy("Barcode"),
    BookField.ACCESSION_NUMBER: gettext_lazy("Accession number"),
    BookField.CALL_NUMBER: gettext_lazy("Call number"),
    BookField.CLC: gettext_lazy("Class number"),
    BookField.BOOK_NUMBER: gettext_lazy("Book number"),
    BookField.SHELF: gettext_lazy("Shelf"),
    BookField.COLLECTION: gettext_lazy("Collection"),
}
READER_FIELDS: Mapping[str, Promise] = {
    ReaderField.NAME: gettext_lazy("Name of the reader"),
    ReaderField.NUMBER: gettext_lazy("Student or staff number"),
    ReaderField.CARD: gettext_lazy("Library card number"),
    ReaderField.CLASS: gettext_lazy("Class"),
    ReaderField.GRADE: gettext_lazy("Grade"),
    ReaderField.CATEGORY: gettext_lazy("Kind of reader"),
    ReaderField.SEAT: gettext_lazy("Number on the register"),
    ReaderField.LIMIT: gettext_lazy("How many books"),
    ReaderField.PERMISSION: gettext_lazy("May borrow or not"),
}
FIELDS_OF: Mapping[Kind, Mapping[str, Promise]] = {
    Kind.BOOKS: FIELDS,
    Kind.READERS: READER_FIELDS,
}
NOT_WANTED = gettext_lazy("Leave aside")

STAYS: Mapping[str, Promise] = {
    "changed": gettext_lazy("changed since"),
    "catalogue.FormerBarcode": gettext_lazy("has a new barcode"),
    "circulation.Hold": gettext_lazy("on hold, or was"),
    "circulation.Loan": gettext_lazy("lent, or was"),
    "circulation.VisitMark": gettext_lazy("marked in a class visit"),
    "readers.Restriction": gettext_lazy("was kept from borrowing"),
}
"""Why a copy or a reader stays when the import is taken back."""
STAYS_OTHERWISE = gettext_lazy("used elsewhere")

NO_HEADER = gettext_lazy(
    "No header was found that names the columns. Nothing was recorded. Say what each column holds."
)


def fault(refused: FileRefused) -> str:
    """Say why a file is not read."""
    return str(FAULTS[refused.fault]) % {"name": "", **refused.places}


def sentence(why: Why) -> str:
    """Say one reason."""
    return str(REASONS[why.reason]) % {"value": why.value}


def sentences(whys: Iterable[Why]) -> str:
    """Say all reasons of a row."""
    return _(" ").join(sentence(why) for why in whys)


def stays(codes: Iterable[str]) -> str:
    """Say why a copy or a reader stays when the import is taken back."""
    words = dict.fromkeys(str(STAYS.get(code, STAYS_OTHERWISE)) for code in codes)
    return _(", ").join(words)


def remark(said: tuple[Any, ...] | list[Any]) -> str:
    """Say what was odd about a file, from a remark as a report keeps it."""
    oddity, sheet, times, names = said
    return str(ODDITIES[Oddity(oddity)]) % {
        "sheet": sheet,
        "times": times,
        "names": "、".join(names),
    }


def field_name(kind: Kind, name: str) -> str:
    """Say what a column holds."""
    return str(NOT_WANTED) if name == IGNORED else str(FIELDS_OF[kind][name])
