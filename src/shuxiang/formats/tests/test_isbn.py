import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from shuxiang.formats import isbn
from shuxiang.formats.isbn import Fault

RIGHT = "9787503717444"


def one(raw: object) -> isbn.Isbn:
    number = isbn.read(raw)
    assert number is not None
    return number


BOOKS = (
    st.integers(0, 10**9 - 1)
    .map(lambda number: f"978{number:09d}")
    .map(lambda digits: digits + ean.calc_check_digit(digits))
)


@pytest.mark.parametrize(
    "written",
    [
        RIGHT, int(RIGHT), float(RIGHT), "978-7-5037-1744-4", "978 7 5037 1744 4", "ISBN 978–7–5037–1744–4",
        "7-5037-1744-0", "ＩＳＢＮ：７－５０３７－１７４４－０", "ISBN-13：9787503717444", "ISBN978-7-5037-1744-4/I·23",
        "7-5037-1744-0/S·1136", f"{RIGHT}\u200b\t",
    ],
)  # fmt: skip
def test_every_way_to_write_a_number_gives_its_thirteen_digits(written):
    assert [number.isbn13 for number in isbn.read_all(written)] == [RIGHT]


def test_a_check_letter_x_is_read_in_either_case():
    assert isbn.read("7-5064-1000-x") == isbn.read("750641000X")
    assert one("080442957x").isbn13 == "9780804429573"


@pytest.mark.parametrize(
    ("written", "qualifier"),
    [
        (f"{RIGHT}（平装）", "平装"),
        (f"{RIGHT} 精装 : CNY16.80", "精装"),
        (f"{RIGHT}(上、下册)", "上、下册"),
        (RIGHT, ""),
    ],
)
def test_a_word_beside_the_number_is_its_qualifier(written, qualifier):
    (number,) = isbn.read_all(written)
    assert (number.isbn13, number.qualifier) == (RIGHT, qualifier)


@pytest.mark.parametrize("mark", ["; ", "；", "/", "，", "、", " "])
def test_several_numbers_in_one_cell_are_all_read(mark):
    other = "9787806041574"
    assert [number.isbn13 for number in isbn.read_all(f"{RIGHT}{mark}{other}")] == [RIGHT, other]


def test_of_several_the_right_one_is_taken():
    assert one(f"9787503717445/{RIGHT}").isbn13 == RIGHT


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("9787503717445", Fault.CHECK_DIGIT),
        ("7503717441", Fault.CHECK_DIGIT),
        ("12345", Fault.LENGTH),
        ("6901234567892", Fault.NOT_A_BOOK),
        ("978750371744X", Fault.UNREADABLE),
        ("暂缺", Fault.UNREADABLE),
    ],
)
def test_a_wrong_number_is_kept_with_its_fault(written, fault):
    number = one(written)
    assert (number.text, number.isbn13, number.fault) == (written, "", fault)


@pytest.mark.parametrize(
    "kept",
    [
        "9.78E+12",
        "9.78754e12",
        "９．７８Ｅ＋１２",
        9.78e12,
        "9787530000000",
        7291.5,
        1e20,
        float("inf"),
    ],
)
def test_a_number_whose_digits_a_spreadsheet_lost_is_refused(kept):
    with pytest.raises(isbn.LostDigits):
        isbn.read(kept)


@pytest.mark.parametrize("blank", ["", "  ", None, "\u3000", float("nan")])
def test_a_blank_cell_has_no_number(blank):
    assert isbn.read(blank) is None


@pytest.mark.parametrize(
    ("written", "unified"),
    [
        ("10019·3", "10019·3"),
        ("7291.5", "7291·5"),
        ("统一书号：R10056・123", "R10056·123"),
        ("10019．30", "10019·30"),
    ],
)
def test_a_book_before_1987_has_a_unified_number(written, unified):
    number = one(written)
    assert (number.unified, number.isbn13, number.fault) == (unified, "", None)


def test_a_unified_number_has_one_of_seventeen_classes():
    assert one("18019·3").fault is not None


def test_a_number_is_written_in_its_parts():
    assert one(RIGHT).hyphenated == "978-7-5037-1744-4"
    assert one(RIGHT).isbn10 == "7503717440"
    assert one("9791032711330").isbn10 == ""
    assert one("10019.3").hyphenated == "10019·3"


@given(BOOKS)
def test_a_right_number_survives_hyphens_and_the_ten_digits(digits):
    if digits.endswith("000000"):
        return
    number = one(digits)
    assert number.isbn13 == digits
    assert one(number.hyphenated).isbn13 == digits
    if not number.isbn10.endswith("000000"):
        assert one(number.isbn10).isbn13 == digits


@given(BOOKS, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_never_believed(digits, place, change):
    wrong = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]
    if not wrong.endswith("000000"):
        assert one(wrong).isbn13 == ""


@given(st.text(max_size=40) | st.floats() | st.integers())
def test_nothing_but_lost_digits_is_ever_raised(raw):
    with contextlib.suppress(isbn.LostDigits):
        assert all(number.text for number in isbn.read_all(raw))
