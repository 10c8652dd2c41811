from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.formats import money

FEN = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("fen", "written"),
    [(0, "0.00"), (5, "0.05"), (1250, "12.50"), (-5, "-0.05"), (-1250, "-12.50")],
)
def test_fen_are_written_as_yuan(fen, written):
    assert money.to_text(fen) == written


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12.5", 1250),
        ("￥12.50", 1250),
        ("１２元", 1200),
        (" CNY 0.05 ", 5),
        ("-3", -300),
        ("rmb7", 700),
    ],
)
def test_typed_sums_are_read(typed, fen):
    assert money.read(typed) == fen


@pytest.mark.parametrize("typed", ["", "12.345", "一元", "1,2", "12..5", "USD 3", "1e3", "NaN"])
def test_other_words_are_no_money(typed):
    with pytest.raises(money.NotMoney):
        money.read(typed)


@pytest.mark.parametrize("yuan", ["0.005", "NaN", "Infinity"])
def test_there_is_no_part_of_a_fen(yuan):
    with pytest.raises(money.NotMoney):
        money.to_fen(Decimal(yuan))


@given(FEN)
def test_a_sum_survives_every_way_there_and_back(fen):
    assert money.read(money.to_text(fen)) == money.to_fen(money.to_yuan(fen)) == fen
