"""What a form may write where the key of a row is wanted."""

import pytest

from shuxiang.web.keys import LARGEST_KEY, key_of, keys_of


@pytest.mark.parametrize("written", ["", "x", "-1", "1.0", " 1", "²", "１", "9" * 30, "9" * 5_000])
def test_what_can_be_no_key_is_nobodys(written):
    assert key_of(written) is None
    assert keys_of([written, "7"]) == [7]


def test_every_key_of_a_row_is_read():
    assert [key_of("1"), key_of(str(LARGEST_KEY)), key_of(str(LARGEST_KEY + 1))] == [
        1,
        LARGEST_KEY,
        None,
    ]
