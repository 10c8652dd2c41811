import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.formats import numerals


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十", 10),
        ("二十", 20),
        ("四十八", 48),
        ("一百零三", 103),
        ("一百二十", 120),
        ("两", 2),
        ("48", 48),
    ],
)
def test_numerals_are_read(written, number):
    assert numerals.read(written) == number


@pytest.mark.parametrize("written", ["", "零", "一一", "百", "十十", "0", "1000", "三册", "²"])
def test_other_words_are_no_numerals(written):
    assert numerals.read(written) is None


@given(st.integers(1, 99))
def test_what_is_written_is_read_again(number):
    assert numerals.read(numerals.write(number)) == number


@pytest.mark.parametrize("number", [0, 100])
def test_only_two_places_are_written(number):
    with pytest.raises(ValueError, match=str(number)):
        numerals.write(number)
