"""Which title is which, which number comes next, what the registers count."""

from typing import Any

import pytest

from shuxiang.catalogue import rules
from shuxiang.catalogue.rules import Fault, Match, identity

ISBN = "9787533954215"
OTHER = "9787020008735"


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ({"name": "城南旧事"}, {"name": "《城南旧事》"}, Match.SAME),
        ({"name": "城南旧事"}, {"name": "城南舊事"}, Match.SAME),
        ({"name": "夏洛的网"}, {"name": "夏洛的网：双语版"}, Match.SAME),
        ({"name": "三国演义", "volume": "上"}, {"name": "三国演义 上"}, Match.SAME),
        (
            {"name": "三国演义", "volume": "上"},
            {"name": "三国演义", "volume": "下"},
            Match.SHARES_NUMBER,
        ),
        ({"name": "三国演义"}, {"name": "三国演义 下册"}, Match.SHARES_NUMBER),
        ({"name": "名侦探柯南"}, {"name": "名侦探柯南 12"}, Match.SHARES_NUMBER),
        ({"name": "我爱科学"}, {"name": "童话大王"}, Match.SHARES_NUMBER),
        ({"name": "书"}, {"name": "书的故事"}, Match.SHARES_NUMBER),
    ],
)
def test_one_isbn_is_one_title_if_the_names_are_alike(one, other, match):
    assert rules.compare(identity(isbns=[ISBN], **one), identity(isbns=[ISBN], **other)) is match


KNOWN: dict[str, Any] = {
    "name": "城南旧事",
    "author": "林海音",
    "publisher": "浙江文艺出版社",
    "year": 2016,
}


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({}, Match.SAME),
        ({"author": "林 海 音"}, Match.SAME),
        ({"isbns": [ISBN]}, Match.SAME),
        ({"year": 2017}, Match.DIFFERENT),
        ({"year": None}, Match.DIFFERENT),
        ({"publisher": "人民文学出版社"}, Match.DIFFERENT),
        ({"volume": "2"}, Match.DIFFERENT),
        ({"name": "城南旧事新编"}, Match.DIFFERENT),
    ],
)
def test_without_an_isbn_name_author_publisher_and_year_tell(changed, match):
    assert rules.compare(identity(**KNOWN), identity(**{**KNOWN, **changed})) is match


def test_two_isbns_are_two_titles_however_alike():
    one, other = identity(isbns=[ISBN], **KNOWN), identity(isbns=[OTHER], **KNOWN)
    assert rules.compare(one, other) is Match.DIFFERENT


def test_a_name_alone_is_a_weak_tie():
    assert rules.compare(identity(name="故事会"), identity(name="故事会")) is Match.NAME_ONLY


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("123", 123),
        ("123=2:1", 123),
        ("7:2", 7),
        ("A12", None),
        ("12a", None),
        ("", None),
        ("L1", None),
    ],
)
def test_a_serial_is_the_number_a_book_number_begins_with(written, number):
    assert rules.serial(written) == number


@pytest.mark.parametrize(
    ("taken", "fill_gaps", "next_three"),
    [
        (set(), False, [1, 2, 3]),
        ({1, 2, 5}, False, [6, 7, 8]),
        ({1, 2, 5}, True, [3, 4, 6]),
        ({2}, True, [1, 3, 4]),
    ],
)
def test_serials_go_on_after_the_last_or_fill_the_gaps(taken, fill_gaps, next_three):
    free = rules.free_serials(taken, fill_gaps=fill_gaps)
    assert [next(free) for _ in next_three] == next_three


@pytest.mark.parametrize(
    ("codes", "letter"),
    [
        (("I247.5",), "I"),
        (("i２４７", ""), "I"),
        (("TP312",), "T"),
        (("绘", "I287.8"), "I"),
        (("", ""), ""),
        (("W1",), ""),
        (("绘",), ""),
    ],
)
def test_the_registers_count_by_the_first_code_that_names_a_main_class(codes, letter):
    assert rules.main_class_of(*codes) == letter


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("I247.5/123", "I247.5/123"),
        ("i247.5 123", "I247.5/123"),
        ("I247.5/9=2:1", "I247.5/9=2:1"),
        ("绘/12", "绘/12"),
        ("I247.5", None),
        ("/12", None),
        ("", None),
        ("I247.5/" + "9" * 41, None),
    ],
)
def test_a_call_number_is_kept_if_it_has_a_class_and_a_book_number(written, kept):
    read = rules.read_call_number(written)
    assert (str(read) if read else None) == kept


@pytest.mark.parametrize(
    ("standing", "fault"),
    [
        ("on_shelf", None),
        ("lost", None),
        ("in_repair", None),
        ("withdrawn", Fault.ALREADY_WITHDRAWN),
        ("in_class_box", Fault.IN_CLASS_BOX),
        ("in_transit", Fault.IN_TRANSIT),
    ],
)
def test_what_is_elsewhere_or_gone_is_not_withdrawn(standing, fault):
    assert rules.may_withdraw(standing) == fault


@pytest.mark.parametrize(
    ("written", "number"),
    [("00000012", 12), ("12", 12), ("A12", None), ("１２", None), ("9" * 19, None), ("", None)],
)
def test_only_plain_digits_raise_the_sequence(written, number):
    assert rules.running_number(written) == number


def test_a_tally_sums_copies_and_money_by_class():
    tally = rules.tally([("I", 1680), ("I", 0), ("K", 2500)])
    assert (tally.by_class["I"].copies, tally.by_class["I"].money_fen) == (2, 1680)
    assert (tally.total.copies, tally.total.money_fen) == (3, 4180)
