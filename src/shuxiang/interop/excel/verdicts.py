"""What is said about each row before anything is written, and why. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

Brought = dict[str, list[int]]
"""What some rows brought, by kind: the keys of accessions, readers, restrictions and classes."""


class Verdict(StrEnum):
    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"  # comes in, and somebody should look at it again
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a row is refused, doubtful or changed."""

    # refused: books
    NO_NAME = "no_name"
    LOST_DIGITS = "lost_digits"
    CODE_LOST_DIGITS = "code_lost_digits"
    CODE_TOO_LONG = "code_too_long"
    CODE_TWICE = "code_twice"
    CODE_IS_A_CARD = "code_is_a_card"
    CODE_ON_OTHER_BOOK = "code_on_other_book"
    CODES_DISAGREE = "codes_disagree"
    WITHDRAWN = "withdrawn"
    MORE_CODES_THAN_COPIES = "more_codes_than_copies"
    COPIES_UNREADABLE = "copies_unreadable"
    NO_COPIES = "no_copies"
    TOO_MANY_COPIES = "too_many_copies"
    # doubtful: books
    SHARED_ISBN = "shared_isbn"
    ISBN_CHECK_DIGIT = "isbn_check_digit"
    ISBN_LENGTH = "isbn_length"
    ISBN_UNREADABLE = "isbn_unreadable"
    PRICE_UNREADABLE = "price_unreadable"
    PRICE_FOREIGN = "price_foreign"
    PRICE_SEVERAL = "price_several"
    PRICE_TYPED_POINT = "price_typed_point"
    PRICE_FOR_SET = "price_for_set"
    COPIES_MERGED = "copies_merged"
    CLASS_UNREADABLE = "class_unreadable"
    CALL_NUMBER_SHARED = "call_number_shared"
    FEWER_CODES_THAN_COPIES = "fewer_codes_than_copies"
    TEXT_CUT = "text_cut"
    # same: books
    SAID_BEFORE = "said_before"
    # changed: books
    FURTHER_COPIES = "further_copies"
    PRICE = "price"
    SHELF = "shelf"
    COLLECTION = "collection"
    BARCODE = "barcode"
    # refused: readers
    NO_READER_NAME = "no_reader_name"
    NO_CLASS = "no_class"
    NO_CLASS_OF_THIS_GRADE = "no_class_of_this_grade"
    CLASS_UNREADABLE_REFUSED = "class_unreadable_refused"
    WHICH_CLASS = "which_class"
    CLASS_MISSING = "class_missing"
    NUMBER_TWICE = "number_twice"
    CARD_TWICE = "card_twice"
    CARD_IS_A_BOOK = "card_is_a_book"
    NUMBER_OF_ANOTHER = "number_of_another"
    CARD_OF_ANOTHER = "card_of_another"
    LIMIT_UNREADABLE = "limit_unreadable"
    NUMBER_LOST_DIGITS = "number_lost_digits"
    NAME_TOO_LONG = "name_too_long"
    NAME_TWICE = "name_twice"
    # doubtful: readers
    ZEROS_ADDED = "zeros_added"
    PERMISSION_UNKNOWN = "permission_unknown"
    NO_CLASS_SAID = "no_class_said"
    # changed: readers
    CLASS = "class"
    LIMIT = "limit"
    CARD = "card"
    NUMBER = "number"
    SEAT = "seat"
    CATEGORY = "category"
    PAUSED = "paused"
    # while writing
    TAKEN_MEANWHILE = "taken_meanwhile"


class Why(NamedTuple):
    """A reason, and the value that it is about."""

    reason: Reason
    value: str = ""


class Where(NamedTuple):
    """Sheet and row as Excel shows them, and the first column (from 0) of the list: some stand side by side."""

    sheet: str
    row: int
    column: int = 0
