from collections import Counter

import pytest

from shuxiang.formats import clc


@pytest.mark.parametrize(
    "code",
    [
        "A", "J", "TP", "I247.5", "K837.125.76", "TP311.56", "D2-0", "C93-05", "B842.6-49", "TK01-49", "U-49", "TU-092",
        "J238.2(712)", "I17(198.4)", 'K28"3"', "K825.6=422", "K837.125.76=534", "H319.4:I561.33",
        "H319-43", "H319:D312-42", "Q982+.3", "O77+1", "K3/7", "I106.2/.8", "A2/-1", "TP312C", "TP312BA", "DF5",
        "Z88:K", "X-65", "R<114>", "K248+TV882",
    ],
)  # fmt: skip
def test_class_numbers_of_the_grammar_are_valid(code):
    assert clc.is_valid(code)


@pytest.mark.parametrize(
    "code",
    ["", "247.5", "W1", "L2", "I2475", "I24.75", "I247.", "I247.5.6", "TA1", "TX2", "BB1", "I247.5-", "J(", "J()", "K825=", "I:", "童话", "I247.5/123=2:1/2"],
)  # fmt: skip
def test_other_words_are_no_class_numbers(code):
    assert not clc.is_valid(code)


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("Ｉ２４７．５", "I247.5"), (" i247.5 ", "I247.5"), ("I 247·5", "I247.5"), ("C93—05", "C93-05"), ("Ｊ２（７１２）", "J2(712)"),
        ("H319：I561", "H319:I561"), ("K28“3”", 'K28"3"'), ("[A49]", "A49"), ("{B0-0}", "B0-0"), ("", ""),
    ],
)  # fmt: skip
def test_a_typed_class_number_is_written_as_the_standard_does(typed, standard):
    assert clc.normalise(typed) == standard == clc.normalise(standard)


@pytest.mark.parametrize(
    ("code", "letter", "part"), [("i287.7", "I", 3), ("TP311", "T", 4), ("A841.4 ", "A", 1), ("DF5", "D", 3), ("Z88:C", "Z", 5), ("I2475", "I", 3)]
)  # fmt: skip
def test_a_class_number_belongs_to_a_main_class_and_a_part(code, letter, part):
    found = clc.main_class(code)
    assert found is not None
    assert (found.letter, found.part) == (letter, part)


@pytest.mark.parametrize("code", ["", "童话", "W1", "123"])
def test_what_is_no_class_number_has_no_main_class(code):
    assert clc.main_class(code) is None


def test_there_are_22_main_classes_in_five_parts():
    assert "".join(clc.MAIN_CLASSES) == "ABCDEFGHIJKNOPQRSTUVXZ"
    assert Counter(found.part for found in clc.MAIN_CLASSES.values()) == {
        1: 1,
        2: 1,
        3: 9,
        4: 10,
        5: 1,
    }
    assert list(clc.PARTS) == [1, 2, 3, 4, 5]
    assert clc.MAIN_CLASSES["I"].name == "文学"
