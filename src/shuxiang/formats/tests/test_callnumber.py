from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.formats import callnumber
from shuxiang.formats.callnumber import CallNumber

CLASSES = st.from_regex(
    r"[A-KN-VXZ][0-9]{0,3}(\.[0-9]{1,3})?(-[0-9]{1,2}|\([1-7][0-9]{0,2}\))?", fullmatch=True
)
NUMBERS = st.integers(1, 99_999).map(str)
BOOKS = NUMBERS | st.from_regex(
    r"[A-Z]{1,3}[0-9]{0,4}[A-Z]?(-[1-9])?(\([1-9][0-9]?\))?", fullmatch=True
)
CALL_NUMBERS = st.builds(CallNumber, CLASSES, BOOKS, st.just("") | NUMBERS, st.just("") | NUMBERS)
NEAR = st.builds(
    CallNumber,
    st.sampled_from(["T", "T1", "T11", "T-1", "T(1)", "T1-1", "TP1", "T1:T1"]),
    st.sampled_from(["1", "11", "1A", "A1", "A11", "A1A", "A1-1", "A1(1)", "AA1"]),
    st.sampled_from(["", "1", "11"]),
    st.sampled_from(["", "1", "11"]),
)


def read(written: str) -> CallNumber:
    number = callnumber.read(written)
    assert number is not None
    return number


def bare(number: CallNumber) -> tuple[str, str]:
    return number.class_number.replace(".", ""), number.book_part


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("I247.5/123=2:1", ("I247.5", "123", "2", "1")),
        ("I247.5/123:14", ("I247.5", "123", "", "14")),
        ("I247.5", ("I247.5", "", "", "")),
        ("ｉ２４７．５／１２３", ("I247.5", "123", "", "")),
        ("I247.5\n123", ("I247.5", "123", "", "")),
        (" K825.6=422 ", ("K825.6=422", "", "", "")),
        ("H319.4:I561 / C1", ("H319.4:I561", "C1", "", "")),
        ("J333(512)/G251-2(14)", ("J333(512)", "G251-2(14)", "", "")),
        ("I247.5/123=2=3", ("I247.5", "123=2=3", "", "")),
        ("/64", ("", "64", "", "")),
    ],
)
def test_a_call_number_is_read_in_its_parts(written, parts):
    assert callnumber.read(written) == CallNumber(*parts)


@pytest.mark.parametrize("blank", ["", "  ", "/", "\n"])
def test_a_blank_is_no_call_number(blank):
    assert callnumber.read(blank) is None


def test_a_label_has_a_line_for_the_class_and_one_for_the_book():
    assert read("I247.5/964=7:1").label_lines() == ("I247.5", "964=7:1")
    assert read("I247.5").label_lines() == ("I247.5",)


SHELVES = {
    "a class is a decimal": ["H12/1", "H123/1", "H123.4/1", "H13/1", "H13.2/1", "H2/1"],
    "a main class alone comes first": ["P", "P/3", "P-4/1", "P0/2", "P1/1", "Q/1"],
    "T before its letters": ["T-0/1", "T1/1", "TB1/1", "TP3/1", "TP31/1", "TU9/1", "U1/1"],
    "a serial number is a whole number": ["G61/2", "G61/9", "G61/10", "G61/64", "G61/100", "G61/1000"],
    "no number, serial numbers, author numbers": ["G61", "G61/1", "G61/900", "G61/A1", "G61/Z9"],
    "author numbers are text": ["S3/B12", "S3/B123", "S3/B123A", "S3/B123B", "S3/B123AA", "S3/B13", "S3/C1"],
    "then edition, then volume": ["I1/7", "I1/7:1", "I1/7:2", "I1/7:10", "I1/7=2", "I1/7=2:1", "I1/7=10", "I1/8"],
    "a second work, with its volumes": ["I1/M5", "I1/M5(2)", "I1/M5-2", "I1/M5-2(3)", "I1/M5-2(21)", "I1/M51"],
    "auxiliaries come before digits": ["F5/9", "F5-6/1", "F5(3)/1", 'F5"2"/1', "F5=4/1", "F5:H1/1", "F50/1", "F5A/1"],
    "an auxiliary is a decimal too": ["F5-0/1", "F5-05/1", "F5-4/1", "F5-49/1", "F5-6/1"],
    "letters after digits by length": ["TN1B/1", "TN1Y/1", "TN1AC/1", "TN1BA/1"],
    "what has no class stands last": ["Z9/1", "绘本/1", "/1", "/2"],
}  # fmt: skip


@pytest.mark.parametrize("shelf", SHELVES.values(), ids=SHELVES)
def test_keys_stand_as_books_on_the_shelf(shelf):
    keys = [read(written).sort_key for written in shelf]
    assert all(left < right for left, right in pairwise(keys)), list(zip(shelf, keys, strict=True))


def test_a_key_does_not_depend_on_how_the_number_was_typed():
    assert callnumber.sort_key("ｉ247。5", "００7") == callnumber.sort_key("I247.5", "7")


@given(CALL_NUMBERS)
def test_what_is_written_is_read_again(number):
    assert callnumber.read(str(number)) == number


@given(CALL_NUMBERS | NEAR, CALL_NUMBERS | NEAR)
def test_two_call_numbers_share_a_key_only_if_they_are_one(one, other):
    assert (one.sort_key == other.sort_key) is (bare(one) == bare(other))


@given(st.text(max_size=20), st.text(max_size=20))
def test_every_text_has_a_key_that_every_collation_sorts_alike(class_number, book_number):
    key = callnumber.sort_key(class_number, book_number)
    assert key.isascii()
    assert key.isalnum()
    assert key == key.upper()


@given(CLASSES, NUMBERS, NUMBERS)
def test_in_one_class_serial_numbers_stand_as_numbers(class_number, one, other):
    before = callnumber.sort_key(class_number, one) < callnumber.sort_key(class_number, other)
    assert before is (int(one) < int(other))
