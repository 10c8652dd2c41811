from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.formats import money, price
from shuxiang.formats.price import Doubt


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("CNY16.80", 1680), ("CNY 39.80", 1680 + 2300), ("28.80元", 2880), ("￥13.80", 1380), ("¥100", 10000),
        ("RMB25元", 2500), ("RMB36.00", 3600), ("人民币 5 元", 500), ("13.00", 1300), ("22", 2200), ("0", 0),
        ("９．８０ 元", 980), ("90(元)", 9000), ("定价：12.00", 1200), ("定价: 12.00元", 1200), ("20.00元/本", 2000),
        ("29.90元（有2017年6月28印本）", 2990), ("1,280.00", 128000), ("1元2角", 120), ("8角5分", 85), ("(12.00)", 1200),
        ("CNY23.00,CNY23(精装)", 2300), ("CNY12 (第2册)", 1200), (12, 1200), (16.8, 1680), (0.1 + 0.2, 30),
        (Decimal("12.50"), 1250), ("12.345", 1235),
    ],
)  # fmt: skip
def test_a_price_in_yuan_is_read(written, fen):
    found = price.read(written)
    assert (found.fen, found.currency, found.count, found.doubt) == (fen, "CNY", 1, None)
    assert found.amount == money.to_yuan(fen)
    assert not found.is_for_set


@pytest.mark.parametrize(
    ("written", "fen", "count"),
    [
        ("268.00(全2卷)", 26800, 2), ("CNY44.00(全2册)", 4400, 2), ("58.00元（全两册）", 5800, 2),
        ("288.00元(全十册)", 28800, 10), ("216.00元(全48册)", 21600, 48), ("CNY20.00(上下册)", 2000, 2),
        ("60元（上中下）", 6000, 3), ("49.80元 全三册", 4980, 3), ("33.60/2册", 3360, 2), ("98元/套", 9800, 1),
        ("全套98元", 9800, 1),
    ],
)  # fmt: skip
def test_a_price_for_the_whole_set_says_so(written, fen, count):
    found = price.read(written)
    assert (found.fen, found.count, found.is_for_set) == (fen, count, True)


@pytest.mark.parametrize(
    ("written", "fen", "count"),
    [
        ("16.8*2", 1680, 2),
        ("2*16.8", 1680, 2),
        ("16.80×3册", 1680, 3),
        ("7RMB×23", 700, 23),
        ("16.8x2=33.6", 1680, 2),
    ],
)
def test_a_price_times_a_number_is_for_each(written, fen, count):
    found = price.read(written)
    assert (found.fen, found.count, found.is_for_set) == (fen, count, False)


@pytest.mark.parametrize(
    ("written", "currency"),
    [
        ("NT$ 85元", "TWD"), ("NTS110", "TWD"), ("150 TWD", "TWD"), ("新台币260元", "TWD"), ("臺幣1200圓", "TWD"),
        ("HK$38", "HKD"), ("港币48元", "HKD"), ("JPY 514", "JPY"), ("398円（税込）", "JPY"), ("¥650 （本体：¥619）", "JPY"),
        ("34.99美元", "USD"), ("$24.99 USD", "USD"), ("$78.00", "$"), ("GBP 4.23", "GBP"), ("EUR 12.00", "EUR"),
        ("CAD 30.99", "CAD"),
    ],
)  # fmt: skip
def test_a_foreign_price_is_kept_as_text_and_never_as_yuan(written, currency):
    found = price.read(written)
    assert (found.currency, found.amount, found.fen) == (currency, None, None)
    assert found.doubt is Doubt.FOREIGN


@pytest.mark.parametrize("blank", ["", None, " ", "无", "nan", float("nan"), "非卖品"])
def test_no_price_is_no_fault(blank):
    found = price.read(blank)
    assert (found.amount, found.doubt) == (None, None)


@pytest.mark.parametrize(
    "written",
    ["abc", "-5", -5, "9787503717444", "12.00-15.00", "二十元", "12.5.3", "1e3", "16.8*0"],
)
def test_nonsense_is_kept_as_text(written):
    found = price.read(written)
    assert (found.text, found.amount, found.doubt) == (str(written), None, Doubt.UNREADABLE)


@pytest.mark.parametrize(
    ("written", "fen", "doubt"),
    [
        ("28、8", 2880, Doubt.TYPED_POINT),
        ("28。80", 2880, Doubt.TYPED_POINT),
        ("53.00元/68.00元", 5300, Doubt.SEVERAL),
    ],
)
def test_a_price_that_may_be_meant_otherwise_is_doubted(written, fen, doubt):
    found = price.read(written)
    assert (found.fen, found.doubt) == (fen, doubt)


@given(
    st.integers(0, 99_999_999),
    st.sampled_from(["CNY{}", "{}元", "￥{}", "定价：{}元", "{}", "{}(平装)"]),
)
def test_every_sum_is_read_exactly_in_every_shape(fen, shape):
    assert price.read(shape.format(money.to_text(fen))).fen == fen


@given(st.text(max_size=30) | st.floats() | st.integers() | st.decimals())
def test_a_price_never_raises_and_amount_and_fen_agree(raw):
    found = price.read(raw)
    assert (found.amount is None) == (found.fen is None)
    assert found.fen is None or found.fen >= 0
    assert found.count >= 1
